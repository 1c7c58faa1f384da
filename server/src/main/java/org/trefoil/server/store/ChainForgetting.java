package org.trefoil.server.store;

import org.jdbi.v3.core.Handle;
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
    handle.execute("DELETE FROM chain_spend WHERE spender = ?", txid);
    handle.execute("DELETE FROM chain_coin WHERE txid = ?", txid);
    handle.execute("DELETE FROM chain_tx WHERE txid = ?", txid);
  }

  /** Notes the wallets that the transaction concerns. */
  void touch(String txid) {
    handle
        .createQuery(
            "SELECT wallet_id FROM chain_coin WHERE txid = :txid"
                + " UNION SELECT wallet_id FROM chain_spend WHERE spender = :txid")
        .bind("txid", txid)
        .mapTo(String.class)
        .list()
        .forEach(walletId -> changes.add(walletId, txid));
  }
}
