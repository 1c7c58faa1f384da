package org.trefoil.server.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.trefoil.server.duress.DuressStore;

/** The tables {@code duress} and {@code send_mark}, and the sends that they keep. */
public final class JdbiDuressStore implements DuressStore {
  private static final byte[] NOTHING = {};

  private final Database database;

  public JdbiDuressStore(Database database) {
    this.database = database;
  }

  @Override
  public void note(String sendId, boolean quiet) {
    database.use(
        h -> h.execute("INSERT INTO send_mark (send_id, quiet) VALUES (?, ?)", sendId, quiet));
  }

  @Override
  public Optional<Boolean> quiet(String sendId) {
    return database.with(
        h ->
            h.select("SELECT quiet FROM send_mark WHERE send_id = ?", sendId)
                .mapTo(Boolean.class)
                .findOne());
  }

  @Override
  public boolean keep(String sendId, Instant at) {
    return database.with(
        h ->
            h.execute(
                    "UPDATE send SET state = 'QUIET', approved_at = ?, next_try_at = NULL"
                        + " WHERE send_id = ? AND state IN ('NEEDS_FACTOR', 'HELD')",
                    at.getEpochSecond(),
                    sendId)
                == 1);
  }

  @Override
  public void lock(String walletId) {
    database.use(
        h ->
            h.select("SELECT wallet_id FROM wallet WHERE wallet_id = ? FOR UPDATE", walletId)
                .mapTo(String.class)
                .one());
  }

  @Override
  public boolean begin(String walletId, Instant at) {
    return database.run(
        () -> {
          database.use(
              h ->
                  h.execute(
                      "DELETE FROM duress WHERE wallet_id = ? AND over_at IS NOT NULL", walletId));
          return database.inserted(
              h ->
                  h.createUpdate(
                          "INSERT INTO duress (wallet_id, began_at) SELECT :wallet, :at"
                              + " WHERE NOT EXISTS (SELECT 1 FROM duress"
                              + " WHERE wallet_id = :wallet)")
                      .bind("wallet", walletId)
                      .bind("at", at.getEpochSecond())
                      .execute());
        });
  }

  @Override
  public boolean stands(String walletId) {
    return has("duress WHERE over_at IS NULL AND wallet_id = ?", walletId);
  }

  @Override
  public boolean everBegun(String walletId) {
    return has("duress WHERE wallet_id = ?", walletId);
  }

  private boolean has(String where, String walletId) {
    return database.with(h -> JdbiChainStore.exists(h, where, walletId));
  }

  @Override
  public boolean end(String walletId, Instant at) {
    return database.with(
        h ->
            h.execute(
                    "UPDATE duress SET over_at = ? WHERE wallet_id = ? AND over_at IS NULL",
                    at.getEpochSecond(),
                    walletId)
                == 1);
  }

  @Override
  public List<String> wake(String walletId, String reason) {
    return database.run(
        () -> {
          List<String> kept =
              database.with(
                  h ->
                      h.select(
                              "SELECT s.send_id FROM send s JOIN send_mark m"
                                  + " ON m.send_id = s.send_id WHERE s.wallet_id = ? AND m.quiet"
                                  + " AND (s.state = 'QUIET' OR (s.state = 'HELD'"
                                  + " AND COALESCE(s.reason, '') <> ?))"
                                  + " ORDER BY s.created_at, s.send_id",
                              walletId,
                              reason)
                          .mapTo(String.class)
                          .list());
          return database.with(
              h -> {
                List<String> woken =
                    kept.stream().filter(sendId -> wake(h, sendId, reason)).toList();
                cancelProposed(h, walletId);
                return woken;
              });
        });
  }

  /** False when it is over meanwhile: a send that waits is dropped without the wallet's lock. */
  private static boolean wake(Handle handle, String sendId, String reason) {
    int woken =
        handle.execute(
            "UPDATE send SET state = 'HELD', approved_at = NULL, next_try_at = NULL, reason = ?"
                + " WHERE send_id = ? AND state IN ('QUIET', 'HELD')",
            reason,
            sendId);
    if (woken == 1) {
      handle.execute("DELETE FROM send_hold WHERE send_id = ?", sendId);
    }
    return woken == 1;
  }

  private static void cancelProposed(Handle handle, String walletId) {
    String proposed =
        " WHERE wallet_id = ? AND state = 'NEEDS_FACTOR'"
            + " AND send_id IN (SELECT send_id FROM send_mark WHERE quiet)";
    handle.execute(
        "DELETE FROM reservation WHERE send_id IN (SELECT send_id FROM send" + proposed + ")",
        walletId);
    handle.execute("UPDATE send SET state = 'CANCELLED', psbt = ?" + proposed, NOTHING, walletId);
  }

  @Override
  public boolean keptOfAnother(String walletId, String accountId, String reason) {
    return database.with(
        h ->
            h.select(
                    "SELECT 1 FROM send s JOIN send_mark m ON m.send_id = s.send_id"
                        + " WHERE s.wallet_id = ? AND m.quiet AND s.begun_by <> ?"
                        + " AND s.state IN ('NEEDS_FACTOR', 'HELD', 'QUIET')"
                        + " AND COALESCE(s.reason, '') <> ?",
                    walletId,
                    accountId,
                    reason)
                .mapTo(Integer.class)
                .findFirst()
                .isPresent());
  }

  @Override
  public int waiting(String walletId, String reason) {
    return database.with(
        h ->
            h.createQuery(
                    "SELECT COUNT(*) FROM send WHERE wallet_id = :wallet AND reason = :reason"
                        + " AND state = 'HELD'")
                .bind("wallet", walletId)
                .bind("reason", reason)
                .mapTo(Integer.class)
                .one());
  }
}
