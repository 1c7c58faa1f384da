package org.trefoil.server.chain;

import java.util.List;
import org.bitcoinj.core.Transaction;

/** A block of the best chain, and its place there. */
public record ChainBlock(Tip place, RawBlock raw) {
  /** Hash of the block before it; all zeros for genesis. */
  public String previous() {
    return raw.previous();
  }

  /** In block order, coinbase first. */
  public List<Transaction> transactions() {
    return raw.transactions();
  }
}
