package org.trefoil.core.keys;

import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.digests.SHA256Digest;

/** Hashes that cannot be mistaken for one another: BIP-0340's tagged SHA-256. */
public final class TaggedHash {
  private TaggedHash() {}

  /** {@code SHA-256(SHA-256(tag) ‖ SHA-256(tag) ‖ parts…)}, 32 bytes. */
  public static byte[] of(String tag, byte[]... parts) {
    byte[] prefix = Hashes.sha256(tag.getBytes(StandardCharsets.UTF_8));
    byte[][] all = new byte[parts.length + 2][];
    all[0] = prefix;
    all[1] = prefix;
    System.arraycopy(parts, 0, all, 2, parts.length);
    return Hashes.sha256(all);
  }

  /** The tagged hash, put through SHA-256 {@code rounds} more times: 32 bytes. */
  static byte[] stretched(String tag, int rounds, byte[]... parts) {
    byte[] hash = of(tag, parts);
    SHA256Digest digest = new SHA256Digest();
    for (int i = 0; i < rounds; i++) {
      digest.update(hash, 0, hash.length);
      digest.doFinal(hash, 0);
    }
    return hash;
  }
}
