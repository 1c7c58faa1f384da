package org.trefoil.custody.slip39;

/**
 * Polynomials over the field of 256 elements (Rijndael's, by x^8 + x^4 + x^3 + x + 1), one for each
 * byte of a secret.
 */
final class Polynomials {
  private static final int[] EXP = new int[255];
  private static final int[] LOG = new int[256];

  static {
    int power = 1;
    for (int i = 0; i < 255; i++) {
      EXP[i] = power;
      LOG[power] = i;
      power ^= power << 1; // times x + 1
      if (power > 255) {
        power ^= 0x11b;
      }
    }
  }

  private Polynomials() {}

  /**
   * The values at {@code x} of the polynomials through the given points (Lagrange).
   *
   * @param x none of {@code xs}
   * @param xs different numbers, 0 … 255
   * @param ys for each of them the values of all polynomials
   */
  static byte[] at(int x, int[] xs, byte[][] ys) {
    byte[] result = new byte[ys[0].length];
    for (int i = 0; i < xs.length; i++) {
      int log = 0;
      for (int k = 0; k < xs.length; k++) {
        if (k != i) {
          log += LOG[xs[k] ^ x] + 255 - LOG[xs[k] ^ xs[i]];
        }
      }
      for (int b = 0; b < result.length; b++) {
        int y = ys[i][b] & 255;
        if (y != 0) {
          result[b] ^= (byte) EXP[(LOG[y] + log) % 255];
        }
      }
    }
    return result;
  }
}
