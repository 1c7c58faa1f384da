package org.trefoil.server.signer;

/** A signer must not start on this folder or socket; the message is a sentence for the operator. */
public final class SignerRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SignerRefused(String sentence) {
    super(sentence);
  }
}
