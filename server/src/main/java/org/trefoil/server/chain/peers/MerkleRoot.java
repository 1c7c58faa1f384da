package org.trefoil.server.chain.peers;

import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;
import org.bitcoinj.base.Sha256Hash;
import org.trefoil.server.chain.RawBlock;

/**
 * Whether a block's transactions are those of its header: the tree over their ids ends in the root,
 * the first and no other is a coinbase (so that no inner node of the tree passes for one), and no
 * two neighbours of the tree are equal (CVE-2012-2459: a doubled end has the same root).
 */
final class MerkleRoot {
  private static final int HASH = 32;

  private MerkleRoot() {}

  static boolean isRight(RawBlock block) {
    for (int i = 0; i < block.count(); i++) {
      if (block.isCoinbase(i) != (i == 0)) {
        return false;
      }
    }
    return of(block.ids(), block.count()).equals(block.merkleRoot());
  }

  /** The root over so many ids, or nothing that is one; each level takes the place of the last. */
  private static String of(byte[] level, int count) {
    MessageDigest digest = Sha256Hash.newDigest();
    try {
      for (int left = count; left > 1; left = (left + 1) / 2) {
        for (int i = 0; i < left; i += 2) {
          int at = i * HASH;
          int end = at + HASH;
          boolean paired = i + 1 < left;
          if (paired && Arrays.equals(level, at, end, level, end, end + HASH)) {
            return "";
          }
          digest.update(level, at, HASH);
          digest.update(level, paired ? end : at, HASH);
          digest.digest(level, at / 2, HASH);
          digest.update(level, at / 2, HASH);
          digest.digest(level, at / 2, HASH);
        }
      }
    } catch (DigestException e) {
      throw new IllegalStateException(e);
    }
    return Sha256Hash.wrapReversed(Arrays.copyOf(level, HASH)).toString();
  }
}
