package org.trefoil.server.passkey;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * A signature on P-256 as passkeys write it: DER of a sequence of r and s. JDKs before 17.0.3 hold
 * r = s = 0 for a signature of everything (CVE-2022-21449), so nothing out of range reaches them.
 */
final class EcdsaSignature {
  /** The order of P-256. */
  static final BigInteger ORDER =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

  private static final int SEQUENCE = 0x30;
  private static final int INTEGER = 0x02;
  private static final int LONGEST = 33;

  private EcdsaSignature() {}

  /**
   * Whether these are r and s alone, each from 1 to the order − 1, written in the one right way.
   */
  static boolean inRange(byte[] der) {
    if (der.length < 8 || der[0] != SEQUENCE || der[1] != der.length - 2) {
      return false;
    }
    int second = number(der, 2);
    return second > 0 && number(der, second) == der.length;
  }

  /** Where the number ends that begins there; −1 when none does, or it is out of range. */
  private static int number(byte[] der, int at) {
    if (at + 2 >= der.length || der[at] != INTEGER) {
      return -1;
    }
    int length = der[at + 1];
    int end = at + 2 + length;
    if (length < 1 || length > LONGEST || end > der.length) {
      return -1;
    }
    byte[] bytes = Arrays.copyOfRange(der, at + 2, end);
    BigInteger number = new BigInteger(bytes);
    boolean shortest = Arrays.equals(number.toByteArray(), bytes);
    return shortest && number.signum() > 0 && number.compareTo(ORDER) < 0 ? end : -1;
  }
}
