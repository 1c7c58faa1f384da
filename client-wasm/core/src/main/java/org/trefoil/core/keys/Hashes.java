package org.trefoil.core.keys;

import org.bouncycastle.crypto.digests.RIPEMD160Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;

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

  /** HMAC-SHA-512 of the concatenated parts, 64 bytes. */
  static byte[] hmacSha512(byte[] key, byte[]... parts) {
    HMac mac = new HMac(new SHA512Digest());
    mac.init(new KeyParameter(key));
    for (byte[] part : parts) {
      mac.update(part, 0, part.length);
    }
    byte[] out = new byte[64];
    mac.doFinal(out, 0);
    return out;
  }
}
