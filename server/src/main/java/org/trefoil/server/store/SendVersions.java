package org.trefoil.server.store;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.trefoil.server.spend.SendRecord;
import org.trefoil.server.spend.Version;

/**
 * Versions of one send, which the column {@code family} of the table {@code send} holds together.
 */
final class SendVersions {
  private static final Comparator<SendRecord> NEWEST_FIRST =
      Comparator.comparing(SendRecord::createdAt).reversed().thenComparing(SendRecord::sendId);

  private final Database database;

  SendVersions(Database database) {
    this.database = database;
  }

  List<String> familiesSince(String walletId, Instant since) {
    return database.with(
        h ->
            h.createQuery(
                    "SELECT DISTINCT family FROM send WHERE wallet_id = :wallet"
                        + " AND approved_at > :since AND family IS NOT NULL")
                .bind("wallet", walletId)
                .bind("since", since.getEpochSecond())
                .mapTo(String.class)
                .list());
  }

  List<Version> of(String family) {
    return database.with(
        h ->
            h.createQuery(
                    "SELECT send_id, txid, replaces, state, approved_at, begun_by, "
                        + JdbiSendStore.COST
                        + " AS cost FROM send"
                        + " WHERE family = :family AND approved_at IS NOT NULL")
                .bind("family", family)
                .map((rs, context) -> SendRows.version(rs))
                .list());
  }

  boolean beingReplaced(String walletId, Collection<String> txids) {
    return database.with(
        h ->
            h.createQuery(
                        "SELECT COUNT(*) FROM send o JOIN send r ON r.replaces = o.send_id"
                            + " WHERE o.wallet_id = :wallet AND o.txid IN (<txids>)"
                            + " AND r.state IN ('APPROVED', 'SIGNED', 'BROADCAST', 'CONFIRMED')")
                    .bind("wallet", walletId)
                    .bindList("txids", List.copyOf(txids))
                    .mapTo(Integer.class)
                    .one()
                > 0);
  }

  List<SendRecord> replaced(String walletId, Collection<String> txids) {
    return database.with(
        h -> {
          Set<String> families = new HashSet<>();
          Among.each(
              h,
              "SELECT family FROM send WHERE txid IN (<ids>) AND family IS NOT NULL",
              txids,
              rs -> families.add(rs.getString(1)));
          return Among.list(
                  h,
                  "SELECT * FROM send WHERE family IN (<ids>) AND state = 'REPLACED'",
                  families,
                  (rs, context) -> SendRows.read(rs))
              .stream()
              .filter(send -> send.walletId().equals(walletId))
              .sorted(NEWEST_FIRST)
              .toList();
        });
  }

  void join(String originalId, String replacementId, String family) {
    database.use(
        h -> {
          h.createUpdate("UPDATE send SET family = :family WHERE send_id IN (:first, :second)")
              .bind("family", family)
              .bind("first", originalId)
              .bind("second", replacementId)
              .execute();
          h.createUpdate(
                  "UPDATE send SET state = 'CANCELLED', psbt = :nothing"
                      + " WHERE replaces = :first AND state = 'NEEDS_FACTOR'")
              .bind("nothing", JdbiSendStore.NOTHING)
              .bind("first", originalId)
              .execute();
        });
  }
}
