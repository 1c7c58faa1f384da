package org.trefoil.vault.standin.javax.security.auth;

/** {@code javax.security.auth.Destroyable}: Bouncy Castle's private keys say that they are one. */
public interface Destroyable {
  default void destroy() throws DestroyFailedException {
    throw new DestroyFailedException();
  }

  default boolean isDestroyed() {
    return false;
  }
}
