package org.trefoil.custody.foreign;

import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.engines.Salsa20Engine;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;
import org.trefoil.custody.slices.SlicedWork;

/**
 * scrypt (RFC 7914) in slices. Bouncy Castle's runs to its end in one call, which freezes a page
 * for seconds; its Salsa20 core and PBKDF2 do the work here as well.
 */
final class Scrypt implements SlicedWork<byte[]> {
  private static final int MIXES_A_STEP = 64;

  private final byte[] password;
  private final int n;
  private final int r;
  private final int p;
  private final int length;
  private final byte[] blocks;
  private final int[] memory;
  private int[] x;
  private int[] y;
  private final int[] lane = new int[16];
  private int mixes;

  /**
   * Begins.
   *
   * @param password copied
   * @param n a power of two
   * @param length of the result in bytes
   */
  Scrypt(byte[] password, byte[] salt, int n, int r, int p, int length) {
    this.password = password.clone();
    this.n = n;
    this.r = r;
    this.p = p;
    this.length = length;
    blocks = pbkdf2(password, salt, 128 * r * p);
    memory = new int[n * 32 * r];
    x = new int[32 * r];
    y = new int[32 * r];
  }

  private static byte[] pbkdf2(byte[] password, byte[] salt, int bytes) {
    PKCS5S2ParametersGenerator generator = new PKCS5S2ParametersGenerator(new SHA256Digest());
    generator.init(password, salt, 1);
    return ((KeyParameter) generator.generateDerivedMacParameters(8 * bytes)).getKey();
  }

  @Override
  public boolean step() {
    int all = 2 * n * p;
    for (int i = 0; i < MIXES_A_STEP && mixes < all; i++) {
      int within = mixes % (2 * n);
      if (within == 0) {
        load(mixes / (2 * n));
      }
      if (within < n) {
        System.arraycopy(x, 0, memory, within * x.length, x.length);
      } else {
        int from = (x[x.length - 16] & n - 1) * x.length;
        for (int word = 0; word < x.length; word++) {
          x[word] ^= memory[from + word];
        }
      }
      mix();
      mixes++;
      if (within == 2 * n - 1) {
        store((mixes - 1) / (2 * n));
      }
    }
    return mixes < all;
  }

  /** One BlockMix of x. */
  private void mix() {
    System.arraycopy(x, x.length - 16, lane, 0, 16);
    for (int block = 0; block < 2 * r; block++) {
      for (int word = 0; word < 16; word++) {
        lane[word] ^= x[16 * block + word];
      }
      Salsa20Engine.salsaCore(8, lane, lane);
      int to = block / 2 + (block % 2) * r;
      System.arraycopy(lane, 0, y, 16 * to, 16);
    }
    int[] mixed = y;
    y = x;
    x = mixed;
  }

  private void load(int part) {
    int at = 128 * r * part;
    for (int word = 0; word < x.length; word++, at += 4) {
      x[word] =
          blocks[at] & 255
              | (blocks[at + 1] & 255) << 8
              | (blocks[at + 2] & 255) << 16
              | blocks[at + 3] << 24;
    }
  }

  private void store(int part) {
    int at = 128 * r * part;
    for (int word : x) {
      blocks[at++] = (byte) word;
      blocks[at++] = (byte) (word >> 8);
      blocks[at++] = (byte) (word >> 16);
      blocks[at++] = (byte) (word >> 24);
    }
  }

  @Override
  public int percent() {
    return (int) (100L * mixes / (2L * n * p));
  }

  /** The derived bytes, the caller's to wipe. */
  @Override
  public byte[] finish() {
    if (mixes < 2 * n * p) {
      throw new IllegalStateException("slices left");
    }
    return pbkdf2(password, blocks, length);
  }

  @Override
  public void close() {
    Arrays.fill(password, (byte) 0);
    Arrays.fill(blocks, (byte) 0);
    Arrays.fill(memory, 0);
    Arrays.fill(x, 0);
    Arrays.fill(y, 0);
    Arrays.fill(lane, 0);
  }

  @Override
  public String toString() {
    return "Scrypt[redacted]";
  }
}
