package org.trefoil.vault.proof;

import org.trefoil.core.keys.TaggedHash;

/** Bytes that follow from a number, the same everywhere: hashes of a counter. */
final class SeededBytes {
  private final byte[] seed;
  private int counter;
  private byte[] block = new byte[0];
  private int at;

  SeededBytes(int seed) {
    this.seed = number(seed);
  }

  private static byte[] number(int value) {
    return new byte[] {
      (byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value
    };
  }

  byte[] bytes(int n) {
    byte[] bytes = new byte[n];
    for (int i = 0; i < n; i++) {
      if (at == block.length) {
        block = TaggedHash.of("trefoil/proof", seed, number(counter));
        counter++;
        at = 0;
      }
      bytes[i] = block[at];
      at++;
    }
    return bytes;
  }

  /** A number from 0 to {@code bound - 1}. */
  int below(int bound) {
    byte[] b = bytes(4);
    int value = (b[0] & 127) << 24 | (b[1] & 255) << 16 | (b[2] & 255) << 8 | (b[3] & 255);
    return value % bound;
  }
}
