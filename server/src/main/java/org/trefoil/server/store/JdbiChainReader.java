package org.trefoil.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.server.chain.Tip;
import org.trefoil.server.chain.follow.ChainReader;

/** The chain index in the tables {@code chain_…}, as those who ask about a wallet see it. */
public final class JdbiChainReader implements ChainReader {
  private static final String SPENT =
      "EXISTS (SELECT 1 FROM chain_spend s WHERE s.txid = c.txid AND s.vout = c.vout)";

  private static final String TRANSACTIONS =
      "SELECT t.txid, t.raw_tx, t.height, t.inputs, COALESCE(b.block_time, t.seen_at) AS at,"
          + " (SELECT COALESCE(SUM(s.amount), 0) FROM chain_spend s"
          + " WHERE s.spender = t.txid AND s.wallet_id = :wallet) AS debit,"
          + " (SELECT COUNT(*) FROM chain_spend s"
          + " WHERE s.spender = t.txid AND s.wallet_id = :wallet) AS own_inputs"
          + " FROM chain_tx t LEFT JOIN chain_block b ON b.height = t.height WHERE ";

  private static final String CREDITS =
      "SELECT txid, vout, amount FROM chain_coin WHERE wallet_id = :wallet";

  private static final String CREDITS_ORDER = " ORDER BY txid, vout";

  private static final String OF_WALLET =
      "t.txid IN (SELECT txid FROM chain_coin WHERE wallet_id = :wallet"
          + " UNION SELECT spender FROM chain_spend WHERE wallet_id = :wallet)";

  private static final String NEWEST_FIRST =
      " ORDER BY CASE WHEN t.height IS NULL THEN 1 ELSE 0 END DESC, t.height DESC,"
          + " t.place DESC, t.seen_at DESC, t.txid";

  /** What a transaction pays the wallet. */
  private record Credit(long amount, List<Integer> vouts) {
    static final Credit NONE = new Credit(0, List.of());

    Credit plus(Credit other) {
      List<Integer> all = new ArrayList<>(vouts);
      all.addAll(other.vouts);
      return new Credit(amount + other.amount, all);
    }
  }

  private final Database database;

  public JdbiChainReader(Database database) {
    this.database = database;
  }

  @Override
  public @Nullable Tip tip() {
    return database.with(JdbiChainStore::lastBlock);
  }

  @Override
  public List<UnspentRow> unspent(String walletId) {
    return database.with(
        h ->
            h.createQuery(
                    "SELECT c.*, t.height, t.is_coinbase, t.inputs,"
                        + " (SELECT COUNT(*) FROM chain_spend o WHERE o.spender = c.txid"
                        + " AND o.wallet_id = c.wallet_id) AS own_inputs"
                        + " FROM chain_coin c JOIN chain_tx t ON t.txid = c.txid"
                        + " WHERE c.wallet_id = :wallet AND NOT "
                        + SPENT
                        + " ORDER BY c.txid, c.vout")
                .bind("wallet", walletId)
                .map((rs, context) -> unspent(rs))
                .list());
  }

  @Override
  public Map<String, byte[]> makersOfUnspent(String walletId) {
    Map<String, byte[]> makers = new HashMap<>();
    database.use(
        h ->
            h.createQuery(
                    "SELECT t.txid, t.raw_tx FROM chain_tx t WHERE t.txid IN (SELECT c.txid"
                        + " FROM chain_coin c WHERE c.wallet_id = :wallet AND NOT "
                        + SPENT
                        + ")")
                .bind("wallet", walletId)
                .map((rs, context) -> makers.put(rs.getString(1), rs.getBytes(2)))
                .list());
    return makers;
  }

  private static UnspentRow unspent(ResultSet rs) throws SQLException {
    return new UnspentRow(
        rs.getString("txid"),
        rs.getInt("vout"),
        rs.getLong("amount"),
        rs.getInt("branch"),
        rs.getInt("address_index"),
        rs.getObject("height", Integer.class),
        rs.getBoolean("is_coinbase"),
        rs.getInt("own_inputs") == rs.getInt("inputs"));
  }

  @Override
  public List<TransactionRow> transactions(String walletId) {
    return database.run(
        () ->
            database.with(
                h -> {
                  Map<String, Credit> credits =
                      credits(h.createQuery(CREDITS + CREDITS_ORDER).bind("wallet", walletId));
                  return rows(
                      h.createQuery(TRANSACTIONS + OF_WALLET + NEWEST_FIRST)
                          .bind("wallet", walletId),
                      credits);
                }));
  }

  @Override
  public List<TransactionRow> transactions(String walletId, int from, int limit) {
    return database.run(
        () ->
            database.with(
                h -> {
                  List<String> txids =
                      h.createQuery(
                              "SELECT t.txid FROM chain_tx t WHERE "
                                  + OF_WALLET
                                  + NEWEST_FIRST
                                  + " LIMIT :limit OFFSET :from")
                          .bind("wallet", walletId)
                          .bind("limit", limit)
                          .bind("from", from)
                          .mapTo(String.class)
                          .list();
                  return txids.isEmpty() ? List.of() : rows(h, walletId, txids);
                }));
  }

