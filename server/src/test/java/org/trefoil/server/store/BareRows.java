package org.trefoil.server.store;

import java.util.Map;

/** Rows as whoever has the database reads them. */
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
}
