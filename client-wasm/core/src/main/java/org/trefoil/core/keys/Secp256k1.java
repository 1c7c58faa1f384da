package org.trefoil.core.keys;

import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;

/**
 * Public arithmetic on secp256k1, made for deriving many public keys. Its running time depends on
 * its input: never multiply by a secret here.
 *
 * <p>A multiple of the generator is the sum of one table entry for each six bits of the factor, 43
 * additions and no doubling; the table (43 rows of 63 points) is built at the first use. Results
 * stay in Jacobian coordinates, so that {@link #normalizeAll} inverts once for all of them; unlike
 * {@link ECPoint#normalize} that takes no random number.
 */
final class Secp256k1 {
  private static final X9ECParameters PARAMETERS = CustomNamedCurves.getByName("secp256k1");
  private static final byte[] ORDER = BigIntegers.asUnsignedByteArray(32, PARAMETERS.getN());
  private static final int WINDOW = 6;
  private static final int ROWS = (256 + WINDOW - 1) / WINDOW;
  private static final int COLUMNS = (1 << WINDOW) - 1;

  private Secp256k1() {}

  private static final class Table {
    static final ECPoint[] POINTS = build();

    /** {@code POINTS[row * COLUMNS + digit - 1]} is {@code digit * 2^(6 row) * G}. */
    private static ECPoint[] build() {
      ECPoint[] points = new ECPoint[ROWS * COLUMNS];
      ECPoint unit = PARAMETERS.getG();
      for (int row = 0; row < ROWS; row++) {
        ECPoint multiple = unit;
        for (int column = 0; column < COLUMNS; column++) {
          points[row * COLUMNS + column] = multiple;
          multiple = multiple.add(unit);
        }
        ECPoint[] next = {multiple};
        PARAMETERS.getCurve().normalizeAll(next);
        unit = next[0];
      }
      PARAMETERS.getCurve().normalizeAll(points);
      return points;
    }
  }

  /** The point that 33 compressed bytes stand for; {@link IllegalArgumentException} if none. */
  static ECPoint decode(byte[] compressed) {
    return curve().decodePoint(compressed);
  }

  /** Whether the first 32 bytes, big-endian, are below the group order. */
  static boolean isScalar(byte[] bytes) {
    for (int i = 0; i < 32; i++) {
      if (bytes[i] != ORDER[i]) {
        return (bytes[i] & 255) < (ORDER[i] & 255);
      }
    }
    return false;
  }

  /** The generator times the first 32 bytes, big-endian. */
  static ECPoint multiplyGenerator(byte[] factor) {
    ECPoint sum = curve().getInfinity();
    for (int row = 0; row < ROWS; row++) {
      int digit = digit(factor, row * WINDOW);
      if (digit != 0) {
        sum = sum.add(Table.POINTS[row * COLUMNS + digit - 1]);
      }
    }
    return sum;
  }

  /** Six bits of {@code factor}, counted from its low end. */
  private static int digit(byte[] factor, int lowBit) {
    int at = 31 - lowBit / 8;
    int pair = factor[at] & 255 | (at == 0 ? 0 : (factor[at - 1] & 255) << 8);
    return pair >> lowBit % 8 & COLUMNS;
  }

  /** Brings all of {@code points} to affine coordinates, in place. */
  static void normalizeAll(ECPoint[] points) {
    curve().normalizeAll(points);
  }

  private static ECCurve curve() {
    return PARAMETERS.getCurve();
  }
}
