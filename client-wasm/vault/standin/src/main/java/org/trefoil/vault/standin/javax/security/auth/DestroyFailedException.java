package org.trefoil.vault.standin.javax.security.auth;

/** {@code javax.security.auth.DestroyFailedException}. */
public class DestroyFailedException extends Exception {
  private static final long serialVersionUID = 1;

  public DestroyFailedException() {}

  public DestroyFailedException(String message) {
    super(message);
  }
}
