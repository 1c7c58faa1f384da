package org.trefoil.core.psbt;

/** A signature in a PSBT: whose it claims to be, and the DER signature with its sighash byte. */
public final class PartialSignature {
  private final byte[] publicKey;
  private final byte[] signature;

  /** Copies both. */
  public PartialSignature(byte[] publicKey, byte[] signature) {
    this.publicKey = publicKey.clone();
    this.signature = signature.clone();
  }

  /** 33 or 65 bytes, a copy. */
  public byte[] publicKey() {
    return publicKey.clone();
  }

  /** DER with the sighash byte at its end, a copy. */
  public byte[] signature() {
    return signature.clone();
  }

  /** The sighash byte, or −1 when there is none. */
  public int sighashType() {
    return signature.length == 0 ? -1 : signature[signature.length - 1] & 0xff;
  }
}
