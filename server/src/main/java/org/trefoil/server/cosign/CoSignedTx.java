package org.trefoil.server.cosign;

/** A transaction with two signatures on every input; only {@link CoSigner} makes one. */
public final class CoSignedTx {
  private final byte[] raw;
  private final String txid;

  CoSignedTx(byte[] raw, String txid) {
    this.raw = raw;
    this.txid = txid;
  }

  /** Network serialization, a copy. */
  public byte[] raw() {
    return raw.clone();
  }

  /** 64 hex digits in display order. */
  public String txid() {
    return txid;
  }
}
