package org.trefoil.server.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.trefoil.server.account.MailWish;
import org.trefoil.server.account.Notice;
import org.trefoil.server.account.NoticeStore;

/**
 * Mail that is not sent each time, payments that were told, and what waits for the daily mail, in
 * the tables {@code notice_off}, {@code payment_told} and {@code daily_line}.
 */
public final class JdbiNoticeStore implements NoticeStore {
  private final Database database;

  public JdbiNoticeStore(Database database) {
    this.database = database;
  }

  @Override
  public MailWish wish(String accountId, Notice notice) {
    return database.with(
        h ->
            h.select(
                    "SELECT daily FROM notice_off WHERE account_id = ? AND notice = ?",
                    accountId,
                    notice.id())
                .mapTo(Boolean.class)
                .findOne()
                .map(JdbiNoticeStore::wish)
                .orElse(MailWish.EACH));
  }

  private static MailWish wish(boolean daily) {
    return daily ? MailWish.DAILY : MailWish.NEVER;
  }

  @Override
  public void wish(String accountId, Notice notice, MailWish wish) {
    database.run(
        () -> {
          database.use(
              h ->
                  h.execute(
                      "DELETE FROM notice_off WHERE account_id = ? AND notice = ?",
                      accountId,
                      notice.id()));
          return wish == MailWish.EACH
              || database.inserted(
                  h ->
                      h.execute(
                          "INSERT INTO notice_off (account_id, notice, daily) VALUES (?, ?, ?)",
                          accountId,
                          notice.id(),
                          wish == MailWish.DAILY));
        });
  }

  @Override
  public Map<String, MailWish> wishes(Collection<String> accountIds, Notice notice) {
    Map<String, MailWish> wishes = new HashMap<>();
    database.use(
        h ->
            Among.each(
                h,
                "SELECT account_id, daily FROM notice_off"
                    + " WHERE account_id IN (<ids>) AND notice = :notice",
                accountIds,
                Map.of("notice", notice.id()),
                rs -> wishes.put(rs.getString(1), wish(rs.getBoolean(2)))));
    return wishes;
  }

  @Override
  public List<Payment> out(Collection<String> sendIds) {
    return database.with(
        h ->
            Among.list(
                h,
                "SELECT s.wallet_id, w.account_id, w.name, s.txid, "
                    + JdbiSendStore.COST
                    + " FROM send s JOIN wallet w ON w.wallet_id = s.wallet_id"
                    + " WHERE s.send_id IN (<ids>)",
                sendIds,
                (rs, context) ->
                    new Payment(
                        rs.getString(1),
                        rs.getString(2),
                        rs.getString(3),
                        rs.getString(4),
                        rs.getLong(5))));
  }

  @Override
  public List<Payment> tell(List<Payment> payments) {
    // H2 does not see, within a batch, what that batch added before
    List<Payment> each = payments.stream().distinct().toList();
    return each.isEmpty() ? List.of() : database.run(() -> told(each));
  }

  private List<Payment> told(List<Payment> payments) {
    List<Payment> fresh = new ArrayList<>();
    database.inserted(
        h -> {
          PreparedBatch insert =
              h.prepareBatch(
                  "INSERT INTO payment_told (wallet_id, txid) SELECT :wallet, :txid"
                      + " WHERE NOT EXISTS (SELECT 1 FROM payment_told"
                      + " WHERE wallet_id = :wallet AND txid = :txid)");
          payments.forEach(p -> insert.bind("wallet", p.walletId()).bind("txid", p.txid()).add());
          int[] rows = insert.execute();
          for (int i = 0; i < rows.length; i++) {
            if (rows[i] > 0) {
              fresh.add(payments.get(i));
            }
          }
          return fresh.size();
        });
    return fresh;
  }

  @Override
  public void gather(Line line) {
    database.use(
        h ->
            h.execute(
                "INSERT INTO daily_line (line_id, account_id, at, line) VALUES (?, ?, ?, ?)",
                line.lineId(),
                line.accountId(),
                line.at().getEpochSecond(),
                line.text()));
  }

  @Override
  public List<String> due(Instant before) {
    return database.with(
        h ->
            h.select(
                    "SELECT DISTINCT account_id FROM daily_line WHERE at <= ?",
                    before.getEpochSecond())
                .mapTo(String.class)
                .list());
  }

  @Override
  public List<Line> take(String accountId) {
    return database.run(
        () ->
            database.with(
                h -> {
                  List<Line> lines =
                      h.select(
                              "SELECT * FROM daily_line WHERE account_id = ? ORDER BY at, line_id"
                                  + " FOR UPDATE",
                              accountId)
                          .map(
                              (rs, context) ->
                                  new Line(
                                      rs.getString("line_id"),
                                      accountId,
                                      Instant.ofEpochSecond(rs.getLong("at")),
                                      rs.getString("line")))
                          .list();
                  for (Line line : lines) {
                    h.execute("DELETE FROM daily_line WHERE line_id = ?", line.lineId());
                  }
                  return lines;
                }));
  }
}
