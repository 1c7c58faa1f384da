package org.trefoil.server.store;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.trefoil.server.chain.follow.Changes;
import org.trefoil.server.chain.follow.FoundTransaction;

/** Writes what the follower found, inside its transaction; what is there already stays as it is. */
final class ChainWriting {
  private final Handle handle;
  private final Changes changes;

  ChainWriting(Handle handle, Changes changes) {
    this.handle = handle;
    this.changes = changes;
  }

  /** A transaction in a followed block: rivals in the mempool for the same coins are gone. */
  void confirmed(FoundTransaction tx, int height, long now) {
    insert(tx, height, now);
    handle.execute(
        "UPDATE chain_tx SET height = ?, place = ? WHERE txid = ?", height, tx.place(), tx.txid());
    ChainForgetting forgetting = new ChainForgetting(handle, changes);
    for (FoundTransaction.Debit debit : tx.debits()) {
      List<String> rivals =
          handle
              .createQuery(
                  "SELECT s.spender FROM chain_spend s JOIN chain_tx t ON t.txid = s.spender"
                      + " WHERE s.txid = ? AND s.vout = ? AND s.spender <> ? AND t.height IS NULL")
              .bind(0, debit.outpoint().txid())
              .bind(1, debit.outpoint().vout())
              .bind(2, tx.txid())
              .mapTo(String.class)
              .list();
      rivals.forEach(forgetting::forgetUnconfirmed);
    }
    tx.wallets().forEach(walletId -> changes.add(walletId, tx.txid()));
  }

  /** A transaction of the mempool; one that is in a block already stays there. */
  void unconfirmed(FoundTransaction tx, long now) {
    if (insert(tx, null, now)) {
      tx.wallets().forEach(walletId -> changes.add(walletId, tx.txid()));
    }
  }

  private boolean insert(FoundTransaction tx, @Nullable Integer height, long now) {
    boolean added = false;
    if (!JdbiChainStore.exists(handle, "chain_tx WHERE txid = ?", tx.txid())) {
      handle.execute(
          "INSERT INTO chain_tx (txid, raw_tx, height, place, is_coinbase, inputs, seen_at)"
              + " VALUES (?, ?, ?, ?, ?, ?, ?)",
          tx.txid(),
          tx.raw(),
          height,
          height == null ? 0 : tx.place(),
          tx.coinbase(),
          tx.inputs(),
          now);
      added = true;
    }
    for (FoundTransaction.Credit credit : tx.credits()) {
      added |= insert(tx.txid(), credit);
    }
    for (FoundTransaction.Debit debit : tx.debits()) {
      added |= insert(tx.txid(), debit);
    }
    return added;
  }

  private boolean insert(String txid, FoundTransaction.Credit credit) {
    String there = "chain_coin WHERE txid = ? AND vout = ?";
    if (JdbiChainStore.exists(handle, there, txid, credit.vout())) {
      return false;
    }
    handle.execute(
        "INSERT INTO chain_coin (txid, vout, wallet_id, branch, address_index, amount)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        txid,
        credit.vout(),
        credit.walletId(),
        credit.branch(),
        credit.index(),
        credit.amount());
    return true;
  }

  private boolean insert(String txid, FoundTransaction.Debit debit) {
    String outpoint = debit.outpoint().txid();
    int vout = debit.outpoint().vout();
    String there = "chain_spend WHERE txid = ? AND vout = ? AND spender = ?";
    if (JdbiChainStore.exists(handle, there, outpoint, vout, txid)) {
      return false;
    }
    handle.execute(
        "INSERT INTO chain_spend (txid, vout, spender, wallet_id, amount) VALUES (?, ?, ?, ?, ?)",
        outpoint,
        vout,
        txid,
        debit.walletId(),
        debit.amount());
    return true;
  }
}
