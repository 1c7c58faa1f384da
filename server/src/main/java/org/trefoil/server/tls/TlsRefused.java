package org.trefoil.server.tls;

/** What is no certificate to serve with; the message is a sentence for the operator. */
public final class TlsRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String token;

  TlsRefused(String token, String sentence) {
    super(sentence);
    this.token = token;
  }

  /** The stable short name: {@code tls-unreadable}, {@code tls-key-unfit}, … */
  public String token() {
    return token;
  }
}
