package org.trefoil.core.psbt;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A transaction with all its scriptSigs and witnesses. */
public final class SignedTx {
  private final byte[] bytes;
  private final String txid;
  private final long weight;

  private SignedTx(byte[] bytes, String txid, long weight) {
    this.bytes = bytes;
    this.txid = txid;
    this.weight = weight;
  }

  /**
   * Puts what shows the right to spend them on the inputs of a transaction.
   *
   * @param scriptSigs one for each input, null where there is none
   * @param witnesses the stacks with their counts, one for each input, null where there is none
   */
  public static SignedTx of(
      UnsignedTx tx, List<byte @Nullable []> scriptSigs, List<byte @Nullable []> witnesses) {
    boolean witness = false;
    for (byte[] stack : witnesses) {
      witness |= stack != null;
    }
    byte[] bare = serialize(tx, scriptSigs, null);
    byte[] whole = witness ? serialize(tx, scriptSigs, witnesses) : bare;
    return new SignedTx(whole, Hashing.txid(bare), 3L * bare.length + whole.length);
  }

  private static byte[] serialize(
      UnsignedTx tx,
      List<byte @Nullable []> scriptSigs,
      @Nullable List<byte @Nullable []> witnesses) {
    byte[] raw = tx.raw();
    ByteSink out = new ByteSink(raw.length + 300 * tx.inputCount());
    out.put(raw, 0, 4);
    if (witnesses != null) {
      out.u8(0).u8(1);
    }
    out.compactSize(tx.inputCount());
    for (int i = 0; i < tx.inputCount(); i++) {
      byte[] scriptSig = scriptSigs.get(i);
      int at = tx.inputAt(i);
      out.put(raw, at, 36);
      out.putSized(scriptSig == null ? new byte[0] : scriptSig);
      out.put(raw, at + 37, 4);
    }
    out.compactSize(tx.outputs().size());
    out.put(raw, tx.outputsAt(), raw.length - 4 - tx.outputsAt());
    if (witnesses != null) {
      for (byte[] stack : witnesses) {
        out.put(stack == null ? new byte[] {0} : stack);
      }
    }
    return out.put(raw, raw.length - 4, 4).toBytes();
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
