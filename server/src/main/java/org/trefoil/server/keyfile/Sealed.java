package org.trefoil.server.keyfile;

/**
 * Ciphertext of a {@link Sealer}: version byte 1 ‖ 12-byte nonce ‖ AES-256-GCM ciphertext and tag.
 */
public record Sealed(byte[] bytes) {
  public Sealed {
    bytes = bytes.clone();
  }

  @Override
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public String toString() {
    return "Sealed[" + bytes.length + " bytes]";
  }
}
