package org.trefoil.core.keys;

import org.bouncycastle.crypto.digests.SHA512Digest;

/**
 * HMAC-SHA-512 under one chain code (BIP-0032). The two blocks that depend on the key alone are
 * hashed once, which halves the work of every child after the first.
 */
final class ChainCode {
  private static final int BLOCK = 128;

  private final SHA512Digest inner = new SHA512Digest();
  private final SHA512Digest outer = new SHA512Digest();

  ChainCode(byte[] chainCode) {
    for (int i = 0; i < BLOCK; i++) {
      byte key = i < chainCode.length ? chainCode[i] : 0;
      inner.update((byte) (key ^ 0x36));
      outer.update((byte) (key ^ 0x5c));
    }
  }

  /** The 64 bytes I of CKDpub: left the addend, right the child's chain code. */
  byte[] child(byte[] publicKey, byte[] number) {
    byte[] hash = new byte[64];
    SHA512Digest first = new SHA512Digest(inner);
    first.update(publicKey, 0, publicKey.length);
    first.update(number, 0, number.length);
    first.doFinal(hash, 0);
    SHA512Digest second = new SHA512Digest(outer);
    second.update(hash, 0, 64);
    second.doFinal(hash, 0);
    return hash;
  }
}
