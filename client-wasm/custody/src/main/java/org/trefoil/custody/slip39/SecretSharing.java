package org.trefoil.custody.slip39;

import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;
import org.jspecify.annotations.Nullable;
import org.trefoil.custody.entropy.Entropy;

/**
 * Shamir's sharing of one secret among {@code count} points, any {@code threshold} of which give it
 * back and fewer say nothing. At 255 lies the secret, at 254 a digest of it, by which a wrong
 * result is told from a right one.
 */
final class SecretSharing {
  private static final int SECRET = 255;
  private static final int DIGEST = 254;
  private static final int DIGEST_BYTES = 4;

  private SecretSharing() {}

  /** The values at 0 … count - 1, random but for what the secret and its digest ask. */
  static byte[][] split(int threshold, int count, byte[] secret, Entropy entropy) {
    byte[][] values = new byte[count][];
    if (threshold == 1) {
      for (int i = 0; i < count; i++) {
        values[i] = secret.clone();
      }
      return values;
    }
    int[] xs = new int[threshold];
    byte[][] ys = new byte[threshold][];
    for (int i = 0; i < threshold - 2; i++) {
      xs[i] = i;
      ys[i] = entropy.bytes(secret.length);
      values[i] = ys[i].clone();
    }
    byte[] random = entropy.bytes(secret.length - DIGEST_BYTES);
    byte[] digest = Arrays.copyOf(digest(random, secret), secret.length);
    System.arraycopy(random, 0, digest, DIGEST_BYTES, random.length);
    xs[threshold - 2] = DIGEST;
    ys[threshold - 2] = digest;
    xs[threshold - 1] = SECRET;
    ys[threshold - 1] = secret.clone();
    for (int i = threshold - 2; i < count; i++) {
      values[i] = Polynomials.at(i, xs, ys);
    }
    Arrays.fill(random, (byte) 0);
    wipe(ys);
    return values;
  }

  /**
   * The secret of {@code threshold} points or more, all of which must lie on one curve; null when
   * they do not fit together.
   */
  static byte @Nullable [] rejoin(int threshold, int[] xs, byte[][] ys) {
    int[] first = Arrays.copyOf(xs, threshold);
    byte[][] values = Arrays.copyOf(ys, threshold);
    for (int i = threshold; i < xs.length; i++) {
      if (!Arrays.equals(Polynomials.at(xs[i], first, values), ys[i])) {
        return null;
      }
    }
    if (threshold == 1) {
      return values[0].clone();
    }
    byte[] secret = Polynomials.at(SECRET, first, values);
    byte[] digest = Polynomials.at(DIGEST, first, values);
    byte[] random = Arrays.copyOfRange(digest, DIGEST_BYTES, digest.length);
    byte[] expected = digest(random, secret);
    boolean right = Arrays.equals(digest, 0, DIGEST_BYTES, expected, 0, DIGEST_BYTES);
    Arrays.fill(digest, (byte) 0);
    Arrays.fill(random, (byte) 0);
    if (!right) {
      Arrays.fill(secret, (byte) 0);
      return null;
    }
    return secret;
  }

  static void wipe(byte[][] values) {
    for (byte[] value : values) {
      Arrays.fill(value, (byte) 0);
    }
  }

  /** HMAC-SHA256 of the secret under the random part; its first four bytes count. */
  private static byte[] digest(byte[] random, byte[] secret) {
    HMac mac = new HMac(new SHA256Digest());
    mac.init(new KeyParameter(random));
    mac.update(secret, 0, secret.length);
    byte[] out = new byte[32];
    mac.doFinal(out, 0);
    return Arrays.copyOf(out, DIGEST_BYTES);
  }
}
