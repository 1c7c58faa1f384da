package org.trefoil.core.psbt;

import org.bouncycastle.crypto.digests.SHA256Digest;
import org.trefoil.core.keys.Hashes;
import org.trefoil.core.units.Sats;

/**
 * What a signature of SIGHASH_ALL signs, for every input of one transaction. It can make no other
 * kind: a signature that leaves part of the transaction open has no place here.
 *
 * <p>For witness programs of version 0 the hash is BIP-0143's, whose three inner hashes are the
 * same for all inputs and are made once:
 *
 * <pre>
 * version ‖ hash(outpoints) ‖ hash(sequences) ‖ outpoint ‖ script code ‖ amount ‖ sequence
 *         ‖ hash(outputs) ‖ lock time ‖ 1
 * </pre>
 *
 * <p>For bare P2SH it is the original one, over the whole transaction for each input.
 */
public final class Sighash {
  /** The sighash type at the end of each signature. */
  public static final int ALL = 1;

  private final UnsignedTx tx;
  private final byte[] head;
  private final byte[] tail;

  /** Prepares for a transaction: three hashes over all of it. */
  public Sighash(UnsignedTx tx) {
    this.tx = tx;
    byte[] raw = tx.raw();
    int count = tx.inputCount();
    byte[] outpoints = new byte[36 * count];
    byte[] sequences = new byte[4 * count];
    for (int i = 0; i < count; i++) {
      int at = tx.inputAt(i);
      System.arraycopy(raw, at, outpoints, 36 * i, 36);
      System.arraycopy(raw, at + 37, sequences, 4 * i, 4);
    }
    ByteSink before = new ByteSink(68).put(raw, 0, 4);
    head = before.put(Hashing.sha256Twice(outpoints)).put(Hashing.sha256Twice(sequences)).toBytes();
    SHA256Digest outputs = new SHA256Digest();
    outputs.update(raw, tx.outputsAt(), raw.length - 4 - tx.outputsAt());
    byte[] inner = new byte[32];
    outputs.doFinal(inner, 0);
    tail =
        new ByteSink(40).put(Hashes.sha256(inner)).put(raw, raw.length - 4, 4).i32(ALL).toBytes();
  }

  /**
   * The 32 bytes that a signature for a version 0 witness program signs (BIP-0143).
   *
   * @param scriptCode the witness script
   * @param value the amount of the output that is spent
   */
  public byte[] segwit(int input, byte[] scriptCode, Sats value) {
    byte[] raw = tx.raw();
    int at = tx.inputAt(input);
    ByteSink message = new ByteSink(160 + scriptCode.length);
    message.put(head).put(raw, at, 36).putSized(scriptCode).i64(value.value());
    return Hashing.sha256Twice(message.put(raw, at + 37, 4).put(tail).toBytes());
  }

  /**
   * The 32 bytes that a signature for a script without witness signs. They do not commit to any
   * amount: who signs them must have seen the previous transactions.
   *
   * @param scriptCode the redeem script, without OP_CODESEPARATOR
   */
  public byte[] legacy(int input, byte[] scriptCode) {
    byte[] raw = tx.raw();
    int scriptAt = tx.inputAt(input) + 36;
    ByteSink message = new ByteSink(raw.length + scriptCode.length + 12);
    message.put(raw, 0, scriptAt).putSized(scriptCode);
    message.put(raw, scriptAt + 1, raw.length - scriptAt - 1).i32(ALL);
    return Hashing.sha256Twice(message.toBytes());
  }
}
