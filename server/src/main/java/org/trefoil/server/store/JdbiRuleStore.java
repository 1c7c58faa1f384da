package org.trefoil.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.wire.PolicyDocument;
import org.trefoil.server.audit.AuditKind;
import org.trefoil.server.rules.RuleStore;

/** Signed rules in the tables {@code policy_document} and {@code policy_head}. */
public final class JdbiRuleStore implements RuleStore {
  private static final String KEPT =
      "SELECT h.step, h.version, h.head, h.frozen_at, h.thaw_at, h.seal,"
          + " (SELECT COUNT(*) FROM policy_document d WHERE d.wallet_id = w.wallet_id) AS documents,"
          + pinned("policy_version")
          + " AS pinned,"
          + pinned("policy_step")
          + " AS pinned_step"
          + " FROM wallet w LEFT JOIN policy_head h ON h.wallet_id = w.wallet_id"
          + " WHERE w.wallet_id = :wallet";

  /** What stands in the record of the heads of a wallet. */
  private static final String NOTED =
      "SELECT detail FROM audit_event WHERE subject = :wallet AND kind IN (<kinds>)"
          + " AND detail LIKE '%head %'";

  private static final List<String> KINDS =
      Stream.of(
              AuditKind.WALLET_ACTIVATED,
              AuditKind.RULES_SEALED,
              AuditKind.RULES_CHANGED,
              AuditKind.RULES_LOOSENING,
              AuditKind.RULES_CANCELLED,
              AuditKind.WALLET_FROZEN,
              AuditKind.THAW_BEGUN,
              AuditKind.THAW_CANCELLED)
          .map(AuditKind::id)
          .toList();

  private static final String GIVING = "rule-heads";

  private final Database database;

  public JdbiRuleStore(Database database) {
    this.database = database;
  }

  /** The last send that was approved says so. */
  private static String pinned(String column) {
    return " (SELECT s."
        + column
        + " FROM send s WHERE s.wallet_id = w.wallet_id AND s.approved_at IS NOT NULL"
        + " ORDER BY s.approved_at DESC, s.policy_step DESC, s.policy_version DESC LIMIT 1)";
  }

  @Override
  public Kept kept(String walletId) {
    return database.with(
        h -> {
          List<String> noted =
              h.createQuery(NOTED)
                  .bind("wallet", walletId)
                  .bindList("kinds", KINDS)
                  .mapTo(String.class)
                  .list();
          return h.createQuery(KEPT)
              .bind("wallet", walletId)
              .map(
                  (rs, context) ->
                      new Kept(
                          head(rs),
                          rs.getInt("documents"),
                          rs.getInt("pinned"),
                          rs.getLong("pinned_step"),
                          noted))
              .one();
        });
  }

  private static @Nullable Head head(ResultSet rs) throws SQLException {
    String head = rs.getString("head");
    return head == null
        ? null
        : new Head(
            rs.getLong("step"),
            rs.getInt("version"),
            head,
            instant(rs, "frozen_at"),
            instant(rs, "thaw_at"),
            rs.getBytes("seal"));
  }

  private static @Nullable Instant instant(ResultSet rs, String column) throws SQLException {
    long seconds = rs.getLong(column);
    return rs.wasNull() ? null : Instant.ofEpochSecond(seconds);
  }

  @Override
  public List<Row> rows(String walletId) {
    return database.with(
        h ->
            h.createQuery(
                    "SELECT * FROM policy_document WHERE wallet_id = :wallet ORDER BY version")
                .bind("wallet", walletId)
                .map(
                    (rs, context) ->
                        new Row(
                            new PolicyDocument(
                                rs.getInt("version"),
                                rs.getString("previous"),
                                rs.getLong("not_before"),
                                rs.getString("rules"),
                                rs.getString("signature")),
                            Instant.ofEpochSecond(rs.getLong("signed_at")),
                            instant(rs, "cancelled_at")))
                .list());
  }

  @Override
  public void add(String walletId, PolicyDocument document, Instant at) {
    database.use(
        h ->
            h.createUpdate(
                    "INSERT INTO policy_document (wallet_id, version, previous, not_before, rules,"
                        + " signature, signed_at) VALUES (:wallet, :version, :previous, :begin,"
                        + " :rules, :signature, :at)")
                .bind("wallet", walletId)
                .bind("version", document.version())
                .bind("previous", document.previous())
                .bind("begin", document.notBefore())
                .bind("rules", document.rules())
                .bind("signature", document.signature())
                .bind("at", at.getEpochSecond())
                .execute());
  }

  @Override
  public void cancel(String walletId, int version, Instant at) {
    database.use(
        h ->
            h.execute(
                "UPDATE policy_document SET cancelled_at = ? WHERE wallet_id = ? AND version = ?",
                at.getEpochSecond(),
                walletId,
                version));
  }

  @Override
  public void put(String walletId, Head head) {
    database.use(
        h -> {
          h.execute("DELETE FROM policy_head WHERE wallet_id = ?", walletId);
          h.createUpdate(
                  "INSERT INTO policy_head (wallet_id, step, version, head, frozen_at, thaw_at,"
                      + " seal) VALUES (:wallet, :step, :version, :head, CAST(:frozen AS BIGINT),"
                      + " CAST(:thaw AS BIGINT), :seal)")
              .bind("wallet", walletId)
              .bind("step", head.step())
              .bind("version", head.version())
              .bind("head", head.head())
              .bind("frozen", seconds(head.frozenAt()))
              .bind("thaw", seconds(head.thawAt()))
              .bind("seal", head.seal())
              .execute();
        });
  }

  @Override
  public void onceCommitted(Runnable action) {
    database.afterCommit(action);
  }

  @Override
  public List<String> uncounted(String after, int limit) {
    return database.with(
        h ->
            h.createQuery(
                    "SELECT w.wallet_id FROM wallet w LEFT JOIN policy_head h"
                        + " ON h.wallet_id = w.wallet_id WHERE w.state IN ('ACTIVE', 'REPLACED')"
                        + " AND COALESCE(h.step, 0) = 0 AND w.wallet_id > :after"
                        + " ORDER BY w.wallet_id LIMIT :limit")
                .bind("after", after)
                .bind("limit", limit)
                .mapTo(String.class)
                .list());
  }

  @Override
  public boolean counts() {
    return database.with(
        h ->
            h.select("SELECT 1 FROM policy_head WHERE step > 0 LIMIT 1")
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
  }

  @Override
  public @Nullable String giving() {
    return new JdbiFactStore(database).find(GIVING).orElse(null);
  }

  @Override
  public void giving(String how) {
    new JdbiFactStore(database).set(GIVING, how);
  }

  private static @Nullable Long seconds(@Nullable Instant at) {
    return at == null ? null : at.getEpochSecond();
  }
}
