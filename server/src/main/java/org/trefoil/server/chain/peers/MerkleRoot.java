package org.trefoil.server.chain.peers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bitcoinj.base.Sha256Hash;
import org.bitcoinj.core.Block;
import org.bitcoinj.core.Transaction;

/**
 * Whether a block's transactions are those of its header: the tree over their ids ends in the root,
 * the first and no other is a coinbase (so that no inner node of the tree passes for one), and no
 * two neighbours of the tree are equal (CVE-2012-2459: a doubled end has the same root).
 */
final class MerkleRoot {
  private MerkleRoot() {}

  static boolean isRight(Block block) {
    List<Transaction> transactions = block.getTransactions();
    if (transactions == null || transactions.isEmpty()) {
      return false;
    }
    List<byte[]> level = new ArrayList<>(transactions.size());
    for (int i = 0; i < transactions.size(); i++) {
      if (transactions.get(i).isCoinBase() != (i == 0)) {
        return false;
      }
      level.add(transactions.get(i).getTxId().serialize());
    }
    while (level.size() > 1) {
      List<byte[]> above = new ArrayList<>((level.size() + 1) / 2);
      for (int i = 0; i < level.size(); i += 2) {
        byte[] left = level.get(i);
        byte[] right = i + 1 < level.size() ? level.get(i + 1) : left;
        if (i + 1 < level.size() && Arrays.equals(left, right)) {
          return false;
        }
        above.add(Sha256Hash.hashTwice(left, right));
      }
      level = above;
    }
    return Sha256Hash.wrapReversed(level.get(0)).equals(block.getMerkleRoot());
  }
}
