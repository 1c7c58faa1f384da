package org.trefoil.custody.entropy;

import java.util.Arrays;

/**
 * Refuses a source that is plainly broken: missing, short, all zero, all equal, or repeating.
 *
 * <p>Every read draws at least 32 bytes. A sound source trips a check with probability below 2^-120
 * a read; a subtly weak one passes, which no test of the output can tell.
 */
final class CheckedEntropy implements Entropy {
  private static final int LEAST = 32;
  private static final int BLOCK = 16;

  private final Entropy source;
  private byte[] last = new byte[0];

  CheckedEntropy(Entropy source) {
    this.source = source;
  }

  @Override
  public byte[] bytes(int n) {
    if (n < 0) {
      throw new IllegalArgumentException("negative length");
    }
    int want = Math.max(n, LEAST);
    byte[] read = source.bytes(want);
    if (read == null) {
      throw new EntropyMissing("absent");
    }
    if (read.length != want) {
      throw new EntropyMissing("short");
    }
    refuseConstant(read);
    refuseRepeatedBlocks(read);
    byte[] head = Arrays.copyOf(read, LEAST);
    if (Arrays.equals(head, last)) {
      throw new EntropyMissing("repeated");
    }
    Arrays.fill(last, (byte) 0);
    last = head;
    byte[] result = Arrays.copyOf(read, n);
    Arrays.fill(read, (byte) 0);
    return result;
  }

  private static void refuseConstant(byte[] read) {
    for (byte b : read) {
      if (b != read[0]) {
        return;
      }
    }
    throw new EntropyMissing(read[0] == 0 ? "all-zero" : "all-equal");
  }

  private static void refuseRepeatedBlocks(byte[] read) {
    for (int i = BLOCK; i + BLOCK <= read.length; i += BLOCK) {
      if (Arrays.equals(read, i - BLOCK, i, read, i, i + BLOCK)) {
        throw new EntropyMissing("repeated");
      }
    }
  }
}
