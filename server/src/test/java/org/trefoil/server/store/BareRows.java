package org.trefoil.server.store;

import java.util.Map;

/** What somebody with the database alone reads and does. */
public final class BareRows {
  private final Database database;

  public BareRows(Database database) {
    this.database = database;
  }

  public Map<String, Object> send(String sendId) {
    return row("SELECT * FROM send WHERE send_id = ?", sendId);
  }

  public Map<String, Object> wallet(String walletId) {
    return row("SELECT * FROM wallet WHERE wallet_id = ?", walletId);
  }

  private Map<String, Object> row(String sql, String id) {
    return database.with(h -> h.select(sql, id).mapToMap().one());
  }

  /** Runs one statement. */
  public void tamper(String sql, Object... values) {
    database.use(h -> h.execute(sql, values));
  }

  /** The seal of a wallet, to be put back later. */
  public byte[] seal(String walletId) {
    return database.with(
        h ->
            h.select("SELECT seal FROM policy_head WHERE wallet_id = ?", walletId)
                .mapTo(byte[].class)
                .one());
  }

  /** The hash of a wallet's newest version. */
  public String head(String walletId) {
    return database.with(
        h ->
            h.select("SELECT head FROM policy_head WHERE wallet_id = ?", walletId)
                .mapTo(String.class)
                .one());
  }
}
