package org.trefoil.core.ur;

import org.trefoil.core.keys.Hashes;

/**
 * Xoshiro256** from a seed that both sides know, so that both mix the same fragments
 * (BCR-2020-005's choice). Nothing secret comes of it.
 */
final class Xoshiro {
  private static final double TWO_TO_64 = 18446744073709551616.0;

  private long s0;
  private long s1;
  private long s2;
  private long s3;

  /** From the SHA-256 of the seed, four big-endian numbers. */
  Xoshiro(byte[] seed) {
    byte[] hash = Hashes.sha256(seed);
    s0 = u64(hash, 0);
    s1 = u64(hash, 8);
    s2 = u64(hash, 16);
    s3 = u64(hash, 24);
  }

  private static long u64(byte[] bytes, int at) {
    long value = 0;
    for (int i = at; i < at + 8; i++) {
      value = value << 8 | bytes[i] & 0xff;
    }
    return value;
  }

  long next() {
    long result = Long.rotateLeft(s1 * 5, 7) * 9;
    long t = s1 << 17;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= t;
    s3 = Long.rotateLeft(s3, 45);
    return result;
  }

  /** From 0 to 1: the unsigned number, rounded to a double, over 2^64. */
  double fraction() {
    long x = next();
    double rounded = x >= 0 ? (double) x : (double) (x >>> 1 | x & 1) * 2.0;
    return rounded / TWO_TO_64;
  }

  /** From 0 to {@code count} − 1. */
  int below(int count) {
    return Math.min(count - 1, (int) (fraction() * count));
  }
}
