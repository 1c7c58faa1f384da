package org.trefoil.server.policy;

/**
 * That the second factor was given for exactly one transaction.
 *
 * @param digest of the spend it was given for, 32 bytes
 */
public record Confirmation(byte[] digest) {
  public Confirmation {
    digest = digest.clone();
  }

  @Override
  public byte[] digest() {
    return digest.clone();
  }
}
