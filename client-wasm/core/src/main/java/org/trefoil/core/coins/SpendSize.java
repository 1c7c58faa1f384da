package org.trefoil.core.coins;

import java.util.List;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.ScriptType;

/**
 * The size of a transaction before it is signed: exact, but for signatures, which count as the
 * longest a low-S signer makes (DER 71 bytes and the sighash byte), so that the real one is never
 * larger.
 *
 * <p>Weights are BIP-0141's: four for each byte outside the witness, one for each byte in it.
 */
public final class SpendSize {
  /** A DER signature with a 33-byte r and a 32-byte s, and its sighash byte. */
  public static final int SIGNATURE_BYTES = 72;

  /** The heaviest transaction that nodes relay: 100 kvB. */
  public static final long MOST_WEIGHT = 400_000;

  private static final int OUTPOINT_AND_SEQUENCE = 40;

  private SpendSize() {}

  /** Virtual bytes of a spend of this many of the wallet's coins to these scriptPubKeys. */
  public static long vbytes(Cosigners cosigners, int inputs, List<byte[]> outputScripts) {
    return (weight(cosigners, inputs, outputScripts) + 3) / 4;
  }

  /** Weight units of the same. */
  public static long weight(Cosigners cosigners, int inputs, List<byte[]> outputScripts) {
    long outputs = 0;
    for (byte[] script : outputScripts) {
      outputs += outputBytes(script.length);
    }
    return weight(cosigners, inputs, outputScripts.size(), outputs);
  }

  static long weight(Cosigners cosigners, int inputs, int outputs, long outputBytes) {
    long plain = 4 + compactSize(inputs) + compactSize(outputs) + outputBytes + 4;
    long envelope = cosigners.scriptType() == ScriptType.P2SH ? 0 : 2;
    return plain * 4 + envelope + inputs * inputWeight(cosigners);
  }

  /** Weight units that one more of the wallet's coins adds. */
  public static long inputWeight(Cosigners cosigners) {
    int script = scriptBytes(cosigners.keys().size());
    int signatures = cosigners.threshold() * (1 + SIGNATURE_BYTES);
    switch (cosigners.scriptType()) {
      case P2SH:
        int scriptSig = 1 + signatures + pushBytes(script);
        return 4L * (OUTPOINT_AND_SEQUENCE + compactSize(scriptSig) + scriptSig);
      case P2SH_P2WSH:
        return 4L * (OUTPOINT_AND_SEQUENCE + 1 + 35) + witness(cosigners, signatures, script);
      default:
        return 4L * (OUTPOINT_AND_SEQUENCE + 1) + witness(cosigners, signatures, script);
    }
  }

  /** Bytes of an output whose scriptPubKey has this length. */
  public static long outputBytes(int scriptLength) {
    return 8L + compactSize(scriptLength) + scriptLength;
  }

  /** The most coins that one standard transaction of the wallet with these outputs can spend. */
  public static int mostInputs(Cosigners cosigners, List<byte[]> outputScripts) {
    // Four more weight units than the count of the empty transaction, for a longer input count.
    long rest = MOST_WEIGHT - weight(cosigners, 0, outputScripts) - 4 * 2;
    return (int) Math.max(0, rest / inputWeight(cosigners));
  }

  private static long witness(Cosigners cosigners, int signatures, int script) {
    int items = cosigners.threshold() + 2;
    return compactSize(items) + 1 + signatures + compactSize(script) + script;
  }

  /** Bytes of {@code OP_m <key>… OP_n OP_CHECKMULTISIG} over up to 15 compressed keys. */
  private static int scriptBytes(int keys) {
    return 1 + 34 * keys + 2;
  }

  private static int pushBytes(int length) {
    return length + (length <= 75 ? 1 : length <= 255 ? 2 : 3);
  }

  /** Bytes of a compact size integer. */
  static int compactSize(long value) {
    return value < 0xfd ? 1 : value <= 0xffff ? 3 : value <= 0xffffffffL ? 5 : 9;
  }
}
