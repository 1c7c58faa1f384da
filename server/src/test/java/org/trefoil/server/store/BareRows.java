package org.trefoil.server.store;

import java.util.Collections;
import java.util.List;
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

  /** How many rows a table has. */
  public long count(String table) {
    return database.with(h -> h.select("SELECT COUNT(*) FROM " + table).mapTo(long.class).one());
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

  /** The rows of a wallet in a table, to be put back later. */
  public List<Map<String, Object>> keep(String table, String walletId) {
    return database.with(
        h ->
            h.select("SELECT * FROM " + table + " WHERE wallet_id = ?", walletId)
                .mapToMap()
                .list());
  }

  /** Puts rows back as they were, in the place of what is there now. */
  public void putBack(String table, String walletId, List<Map<String, Object>> kept) {
    database.use(
        h -> {
          h.execute("DELETE FROM " + table + " WHERE wallet_id = ?", walletId);
          for (Map<String, Object> row : kept) {
            List<String> columns = List.copyOf(row.keySet());
            String values = String.join(", ", Collections.nCopies(columns.size(), "?"));
            h.execute(
                "INSERT INTO "
                    + table
                    + " ("
                    + String.join(", ", columns)
                    + ") VALUES ("
                    + values
                    + ")",
                columns.stream().map(row::get).toArray());
          }
        });
  }
}