  private static List<TransactionRow> rows(Handle h, String walletId, List<String> txids) {
    Map<String, Credit> credits =
        credits(
            h.createQuery(CREDITS + " AND txid IN (<txids>)" + CREDITS_ORDER)
                .bind("wallet", walletId)
                .bindList("txids", txids));
    return rows(
        h.createQuery(TRANSACTIONS + "t.txid IN (<txids>)" + NEWEST_FIRST)
            .bind("wallet", walletId)
            .bindList("txids", txids),
        credits);
  }

  @Override
  public @Nullable TransactionRow transaction(String walletId, String txid) {
    return database
        .run(
            () ->
                database.with(
                    h -> {
                      boolean concerns =
                          JdbiChainStore.exists(
                                  h, "chain_coin WHERE txid = ? AND wallet_id = ?", txid, walletId)
                              || JdbiChainStore.exists(
                                  h,
                                  "chain_spend WHERE spender = ? AND wallet_id = ?",
                                  txid,
                                  walletId);
                      return concerns
                          ? rows(h, walletId, List.of(txid)).stream().findFirst()
                          : Optional.<TransactionRow>empty();
                    }))
        .orElse(null);
  }

  private static Map<String, Credit> credits(Query query) {
    Map<String, Credit> credits = new HashMap<>();
    query
        .map(
            (rs, context) ->
                credits.merge(
                    rs.getString("txid"),
                    new Credit(rs.getLong("amount"), List.of(rs.getInt("vout"))),
                    Credit::plus))
        .list();
    return credits;
  }

  private static List<TransactionRow> rows(Query query, Map<String, Credit> credits) {
    return query
        .map(
            (rs, context) -> {
              Credit credit = credits.getOrDefault(rs.getString("txid"), Credit.NONE);
              return new TransactionRow(
                  rs.getString("txid"),
                  rs.getBytes("raw_tx"),
                  rs.getObject("height", Integer.class),
                  rs.getLong("at"),
                  rs.getInt("inputs"),
                  credit.amount(),
                  rs.getLong("debit"),
                  rs.getInt("own_inputs"),
                  credit.vouts());
            })
        .list();
  }

  @Override
  public List<AddressRow> addresses(String walletId) {
    return database.with(
        h ->
            h.createQuery(
                    "SELECT c.branch, c.address_index, a.script, SUM(c.amount) AS received,"
                        + " SUM(CASE WHEN "
                        + SPENT
                        + " THEN 0 ELSE c.amount END) AS unspent, COUNT(*) AS payments"
                        + " FROM chain_coin c JOIN chain_script a ON a.wallet_id = c.wallet_id"
                        + " AND a.branch = c.branch AND a.address_index = c.address_index"
                        + " WHERE c.wallet_id = :wallet"
                        + " GROUP BY c.branch, c.address_index, a.script"
                        + " ORDER BY c.branch, c.address_index")
                .bind("wallet", walletId)
                .map(
                    (rs, context) ->
                        new AddressRow(
                            rs.getInt("branch"),
                            rs.getInt("address_index"),
                            rs.getBytes("script"),
                            rs.getLong("received"),
                            rs.getLong("unspent"),
                            rs.getInt("payments")))
                .list());
  }

  @Override
  public int highestUsed(String walletId, int branch) {
    return database.with(
        h ->
            h.select(
                    "SELECT COALESCE(MAX(address_index), -1) FROM chain_coin"
                        + " WHERE wallet_id = ? AND branch = ?",
                    walletId,
                    branch)
                .mapTo(Integer.class)
                .one());
  }

  @Override
  public boolean used(String walletId, int branch, int index) {
    String where = "chain_coin WHERE wallet_id = ? AND branch = ? AND address_index = ?";
    return database.with(h -> JdbiChainStore.exists(h, where, walletId, branch, index));
  }

  @Override
  public @Nullable Integer spentAt(Outpoint coin, String besides) {
    return database.with(
        h ->
            h.createQuery(
                    "SELECT t.height FROM chain_spend s JOIN chain_tx t ON t.txid = s.spender"
                        + " WHERE s.txid = ? AND s.vout = ? AND s.spender <> ?"
                        + " AND t.height IS NOT NULL")
                .bind(0, coin.txid())
                .bind(1, coin.vout())
                .bind(2, besides)
                .mapTo(Integer.class)
                .findFirst()
                .orElse(null));
  }

  @Override
  public boolean inBlock(String txid) {
    String where = "chain_tx WHERE txid = ? AND height IS NOT NULL";
    return database.with(h -> JdbiChainStore.exists(h, where, txid));
  }
}
