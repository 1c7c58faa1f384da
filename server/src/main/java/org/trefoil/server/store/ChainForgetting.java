package org.trefoil.server.store;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.server.chain.follow.Changes;

/** Forgets transactions, inside the follower's transaction, with all that build on them. */
final class ChainForgetting {
  private final Handle handle;
  private final Changes changes;

  ChainForgetting(Handle handle, Changes changes) {
    this.handle = handle;
    this.changes = changes;
  }

  /** Forgets a transaction unless it is in a block. */
  void forgetUnconfirmed(String txid) {
    if (JdbiChainStore.exists(handle, "chain_tx WHERE txid = ? AND height IS NULL", txid)) {
      forget(txid);
    }
  }

  void forget(String txid) {
    touch(txid);
    handle
        .createQuery("SELECT DISTINCT spender FROM chain_spend WHERE txid = ?")
        .bind(0, txid)
        .mapTo(String.class)
        .list()
        .forEach(this::forget);
    List<Outpoint> spent =
        handle
            .createQuery("SELECT txid, vout FROM chain_spend WHERE spender = ?")
            .bind(0, txid)
            .map((rs, context) -> new Outpoint(rs.getString(1), rs.getInt(2)))
            .list();
    handle.execute("DELETE FROM chain_spend WHERE spender = ?", txid);
    for (Outpoint coin : spent) {
      handle.execute(
          "UPDATE chain_coin SET spent = FALSE WHERE txid = ? AND vout = ? AND NOT EXISTS"
              + " (SELECT 1 FROM chain_spend s WHERE s.txid = chain_coin.txid"
              + " AND s.vout = chain_coin.vout)",
          coin.txid(),
          coin.vout());
    }
    handle.execute("DELETE FROM chain_entry WHERE txid = ?", txid);
    handle.execute("DELETE FROM chain_coin WHERE txid = ?", txid);
    handle.execute("DELETE FROM chain_tx WHERE txid = ?", txid);
  }

  /** Notes the wallets that the transaction concerns. */
  void touch(String txid) {
    handle
        .createQuery("SELECT wallet_id FROM chain_entry WHERE txid = ?")
        .bind(0, txid)
        .mapTo(String.class)
        .list()
        .forEach(walletId -> changes.add(walletId, txid));
  }
}
