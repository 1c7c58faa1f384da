package org.trefoil.custody.passcode;

import org.bouncycastle.crypto.digests.Blake2bDigest;

/** The variable-length hash H' of Argon2 (RFC 9106 section 3.3). */
final class Blake2bLong {
  private Blake2bLong() {}

  /** {@code length} bytes of H' over the concatenated parts. */
  static byte[] hash(int length, byte[]... parts) {
    byte[] out = new byte[length];
    byte[] block = new byte[64];
    Blake2bDigest first = new Blake2bDigest(8 * Math.min(length, 64));
    first.update((byte) length);
    first.update((byte) (length >>> 8));
    first.update((byte) (length >>> 16));
    first.update((byte) (length >>> 24));
    for (byte[] part : parts) {
      first.update(part, 0, part.length);
    }
    if (length <= 64) {
      first.doFinal(out, 0);
      return out;
    }
    first.doFinal(block, 0);
    System.arraycopy(block, 0, out, 0, 32);
    int done = 32;
    while (length - done > 64) {
      rehash(block, 64);
      System.arraycopy(block, 0, out, done, 32);
      done += 32;
    }
    rehash(block, length - done);
    System.arraycopy(block, 0, out, done, length - done);
    java.util.Arrays.fill(block, (byte) 0);
    return out;
  }

  private static void rehash(byte[] block, int length) {
    Blake2bDigest digest = new Blake2bDigest(8 * length);
    digest.update(block, 0, 64);
    digest.doFinal(block, 0);
  }
}
