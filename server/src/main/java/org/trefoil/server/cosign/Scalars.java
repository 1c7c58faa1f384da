package org.trefoil.server.cosign;

import java.math.BigInteger;

/** Numbers as 32 bytes, big-endian. */
final class Scalars {
  private static final int SIZE = 32;

  private Scalars() {}

  /** Writes a number that fits into 32 bytes to {@code out} from {@code at}. */
  static void put(BigInteger number, byte[] out, int at) {
    byte[] bytes = number.toByteArray();
    int from = Math.max(0, bytes.length - SIZE);
    int length = bytes.length - from;
    System.arraycopy(bytes, from, out, at + SIZE - length, length);
  }
}
