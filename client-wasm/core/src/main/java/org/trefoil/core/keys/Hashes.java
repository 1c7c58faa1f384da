package org.trefoil.core.keys;

import org.bouncycastle.crypto.digests.RIPEMD160Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;

/** The hash functions of the Bitcoin protocol, over Bouncy Castle's digests. */
public final class Hashes {
  private Hashes() {}

  /** SHA-256 of the concatenated parts, 32 bytes. */
  public static byte[] sha256(byte[]... parts) {
    SHA256Digest digest = new SHA256Digest();
    for (byte[] part : parts) {
      digest.update(part, 0, part.length);
    }
    byte[] out = new byte[32];
    digest.doFinal(out, 0);
    return out;
  }

  /** RIPEMD-160 of SHA-256, 20 bytes. */
  public static byte[] hash160(byte[] input) {
    RIPEMD160Digest digest = new RIPEMD160Digest();
    digest.update(sha256(input), 0, 32);
    byte[] out = new byte[20];
    digest.doFinal(out, 0);
    return out;
  }
}
