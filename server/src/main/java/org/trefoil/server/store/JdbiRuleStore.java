package org.trefoil.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.wire.PolicyDocument;
import org.trefoil.server.rules.RuleStore;

/** Signed rules in the tables {@code policy_document} and {@code policy_head}. */
public final class JdbiRuleStore implements RuleStore {
  private static final String KEPT =
      "SELECT h.version, h.head, h.frozen_at, h.thaw_at, h.seal,"
          + " (SELECT COUNT(*) FROM policy_document d WHERE d.wallet_id = w.wallet_id) AS documents,"
          + " (SELECT s.policy_version FROM send s WHERE s.wallet_id = w.wallet_id"
          + " AND s.approved_at IS NOT NULL ORDER BY s.approved_at DESC, s.policy_version DESC"
          + " LIMIT 1) AS pinned"
          + " FROM wallet w LEFT JOIN policy_head h ON h.wallet_id = w.wallet_id"
          + " WHERE w.wallet_id = :wallet";

  private final Database database;

  public JdbiRuleStore(Database database) {
    this.database = database;
  }

  @Override
  public Kept kept(String walletId) {
    return database.with(
        h ->
            h.createQuery(KEPT)
                .bind("wallet", walletId)
                .map(
                    (rs, context) ->
                        new Kept(head(rs), rs.getInt("documents"), rs.getInt("pinned")))
                .one());
  }

  private static @Nullable Head head(ResultSet rs) throws SQLException {
    String head = rs.getString("head");
    return head == null
        ? null
        : new Head(
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
                  "INSERT INTO policy_head (wallet_id, version, head, frozen_at, thaw_at, seal)"
                      + " VALUES (:wallet, :version, :head, CAST(:frozen AS BIGINT),"
                      + " CAST(:thaw AS BIGINT), :seal)")
              .bind("wallet", walletId)
              .bind("version", head.version())
              .bind("head", head.head())
              .bind("frozen", seconds(head.frozenAt()))
              .bind("thaw", seconds(head.thawAt()))
              .bind("seal", head.seal())
              .execute();
        });
  }

  private static @Nullable Long seconds(@Nullable Instant at) {
    return at == null ? null : at.getEpochSecond();
  }
}
