package org.trefoil.server.chain.practice;

import java.util.List;
import java.util.Set;
import org.bitcoinj.core.Transaction;
import org.trefoil.core.coins.Outpoint;

/**
 * A transaction that waits for a block.
 *
 * @param vsize virtual bytes as relay counts them: heavier when it has many signature checks
 * @param parents those of its inputs' transactions that wait as well
 */
public record PooledTransaction(
    String txid, Transaction transaction, byte[] raw, long fee, long vsize, Set<String> parents) {
  public PooledTransaction {
    parents = Set.copyOf(parents);
  }

  /** Whether any input says that it may be replaced (BIP-0125). */
  boolean replaceable() {
    return transaction.getInputs().stream().anyMatch(i -> i.getSequenceNumber() <= 0xfffffffdL);
  }

  List<Outpoint> spends() {
    return transaction.getInputs().stream().map(Outpoints::spentBy).toList();
  }
}
