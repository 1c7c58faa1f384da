package org.trefoil.server.chain.follow;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * 64-bit fingerprints of scripts and outpoints under a key that nobody outside knows, so that
 * nobody can make outputs that collide. Equal bytes give equal fingerprints; the reverse has to be
 * checked.
 */
final class Fingerprints {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final long key0;
  private final long key1;

  Fingerprints(long key0, long key1) {
    this.key0 = key0;
    this.key1 = key1;
  }

  /** Of some bytes and a number that goes with them; never 0, which marks an empty place. */
  long of(byte[] bytes, int number) {
    return of(bytes, 0, bytes.length, number);
  }

  /** The same of a stretch of them. */
  long of(byte[] bytes, int from, int length, int number) {
    long hash = key0 ^ (length * 0x9e3779b97f4a7c15L);
    int end = from + length;
    int at = from;
    for (; at + 8 <= end; at += 8) {
      hash = mix(hash ^ (long) LONGS.get(bytes, at), key1);
    }
    long rest = 0;
    for (; at < end; at++) {
      rest = rest << 8 | (bytes[at] & 0xff);
    }
    hash = mix(hash ^ rest, key1);
    hash = mix(hash ^ number, key0);
    return hash == 0 ? 1 : hash;
  }

  /** Folds the 128-bit product, as wyhash does: every bit of both depends on every bit. */
  private static long mix(long a, long b) {
    return Math.multiplyHigh(a, b) ^ (a * b) ^ Long.rotateLeft(a, 29);
  }
}
