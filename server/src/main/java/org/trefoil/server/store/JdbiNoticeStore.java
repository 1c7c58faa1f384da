package org.trefoil.server.store;

import org.trefoil.server.account.Notice;
import org.trefoil.server.account.NoticeStore;

/** Unwanted mail and told payments in the tables {@code notice_off} and {@code payment_told}. */
public final class JdbiNoticeStore implements NoticeStore {
  private final Database database;

  public JdbiNoticeStore(Database database) {
    this.database = database;
  }

  @Override
  public boolean wanted(String accountId, Notice notice) {
    return database.with(
        h ->
            h.select(
                        "SELECT COUNT(*) FROM notice_off WHERE account_id = ? AND notice = ?",
                        accountId,
                        notice.id())
                    .mapTo(Long.class)
                    .one()
                == 0);
  }

  @Override
  public void want(String accountId, Notice notice, boolean wanted) {
    database.run(
        () -> {
          database.use(
              h ->
                  h.execute(
                      "DELETE FROM notice_off WHERE account_id = ? AND notice = ?",
                      accountId,
                      notice.id()));
          return wanted || insert("notice_off (account_id, notice)", accountId, notice.id());
        });
  }

  @Override
  public boolean tell(String walletId, String txid) {
    return database.run(
        () -> {
          long before =
              database.with(
                  h ->
                      h.select(
                              "SELECT COUNT(*) FROM payment_told WHERE wallet_id = ? AND txid = ?",
                              walletId,
                              txid)
                          .mapTo(Long.class)
                          .one());
          return before == 0 && insert("payment_told (wallet_id, txid)", walletId, txid);
        });
  }

  private boolean insert(String into, String first, String second) {
    return database.inserted(
        h -> h.execute("INSERT INTO " + into + " VALUES (?, ?)", first, second));
  }
}
