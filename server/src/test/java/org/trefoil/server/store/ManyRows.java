package org.trefoil.server.store;

/** Fills a database with wallets and their history, by SQL. What no page looks at is the same. */
public final class ManyRows {
  private static final String ID = "LPAD(CAST(n AS VARCHAR), 32, '0')";
  private static final String TXID = "LPAD(CAST(n AS VARCHAR), 64, '0')";

  private static final int PORTION = 50_000;

  private final Database database;

  public ManyRows(Database database) {
    this.database = database;
  }

  /** Active wallets of accounts of their own, copies of {@code like} but for their names. */
  public void wallets(int count, String like) {
    database.use(
        h -> {
          h.execute(
              "INSERT INTO account SELECT "
                  + ID
                  + ", 'many' || n || '@example.org', created_at, salt, kdf_memory_kib,"
                  + " kdf_iterations, kdf_parallelism, proof_salt, proof_hash FROM account,"
                  + numbers(1, count)
                  + " WHERE account_id = (SELECT account_id FROM wallet WHERE wallet_id = ?)",
              like);
          h.execute(
              "INSERT INTO wallet SELECT "
                  + ID
                  + ", "
                  + ID
                  + ", request_id, name, network, state, server_key, birth_height, birth_time,"
                  + " created_at, descriptor, endorsement, sealed_user_key, backup_is_cold,"
                  + " handed_out, activated_at FROM wallet, "
                  + numbers(1, count)
                  + " WHERE wallet_id = ?",
              like);
          h.execute(
              "INSERT INTO chain_wallet SELECT "
                  + ID
                  + ", network, descriptor, roles, birth_height, NULL FROM chain_wallet, "
                  + numbers(1, count)
                  + " WHERE wallet_id = ?",
              like);
        });
  }

  /** Transactions {@code from} … {@code to}, shared out among the first {@code wallets}. */
  public void shared(long from, long to, int wallets, byte[] raw) {
    history(from, to, wallets, "LPAD(CAST(MOD(n, " + wallets + ") + 1 AS VARCHAR), 32, '0')", raw);
  }

  /** Transactions {@code from} … {@code to}, all of one wallet. */
  public void of(String walletId, long from, long to, byte[] raw) {
    history(from, to, 1, "'" + walletId + "'", raw);
  }

  /** Each pays its wallet; each second one of these coins is spent by the wallet's next. */
  private void history(long from, long to, int step, String wallet, byte[] raw) {
    portions(
        from,
        to,
        "INSERT INTO chain_tx SELECT "
            + TXID
            + ", ?, MOD(n, 100) + 1, CAST(n / 100 AS INTEGER), FALSE, 1, 1700000000 FROM ",
        "",
        raw);
    portions(
        from,
        to,
        "INSERT INTO chain_coin SELECT " + TXID + ", 0, " + wallet + ", 0, MOD(n, 20), 1000 FROM ",
        "");
    portions(
        from,
        to - step,
        "INSERT INTO chain_spend SELECT "
            + TXID
            + ", 0, LPAD(CAST(n + "
            + step
            + " AS VARCHAR), 64, '0'), "
            + wallet
            + ", 1000 FROM ",
        " WHERE MOD(n / " + step + ", 20) <> 0");
    if (onPostgres()) {
      database.use(h -> h.execute("ANALYZE")); // as its own housekeeping does by and by
    }
  }

  /** Inserts row by number in portions that no time limit ends. */
  private void portions(long from, long to, String insert, String where, Object... values) {
    for (long first = from; first <= to; first += PORTION) {
      String numbers = numbers(first, Math.min(to, first + PORTION - 1));
      database.use(h -> h.execute(insert + numbers + where, values));
    }
  }

  private boolean onPostgres() {
    return database.description().startsWith("PostgreSQL");
  }

  private String numbers(long from, long to) {
    return onPostgres()
        ? "generate_series(" + from + "::BIGINT, " + to + "::BIGINT) AS many (n)"
        : "(SELECT X AS n FROM SYSTEM_RANGE(" + from + ", " + to + ")) AS many";
  }
}
