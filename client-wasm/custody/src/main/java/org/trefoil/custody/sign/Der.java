package org.trefoil.custody.sign;

import org.trefoil.core.psbt.Sighash;

/**
 * ECDSA signatures as scripts take them: strict DER (BIP-0066) with the sighash byte at the end.
 */
final class Der {
  private Der() {}

  /** Writes {@code r ‖ s} (64 bytes) with SIGHASH_ALL. */
  static byte[] withSighashAll(byte[] compact) {
    int r = start(compact, 0);
    int s = start(compact, 32);
    int rPad = compact[r] < 0 ? 1 : 0;
    int sPad = compact[s] < 0 ? 1 : 0;
    int rLength = 32 - r + rPad;
    int sLength = 64 - s + sPad;
    byte[] der = new byte[7 + rLength + sLength];
    der[0] = 0x30;
    der[1] = (byte) (4 + rLength + sLength);
    der[2] = 0x02;
    der[3] = (byte) rLength;
    System.arraycopy(compact, r, der, 4 + rPad, 32 - r);
    der[4 + rLength] = 0x02;
    der[5 + rLength] = (byte) sLength;
    System.arraycopy(compact, s, der, 6 + rLength + sPad, 64 - s);
    der[der.length - 1] = Sighash.ALL;
    return der;
  }

  /** Index of the first byte that is not a leading zero. */
  private static int start(byte[] compact, int from) {
    int at = from;
    while (at < from + 31 && compact[at] == 0) {
      at++;
    }
    return at;
  }
}
