package org.trefoil.server.store;

/** What somebody with the database alone can do to signed rules. */
public record RuleRows(Database database) {
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
