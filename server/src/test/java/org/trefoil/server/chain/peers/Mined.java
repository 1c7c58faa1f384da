package org.trefoil.server.chain.peers;

import java.util.List;
import org.bitcoinj.core.Block;
import org.bitcoinj.core.Transaction;

/** Blocks as regtest takes them, at the least work. */
final class Mined {
  private Mined() {}

  /** A block of one transaction, ten minutes after {@code last}. */
  static Block on(Block last, Transaction coinbase) {
    Block next =
        new Block(
            4,
            last.getHash(),
            coinbase.getTxId(),
            last.time().plusSeconds(600),
            Block.EASIEST_DIFFICULTY_TARGET,
            0,
            List.of(coinbase));
    next.solve();
    return next;
  }
}
