package org.trefoil.server.keyfile;

/** The server must not start with this key file; the message is a sentence for the operator. */
public final class KeyFileRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String token;

  public KeyFileRefused(String token, String sentence) {
    super(sentence);
    this.token = token;
  }

  /** The stable short name: {@code key-file-missing}, {@code key-file-readable}, … */
  public String token() {
    return token;
  }
}
