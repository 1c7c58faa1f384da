package org.trefoil.server.chain;

import java.util.List;
import org.bitcoinj.core.Transaction;

/**
 * A block of the best chain.
 *
 * @param previous hash of the block before it; all zeros for genesis
 * @param transactions in block order, coinbase first
 */
public record ChainBlock(Tip place, String previous, List<Transaction> transactions) {
  public ChainBlock {
    transactions = List.copyOf(transactions);
  }
}
