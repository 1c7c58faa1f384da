package org.trefoil.core.psbt;

/** A transaction with all its scriptSigs and witnesses. */
public final class SignedTx {
  private final byte[] bytes;
  private final String txid;
  private final long weight;

  SignedTx(byte[] bytes, String txid, long weight) {
    this.bytes = bytes;
    this.txid = txid;
    this.weight = weight;
  }

  /** Network serialization (BIP-0144), a copy. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** 64 hexadecimal digits in display order. */
  public String txid() {
    return txid;
  }

  /** Weight units (BIP-0141), exact. */
  public long weight() {
    return weight;
  }
}
