package org.trefoil.server.store;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.trefoil.server.policy.Snapshot;
import org.trefoil.server.spend.JudgingStore;

/** What rules ask of the table {@code send}; what waits is in {@code send_hold}. */
public final class JdbiJudgingStore implements JudgingStore {
  private final Database database;

  public JdbiJudgingStore(Database database) {
    this.database = database;
  }

  @Override
  public List<Snapshot.Past> past(String walletId, Instant since) {
    return database.with(
        h ->
            h.createQuery(
                    "SELECT approved_at, "
                        + JdbiSendStore.COST
                        + " AS cost FROM send WHERE wallet_id = :wallet AND approved_at > :since"
                        + " AND family IS NULL"
                        + " AND state NOT IN ('REJECTED', 'REPLACED', 'CANCELLED')")
                .bind("wallet", walletId)
                .bind("since", since.getEpochSecond())
                .map(
                    (rs, context) ->
                        new Snapshot.Past(
                            Instant.ofEpochSecond(rs.getLong("approved_at")),
                            rs.getLong("cost"),
                            true))
                .list());
  }

  @Override
  public Set<String> paidBefore(String walletId, Collection<String> addresses) {
    return database.with(
        h -> {
          Set<String> paid = new HashSet<>();
          for (String address : addresses) {
            if (paid(h, walletId, address)) {
              paid.add(address);
            }
          }
          return paid;
        });
  }

  private static boolean paid(Handle handle, String walletId, String address) {
    return handle
        .createQuery(
            "SELECT 1 FROM send WHERE wallet_id = :wallet AND approved_at IS NOT NULL"
                + " AND kind IN ('PAYMENT', 'BUMP')"
                + " AND state IN ('APPROVED', 'SIGNED', 'BROADCAST', 'CONFIRMED')"
                + " AND recipients LIKE :written LIMIT 1")
        .bind("wallet", walletId)
        .bind("written", "%\"" + address + "\"%")
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  @Override
  public Optional<Hold> hold(String sendId) {
    return database.with(
        h ->
            h.createQuery("SELECT held_at, until_at FROM send_hold WHERE send_id = :id")
                .bind("id", sendId)
                .map(
                    (rs, context) ->
                        new Hold(
                            Instant.ofEpochSecond(rs.getLong("held_at")),
                            Instant.ofEpochSecond(rs.getLong("until_at"))))
                .findOne());
  }

  @Override
  public boolean hold(String sendId, Hold hold) {
    return database.with(
        h -> {
          boolean held =
              h.createUpdate(
                          "UPDATE send SET state = 'HELD', next_try_at = :until"
                              + " WHERE send_id = :id AND state = 'NEEDS_FACTOR'")
                      .bind("until", hold.until().getEpochSecond())
                      .bind("id", sendId)
                      .execute()
                  == 1;
          if (held) {
            h.execute(
                "INSERT INTO send_hold (send_id, held_at, until_at) VALUES (?, ?, ?)",
                sendId,
                hold.heldAt().getEpochSecond(),
                hold.until().getEpochSecond());
          }
          return held;
        });
  }

  @Override
  public void prolong(String sendId, Instant until) {
    database.use(
        h -> {
          h.execute(
              "UPDATE send_hold SET until_at = ? WHERE send_id = ?",
              until.getEpochSecond(),
              sendId);
          h.execute(
              "UPDATE send SET next_try_at = ? WHERE send_id = ? AND state = 'HELD'",
              until.getEpochSecond(),
              sendId);
        });
  }
}
