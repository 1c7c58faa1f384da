package org.trefoil.server.store;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.trefoil.server.policy.RulesAt;
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
                    "SELECT approved_at, begun_by, "
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
                            true,
                            rs.getString("begun_by")))
                .list());
  }

  @Override
  public long together(Instant since) {
    return database.with(
        h ->
            h.createQuery(
                    "SELECT COALESCE(SUM(one.most), 0) FROM (SELECT MAX("
                        + JdbiSendStore.COST
                        + ") AS most FROM send WHERE approved_at > :since AND state <> 'REJECTED'"
                        + " AND (family IS NOT NULL OR state NOT IN ('REPLACED', 'CANCELLED'))"
                        + " GROUP BY COALESCE(family, send_id)) one")
                .bind("since", since.getEpochSecond())
                .mapTo(Long.class)
                .one());
  }

  @Override
  public void lockTogether() {
    database.use(
        h -> h.select("SELECT one FROM all_wallets FOR UPDATE").mapTo(Integer.class).one());
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
            h.createQuery(
                    "SELECT held_at, until_at, COALESCE(known_since, held_at) AS known_since"
                        + " FROM send_hold WHERE send_id = :id")
                .bind("id", sendId)
                .map(
                    (rs, context) ->
                        new Hold(
                            Instant.ofEpochSecond(rs.getLong("held_at")),
                            Instant.ofEpochSecond(rs.getLong("until_at")),
                            Instant.ofEpochSecond(rs.getLong("known_since"))))
                .findOne());
  }

  @Override
  public boolean hold(String sendId, Hold hold, byte[] seal) {
    return database.with(
        h -> {
          boolean held =
              h.createUpdate(
                          "UPDATE send SET state = 'HELD', next_try_at = :until, seal = :seal"
                              + " WHERE send_id = :id AND state = 'NEEDS_FACTOR'")
                      .bind("until", hold.until().getEpochSecond())
                      .bind("seal", seal)
                      .bind("id", sendId)
                      .execute()
                  == 1;
          if (held) {
            h.execute(
                "INSERT INTO send_hold (send_id, held_at, until_at, known_since)"
                    + " VALUES (?, ?, ?, ?)",
                sendId,
                hold.heldAt().getEpochSecond(),
                hold.until().getEpochSecond(),
                hold.knownSince().getEpochSecond());
          }
          return held;
        });
  }

  @Override
  public RulesAt rules(String sendId) {
    return database.with(
        h ->
            h.createQuery("SELECT policy_version, policy_step FROM send WHERE send_id = :id")
                .bind("id", sendId)
                .map((rs, context) -> new RulesAt(rs.getInt(1), rs.getLong(2)))
                .one());
  }

  @Override
  public byte @Nullable [] seal(String sendId) {
    return database
        .with(
            h ->
                h.createQuery("SELECT seal FROM send WHERE send_id = :id AND seal IS NOT NULL")
                    .bind("id", sendId)
                    .mapTo(byte[].class)
                    .findOne())
        .orElse(null);
  }

  @Override
  public void askAgain(String sendId, Instant expiresAt) {
    database.run(
        () ->
            database.use(
                h -> {
                  h.execute("DELETE FROM send_hold WHERE send_id = ?", sendId);
                  h.execute("DELETE FROM send_vote WHERE send_id = ?", sendId);
                  h.execute(
                      "UPDATE send SET state = 'NEEDS_FACTOR', approved_at = NULL, seal = NULL,"
                          + " next_try_at = NULL, expires_at = ?"
                          + " WHERE send_id = ? AND state IN ('APPROVED', 'HELD')",
                      expiresAt.getEpochSecond(),
                      sendId);
                }));
  }

  @Override
  public boolean vote(String sendId, Vote vote) {
    return database.inserted(
        h ->
            h.createUpdate(
                    "INSERT INTO send_vote (send_id, account_id, yes, digest, voted_at, seal)"
                        + " SELECT :send, :account, :yes, :digest, :at, :seal WHERE NOT EXISTS"
                        + " (SELECT 1 FROM send_vote"
                        + " WHERE send_id = :send AND account_id = :account)")
                .bind("send", sendId)
                .bind("account", vote.accountId())
                .bind("yes", vote.yes())
                .bind("digest", vote.digest())
                .bind("at", vote.at().getEpochSecond())
                .bind("seal", vote.seal())
                .execute());
  }

  @Override
  public List<Vote> votes(String sendId) {
    return database.with(
        h ->
            h.createQuery(
                    "SELECT * FROM send_vote WHERE send_id = :send ORDER BY voted_at, account_id")
                .bind("send", sendId)
                .map(
                    (rs, context) ->
                        new Vote(
                            rs.getString("account_id"),
                            rs.getBoolean("yes"),
                            rs.getBytes("digest"),
                            Instant.ofEpochSecond(rs.getLong("voted_at")),
                            rs.getBytes("seal")))
                .list());
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
