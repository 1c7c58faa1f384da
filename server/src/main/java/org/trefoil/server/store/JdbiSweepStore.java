package org.trefoil.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.trefoil.server.sweep.SweepRecord;
import org.trefoil.server.sweep.SweepStore;

/** Sweeps, in the table {@code sweep}. */
public final class JdbiSweepStore implements SweepStore {
  private final Database database;

  public JdbiSweepStore(Database database) {
    this.database = database;
  }

  @Override
  public boolean add(SweepRecord sweep) {
    return database.with(
        h ->
            h.createUpdate(
                        "INSERT INTO sweep (sweep_id, wallet_id, txid, raw_tx, created_at,"
                            + " delivered, tries, next_try_at) SELECT :id, :wallet, :txid, :raw,"
                            + " :created, :delivered, :tries, :created WHERE NOT EXISTS (SELECT 1"
                            + " FROM sweep WHERE wallet_id = :wallet AND txid = :txid)")
                    .bind("id", sweep.sweepId())
                    .bind("wallet", sweep.walletId())
                    .bind("txid", sweep.txid())
                    .bind("raw", sweep.rawTx())
                    .bind("created", sweep.createdAt().getEpochSecond())
                    .bind("delivered", sweep.delivered())
                    .bind("tries", sweep.tries())
                    .execute()
                == 1);
  }

  @Override
  public Optional<SweepRecord> find(String walletId, String txid) {
    return database.with(
        h ->
            h.createQuery("SELECT * FROM sweep WHERE wallet_id = :wallet AND txid = :txid")
                .bind("wallet", walletId)
                .bind("txid", txid)
                .map((rs, context) -> read(rs))
                .findOne());
  }

  @Override
  public List<SweepRecord> due(Instant now, int limit) {
    return database.with(
        h ->
            h.createQuery(
                    "SELECT * FROM sweep WHERE next_try_at <= :now ORDER BY next_try_at, sweep_id"
                        + " LIMIT :limit")
                .bind("now", now.getEpochSecond())
                .bind("limit", limit)
                .map((rs, context) -> read(rs))
                .list());
  }

  @Override
  public void delivered(String sweepId, Instant next) {
    database.use(
        h ->
            h.execute(
                "UPDATE sweep SET delivered = TRUE, tries = 0, next_try_at = ? WHERE sweep_id = ?",
                next.getEpochSecond(),
                sweepId));
  }

  @Override
  public void tried(String sweepId, Instant next) {
    database.use(
        h ->
            h.execute(
                "UPDATE sweep SET tries = tries + 1, next_try_at = ? WHERE sweep_id = ?",
                next.getEpochSecond(),
                sweepId));
  }

  @Override
  public void ended(String sweepId) {
    database.use(h -> h.execute("UPDATE sweep SET next_try_at = NULL WHERE sweep_id = ?", sweepId));
  }

  @Override
  public void remove(String sweepId) {
    database.use(h -> h.execute("DELETE FROM sweep WHERE sweep_id = ? AND NOT delivered", sweepId));
  }

  private static SweepRecord read(ResultSet rs) throws SQLException {
    return new SweepRecord(
        rs.getString("sweep_id"),
        rs.getString("wallet_id"),
        rs.getString("txid"),
        rs.getBytes("raw_tx"),
        Instant.ofEpochSecond(rs.getLong("created_at")),
        rs.getBoolean("delivered"),
        rs.getInt("tries"));
  }
}
