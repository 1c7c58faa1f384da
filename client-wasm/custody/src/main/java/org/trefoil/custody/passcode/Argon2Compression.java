package org.trefoil.custody.passcode;

import java.util.Arrays;

/** The compression function G of Argon2 (RFC 9106 section 3.5) over blocks of 128 words. */
final class Argon2Compression implements AutoCloseable {
  private static final int WORDS = 128;
  private static final long LOW = 0xffffffffL;

  private final long[] mix = new long[WORDS];

  /** {@code out = G(x, y)}; with {@code xor} the old block is added to the new one. */
  void fill(long[] x, int xAt, long[] y, int yAt, long[] out, int outAt, boolean xor) {
    long[] r = mix;
    for (int i = 0; i < WORDS; i++) {
      r[i] = x[xAt + i] ^ y[yAt + i];
    }
    for (int i = 0; i < 8; i++) {
      permute(r, 16 * i, 2);
    }
    for (int i = 0; i < 8; i++) {
      permute(r, 2 * i, 16);
    }
    if (xor) {
      for (int i = 0; i < WORDS; i++) {
        out[outAt + i] ^= r[i] ^ x[xAt + i] ^ y[yAt + i];
      }
    } else {
      for (int i = 0; i < WORDS; i++) {
        out[outAt + i] = r[i] ^ x[xAt + i] ^ y[yAt + i];
      }
    }
  }

