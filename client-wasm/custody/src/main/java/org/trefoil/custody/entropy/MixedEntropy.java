package org.trefoil.custody.entropy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/**
 * HKDF-SHA512 over fresh source bytes, salted with the person's bytes and a read counter, added to
 * the source's own bytes by XOR.
 *
 * <p>The XOR makes "never weaker" plain: the source's {@code n} bytes and the pad come from two
 * separate reads, so a uniform first read stays uniform whatever the pad is.
 */
final class MixedEntropy implements Entropy {
  private static final byte[] LABEL = "trefoil/entropy-mix/1".getBytes(StandardCharsets.US_ASCII);
  private static final int KEY_BYTES = 64;

  private final Entropy source;
  private final byte[] extra;
  private int reads;

  MixedEntropy(Entropy source, byte[] extra) {
    this.source = source;
    this.extra = extra.clone();
  }

  @Override
  public byte[] bytes(int n) {
    // HKDF gives at most 255 blocks; longer reads are no use of this port.
    if (n > 255 * KEY_BYTES) {
      throw new IllegalArgumentException("read too long to mix");
    }
    byte[] result = source.bytes(n);
    byte[] key = source.bytes(KEY_BYTES);
    byte[] salt = Arrays.copyOf(extra, extra.length + 4);
    int count = reads++;
    for (int i = 0; i < 4; i++) {
      salt[extra.length + i] = (byte) (count >>> (8 * (3 - i)));
    }
    byte[] pad = new byte[n];
    HKDFBytesGenerator hkdf = new HKDFBytesGenerator(new SHA512Digest());
    hkdf.init(new HKDFParameters(key, salt, LABEL));
    hkdf.generateBytes(pad, 0, n);
    for (int i = 0; i < n; i++) {
      result[i] ^= pad[i];
    }
    Arrays.fill(key, (byte) 0);
    Arrays.fill(salt, (byte) 0);
    Arrays.fill(pad, (byte) 0);
    return result;
  }
}
