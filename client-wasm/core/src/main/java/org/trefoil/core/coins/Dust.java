package org.trefoil.core.coins;

import org.trefoil.core.units.Sats;

/**
 * The smallest output that nodes relay, by kind of script.
 *
 * <p>Bitcoin Core's GetDustThreshold: the bytes of the output and of the input that would spend it
 * (32 + 4 + 1 + 107 + 4 = 148, or 32 + 4 + 1 + 107/4 + 4 = 67 for a witness program), at 3 sat per
 * byte. P2PKH 546, P2SH 540, P2WPKH 294, P2WSH and P2TR 330.
 */
public final class Dust {
  private static final int SAT_PER_BYTE = 3;
  private static final int SPEND_BYTES = 148;
  private static final int WITNESS_SPEND_BYTES = 67;

  private Dust() {}

  /** The least amount an output with this scriptPubKey may hold. */
  public static Sats least(byte[] scriptPubKey) {
    int output = 8 + SpendSize.compactSize(scriptPubKey.length) + scriptPubKey.length;
    int spend = isWitnessProgram(scriptPubKey) ? WITNESS_SPEND_BYTES : SPEND_BYTES;
    return new Sats((long) SAT_PER_BYTE * (output + spend));
  }

  private static boolean isWitnessProgram(byte[] script) {
    if (script.length < 4 || script.length > 42) {
      return false;
    }
    boolean version = script[0] == 0 || (script[0] >= 0x51 && script[0] <= 0x60);
    return version && (script[1] & 0xff) + 2 == script.length;
  }
}
