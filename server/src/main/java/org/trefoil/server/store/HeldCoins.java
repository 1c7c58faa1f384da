package org.trefoil.server.store;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.trefoil.core.coins.Outpoint;

/** Which send holds which coin, in the table {@code reservation}: a coin is held once or not. */
final class HeldCoins {
  private final Database database;

  HeldCoins(Database database) {
    this.database = database;
  }

  Set<Outpoint> of(String walletId) {
    return database.with(
        h ->
            new HashSet<>(
                h.createQuery("SELECT txid, vout FROM reservation WHERE wallet_id = :wallet")
                    .bind("wallet", walletId)
                    .map((rs, context) -> new Outpoint(rs.getString("txid"), rs.getInt("vout")))
                    .list()));
  }

  /** Takes all of the coins, or none when one is held. */
  boolean reserve(String walletId, String sendId, List<Outpoint> outpoints) {
    return database.run(() -> database.inserted(h -> reserve(h, walletId, sendId, outpoints)));
  }

  /** Answers how many it took: all, or none. */
  static int reserve(Handle handle, String walletId, String sendId, List<Outpoint> outpoints) {
    PreparedBatch batch =
        handle.prepareBatch(
            "INSERT INTO reservation (txid, vout, wallet_id, send_id)"
                + " SELECT CAST(:txid AS VARCHAR), CAST(:vout AS INTEGER),"
                + " CAST(:wallet AS VARCHAR), CAST(:send AS VARCHAR) WHERE NOT EXISTS"
                + " (SELECT 1 FROM reservation WHERE txid = :txid AND vout = :vout)");
    for (Outpoint outpoint : outpoints) {
      batch
          .bind("txid", outpoint.txid())
          .bind("vout", outpoint.vout())
          .bind("wallet", walletId)
          .bind("send", sendId)
          .add();
    }
    int[] taken = batch.execute();
    if (Arrays.stream(taken).sum() == outpoints.size()) {
      return taken.length;
    }
    for (int i = 0; i < taken.length; i++) {
      if (taken[i] > 0) {
        Outpoint outpoint = outpoints.get(i);
        handle.execute(
            "DELETE FROM reservation WHERE txid = ? AND vout = ?",
            outpoint.txid(),
            outpoint.vout());
      }
    }
    return 0;
  }

  /** Gives the coins of one send to another; how many they were. */
  int handOver(String fromSendId, String toSendId) {
    return database.with(
        h ->
            h.createUpdate("UPDATE reservation SET send_id = :to WHERE send_id = :from")
                .bind("from", fromSendId)
                .bind("to", toSendId)
                .execute());
  }

  Set<Outpoint> heldBy(String sendId) {
    return database.with(
        h ->
            new HashSet<>(
                h.createQuery("SELECT txid, vout FROM reservation WHERE send_id = :send")
                    .bind("send", sendId)
                    .map((rs, context) -> new Outpoint(rs.getString("txid"), rs.getInt("vout")))
                    .list()));
  }

  void release(String sendId) {
    database.use(
        h ->
            h.createUpdate("DELETE FROM reservation WHERE send_id = :send")
                .bind("send", sendId)
                .execute());
  }
}