  /**
   * The permutation P over eight pairs of words: pair {@code k} is at {@code at + k * stride}. Kept
   * in locals and written out because a call or an array access a step costs a third of the speed.
   */
  private static void permute(long[] v, int at, int stride) {
    int p0 = at;
    int p1 = at + stride;
    int p2 = at + 2 * stride;
    int p3 = at + 3 * stride;
    int p4 = at + 4 * stride;
    int p5 = at + 5 * stride;
    int p6 = at + 6 * stride;
    int p7 = at + 7 * stride;
    long v0 = v[p0];
    long v1 = v[p0 + 1];
    long v2 = v[p1];
    long v3 = v[p1 + 1];
    long v4 = v[p2];
    long v5 = v[p2 + 1];
    long v6 = v[p3];
    long v7 = v[p3 + 1];
    long v8 = v[p4];
    long v9 = v[p4 + 1];
    long v10 = v[p5];
    long v11 = v[p5 + 1];
    long v12 = v[p6];
    long v13 = v[p6 + 1];
    long v14 = v[p7];
    long v15 = v[p7 + 1];
    v0 += v4 + 2 * (v0 & LOW) * (v4 & LOW);
    v12 ^= v0;
    v12 = v12 >>> 32 | v12 << 32;
    v8 += v12 + 2 * (v8 & LOW) * (v12 & LOW);
    v4 ^= v8;
    v4 = v4 >>> 24 | v4 << 40;
    v0 += v4 + 2 * (v0 & LOW) * (v4 & LOW);
    v12 ^= v0;
    v12 = v12 >>> 16 | v12 << 48;
    v8 += v12 + 2 * (v8 & LOW) * (v12 & LOW);
    v4 ^= v8;
    v4 = v4 >>> 63 | v4 << 1;
    v1 += v5 + 2 * (v1 & LOW) * (v5 & LOW);
    v13 ^= v1;
    v13 = v13 >>> 32 | v13 << 32;
    v9 += v13 + 2 * (v9 & LOW) * (v13 & LOW);
    v5 ^= v9;
    v5 = v5 >>> 24 | v5 << 40;
    v1 += v5 + 2 * (v1 & LOW) * (v5 & LOW);
    v13 ^= v1;
    v13 = v13 >>> 16 | v13 << 48;
    v9 += v13 + 2 * (v9 & LOW) * (v13 & LOW);
    v5 ^= v9;
    v5 = v5 >>> 63 | v5 << 1;
    v2 += v6 + 2 * (v2 & LOW) * (v6 & LOW);
    v14 ^= v2;
    v14 = v14 >>> 32 | v14 << 32;
    v10 += v14 + 2 * (v10 & LOW) * (v14 & LOW);
    v6 ^= v10;
    v6 = v6 >>> 24 | v6 << 40;
    v2 += v6 + 2 * (v2 & LOW) * (v6 & LOW);
    v14 ^= v2;
    v14 = v14 >>> 16 | v14 << 48;
    v10 += v14 + 2 * (v10 & LOW) * (v14 & LOW);
    v6 ^= v10;
    v6 = v6 >>> 63 | v6 << 1;
    v3 += v7 + 2 * (v3 & LOW) * (v7 & LOW);
    v15 ^= v3;
    v15 = v15 >>> 32 | v15 << 32;
    v11 += v15 + 2 * (v11 & LOW) * (v15 & LOW);
    v7 ^= v11;
    v7 = v7 >>> 24 | v7 << 40;
    v3 += v7 + 2 * (v3 & LOW) * (v7 & LOW);
    v15 ^= v3;
    v15 = v15 >>> 16 | v15 << 48;
    v11 += v15 + 2 * (v11 & LOW) * (v15 & LOW);
    v7 ^= v11;
    v7 = v7 >>> 63 | v7 << 1;
    v0 += v5 + 2 * (v0 & LOW) * (v5 & LOW);
    v15 ^= v0;
    v15 = v15 >>> 32 | v15 << 32;
    v10 += v15 + 2 * (v10 & LOW) * (v15 & LOW);
    v5 ^= v10;
    v5 = v5 >>> 24 | v5 << 40;
    v0 += v5 + 2 * (v0 & LOW) * (v5 & LOW);
    v15 ^= v0;
    v15 = v15 >>> 16 | v15 << 48;
    v10 += v15 + 2 * (v10 & LOW) * (v15 & LOW);
    v5 ^= v10;
    v5 = v5 >>> 63 | v5 << 1;
    v1 += v6 + 2 * (v1 & LOW) * (v6 & LOW);
    v12 ^= v1;
    v12 = v12 >>> 32 | v12 << 32;
    v11 += v12 + 2 * (v11 & LOW) * (v12 & LOW);
    v6 ^= v11;
    v6 = v6 >>> 24 | v6 << 40;
    v1 += v6 + 2 * (v1 & LOW) * (v6 & LOW);
    v12 ^= v1;
    v12 = v12 >>> 16 | v12 << 48;
    v11 += v12 + 2 * (v11 & LOW) * (v12 & LOW);
    v6 ^= v11;
    v6 = v6 >>> 63 | v6 << 1;
    v2 += v7 + 2 * (v2 & LOW) * (v7 & LOW);
    v13 ^= v2;
    v13 = v13 >>> 32 | v13 << 32;
    v8 += v13 + 2 * (v8 & LOW) * (v13 & LOW);
    v7 ^= v8;
    v7 = v7 >>> 24 | v7 << 40;
    v2 += v7 + 2 * (v2 & LOW) * (v7 & LOW);
    v13 ^= v2;
    v13 = v13 >>> 16 | v13 << 48;
    v8 += v13 + 2 * (v8 & LOW) * (v13 & LOW);
    v7 ^= v8;
    v7 = v7 >>> 63 | v7 << 1;
    v3 += v4 + 2 * (v3 & LOW) * (v4 & LOW);
    v14 ^= v3;
    v14 = v14 >>> 32 | v14 << 32;
    v9 += v14 + 2 * (v9 & LOW) * (v14 & LOW);
    v4 ^= v9;
    v4 = v4 >>> 24 | v4 << 40;
    v3 += v4 + 2 * (v3 & LOW) * (v4 & LOW);
    v14 ^= v3;
    v14 = v14 >>> 16 | v14 << 48;
    v9 += v14 + 2 * (v9 & LOW) * (v14 & LOW);
    v4 ^= v9;
    v4 = v4 >>> 63 | v4 << 1;
    v[p0] = v0;
    v[p0 + 1] = v1;
    v[p1] = v2;
    v[p1 + 1] = v3;
    v[p2] = v4;
    v[p2 + 1] = v5;
    v[p3] = v6;
    v[p3 + 1] = v7;
    v[p4] = v8;
    v[p4 + 1] = v9;
    v[p5] = v10;
    v[p5 + 1] = v11;
    v[p6] = v12;
    v[p6 + 1] = v13;
    v[p7] = v14;
    v[p7 + 1] = v15;
  }

  @Override
  public void close() {
    Arrays.fill(mix, 0);
  }
}
