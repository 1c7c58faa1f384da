package org.trefoil.server.store;

import java.time.Instant;
import java.util.List;
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
                .map(daily -> daily ? MailWish.DAILY : MailWish.NEVER)
                .orElse(MailWish.EACH));
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
  public boolean tell(String walletId, String txid) {
    return database.run(
        () ->
            database.inserted(
                h ->
                    h.createUpdate(
                            "INSERT INTO payment_told (wallet_id, txid) SELECT :wallet, :txid"
                                + " WHERE NOT EXISTS (SELECT 1 FROM payment_told"
                                + " WHERE wallet_id = :wallet AND txid = :txid)")
                        .bind("wallet", walletId)
                        .bind("txid", txid)
                        .execute()));
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
