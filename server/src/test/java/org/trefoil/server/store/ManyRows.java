package org.trefoil.server.store;

import java.util.Locale;

/** Fills a database with wallets and their history, by SQL. What no page looks at is the same. */
public final class ManyRows {
  private static final String ID = "LPAD(CAST(n AS VARCHAR), 32, '0')";

  /** Ids in an order of their own, as hashes are. */
  private static final long SCATTER = 6_180_339_887L;

  private static final long SCATTERED = 10_000_000_000L;
  private static final String TXID = txid("n");

  /** Scripts of each branch that a wallet is looked for at. */
  private static final int SCRIPTS = 20;

  private static final int PORTION = 50_000;

  private final Database database;

  public ManyRows(Database database) {
    this.database = database;
  }

  /** The id of transaction {@code n}. */
  public static String txid(long n) {
    return String.format(Locale.ROOT, "%010d%054d", n * SCATTER % SCATTERED, n);
  }

  private static String txid(String n) {
    return String.format(
        Locale.ROOT,
        "LPAD(CAST(MOD((%s) * %d, %d) AS VARCHAR), 10, '0') || LPAD(CAST(%s AS VARCHAR), 54, '0')",
        n,
        SCATTER,
        SCATTERED,
        n);
  }

  /** Active wallets of accounts of their own, copies of {@code like} but for their names. */
  public void wallets(int count, String like) {
    database.use(
        h -> {
          h.execute(
              "INSERT INTO account (account_id, email, created_at, salt, kdf_memory_kib,"
                  + " kdf_iterations, kdf_parallelism, proof_salt, proof_hash) SELECT "
                  + ID
                  + ", 'many' || n || '@example.org', created_at, salt, kdf_memory_kib,"
                  + " kdf_iterations, kdf_parallelism, proof_salt, proof_hash FROM account,"
                  + numbers(1, count)
                  + " WHERE account_id = (SELECT account_id FROM wallet WHERE wallet_id = ?)",
              like);
          h.execute(
              "INSERT INTO wallet (wallet_id, account_id, request_id, name, network, state,"
                  + " server_key, birth_height, birth_time, created_at, descriptor, endorsement,"
                  + " sealed_user_key, backup_is_cold, handed_out, activated_at) SELECT "
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
    portions(
        0,
        2L * SCRIPTS * count - 1,
        "INSERT INTO chain_script SELECT LPAD(CAST(n / "
            + 2 * SCRIPTS
            + " + 1 AS VARCHAR), 32, '0'), MOD(n, 2), MOD(n / 2, "
            + SCRIPTS
            + "), "
            + script()
            + " FROM ",
        "");
  }

  /** A script of the usual length that nobody else has. */
  private String script() {
    return onPostgres()
        ? "'\\x0020'::BYTEA || sha256(convert_to(CAST(n AS VARCHAR), 'UTF8'))"
        : "X'0020' || HASH('SHA-256', STRINGTOUTF8(CAST(n AS VARCHAR)))";
  }

  /** As if each second of the transactions {@code from} … {@code to} were a send of the wallet. */
  public void sends(String walletId, long from, long to, byte[] raw) {
    portions(
        from,
        to,
        "INSERT INTO send (send_id, wallet_id, request_id, request_hash, state, psbt, digest,"
            + " digest_words, txid, recipients, everything, fee_rate, amount, fee, note,"
            + " created_at, expires_at, approved_at, raw_tx, tries, begun_by) SELECT "
            + ID
            + ", '"
            + walletId
            + "', 'request-' || n, X.raw, 'CONFIRMED', X.raw, X.raw, 'one two three', "
            + TXID
            + ", '{\"recipients\":[]}', FALSE, 1000, 1000, 100, 'note ' || n, 1700000000 + n,"
            + " 1700000600 + n, 1700000000 + n, X.raw, 0, W.account_id"
            + " FROM (SELECT CAST(? AS BYTEA) AS raw) X,"
            + " (SELECT account_id FROM wallet WHERE wallet_id = '"
            + walletId
            + "') W, ",
        " WHERE MOD(n, 2) = 0",
        raw);
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
    String spent = " MOD(n / " + step + ", 20) <> 0";
    portions(
        from,
        to,
        "INSERT INTO chain_entry SELECT "
            + TXID
            + ", "
            + wallet
            + ", (MOD(n, 100) + 1) * 1048576 + n / 100 FROM ",
        "");
    portions(
        from,
        to,
        "INSERT INTO chain_coin SELECT "
            + TXID
            + ", 0, "
            + wallet
            + ", 0, MOD(n, 20), 1000, n <= "
            + (to - step)
            + " AND"
            + spent
            + " FROM ",
        "");
    portions(
        from,
        to - step,
        "INSERT INTO chain_spend SELECT "
            + TXID
            + ", 0, "
            + txid("n + " + step)
            + ", "
            + wallet
            + ", 1000 FROM ",
        " WHERE" + spent);
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
