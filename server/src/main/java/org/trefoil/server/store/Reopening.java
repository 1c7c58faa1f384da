package org.trefoil.server.store;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.psbt.PreviousTx;

/**
 * What was left alone because it was buried, and is looked after again: the block it was in left
 * the best chain. Written in the transaction that undoes the block, so that no crash comes between
 * and nobody finds the coins of such a send free.
 */
final class Reopening {
  private static final String IN_BLOCK = "(SELECT txid FROM chain_tx WHERE height = ?)";

  private record Left(String sendId, String walletId, byte[] rawTx) {}

  private Reopening() {}

  /**
   * Opens sends and sweeps whose transactions are in the block at this height, before it is undone.
   *
   * @param at when they are due, in epoch seconds
   */
  static void inBlock(Handle handle, int height, long at) {
    List<Left> sends =
        handle
            .createQuery(
                "SELECT send_id, wallet_id, raw_tx FROM send WHERE state = 'CONFIRMED'"
                    + " AND next_try_at IS NULL AND txid IN "
                    + IN_BLOCK)
            .bind(0, height)
            .map((rs, context) -> new Left(rs.getString(1), rs.getString(2), rs.getBytes(3)))
            .list();
    for (Left send : sends) {
      // Other versions of it may be mined now.
      handle.execute(
          "UPDATE send SET next_try_at = ? WHERE next_try_at IS NULL AND (send_id = ?"
              + " OR (family = (SELECT s.family FROM send s WHERE s.send_id = ?)"
              + " AND state IN ('REPLACED', 'CANCELLED') AND raw_tx IS NOT NULL))",
          at,
          send.sendId(),
          send.sendId());
      List<Outpoint> coins = new ArrayList<>(PreviousTx.spent(send.rawTx()));
      HeldCoins.reserve(handle, send.walletId(), send.sendId(), coins);
    }
    handle.execute(
        "UPDATE sweep SET next_try_at = ? WHERE next_try_at IS NULL AND txid IN " + IN_BLOCK,
        at,
        height);
  }
}
