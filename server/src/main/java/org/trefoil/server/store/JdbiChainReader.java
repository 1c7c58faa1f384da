package org.trefoil.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.server.chain.HistoryPlace;
import org.trefoil.server.chain.Tip;
import org.trefoil.server.chain.follow.ChainReader;

/** The chain index in the tables {@code chain_…}, as those who ask about a wallet see it. */
public final class JdbiChainReader implements ChainReader {
  private static final String TRANSACTIONS =
      "SELECT t.txid, t.raw_tx, t.height, t.inputs, COALESCE(b.block_time, t.seen_at) AS at"
          + " FROM chain_tx t LEFT JOIN chain_block b ON b.height = t.height"
          + " WHERE t.txid IN (<ids>)";

  // Not by the wallet as well: an engine that looks through all that the wallet has instead would
  // compare each with all of these.
  private static final String CREDITS =
      "SELECT txid, vout, amount, wallet_id FROM chain_coin WHERE txid IN (<ids>)";

  private static final String DEBITS =
      "SELECT spender, SUM(amount), COUNT(*), wallet_id FROM chain_spend"
          + " WHERE spender IN (<ids>) GROUP BY spender, wallet_id";

  private static final String CONCERNS =
      " AND EXISTS (SELECT 1 FROM chain_entry e WHERE e.txid = t.txid AND e.wallet_id = :wallet)";

  private static final String COIN =
      " c.*, t.height, t.is_coinbase, t.inputs,"
          + " (SELECT COUNT(*) FROM chain_spend o WHERE o.spender = c.txid"
          + " AND o.wallet_id = c.wallet_id) AS own_inputs";

  private static final String UNSPENT =
      "SELECT" + COIN + " FROM chain_coin c JOIN chain_tx t ON t.txid = c.txid";

  private static final String IN_ORDER = " ORDER BY c.txid, c.vout";

  private static final String REACHED =
      "SELECT (SELECT COALESCE(MAX(height), -1) FROM chain_block) AS tip,"
          + " (SELECT COALESCE(MAX(address_index), -1) FROM chain_coin"
          + " WHERE wallet_id = :wallet AND branch = :branch) AS highest";

  // By the wallet as well: a payment to thousands of people may pay thousands of other wallets.
  private static final String AMONG_UNSPENT =
      REACHED
          + ","
          + COIN
          + ", (SELECT r.send_id FROM reservation r WHERE r.txid = c.txid AND r.vout = c.vout)"
          + " AS holder FROM chain_coin c JOIN chain_tx t ON t.txid = c.txid"
          + " WHERE c.txid IN (<ids>) AND c.wallet_id = :wallet AND c.spent = FALSE"
          + IN_ORDER;

  /** What a transaction pays the wallet. */
  private record Credit(long amount, List<Integer> vouts) {
    static final Credit NONE = new Credit(0, List.of());

    Credit plus(Credit other) {
      List<Integer> all = new ArrayList<>(vouts);
      all.addAll(other.vouts);
      all.sort(null);
      return new Credit(amount + other.amount, all);
    }
  }

  /** What a transaction spends of the wallet's, and by how many inputs. */
  private record Debit(long amount, int inputs) {
    static final Debit NONE = new Debit(0, 0);
  }

  /** What an address was paid. */
  private record Paid(long amount, int payments) {
    static final Paid NONE = new Paid(0, 0);
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
            h.createQuery(UNSPENT + " WHERE c.wallet_id = :wallet AND c.spent = FALSE" + IN_ORDER)
                .bind("wallet", walletId)
                .map((rs, context) -> unspent(rs))
                .list());
  }

  @Override
  public Reached reached(String walletId, int branch, Set<String> txids) {
    Map<String, Object> values = Map.of("wallet", walletId, "branch", branch);
    List<UnspentRow> unspent = new ArrayList<>();
    Set<Outpoint> held = new HashSet<>();
    return database.with(
        h -> {
          AtomicReference<Reached> told = new AtomicReference<>();
          Among.each(
              h,
              AMONG_UNSPENT,
              txids,
              values,
              rs -> {
                UnspentRow row = unspent(rs);
                unspent.add(row);
                if (rs.getString("holder") != null) {
                  held.add(new Outpoint(row.txid(), row.vout()));
                }
                told.set(new Reached(rs.getInt("tip"), rs.getInt("highest"), unspent, held));
              });
          Reached known = told.get();
          return known != null
              ? known
              : h.createQuery(REACHED)
                  .bindMap(values)
                  .map((rs, c) -> new Reached(rs.getInt(1), rs.getInt(2), unspent, held))
                  .one();
        });
  }

  @Override
  public Sums sums(String walletId, int ripe) {
    return database.with(
        h ->
            h.createQuery(
                    "SELECT COALESCE(SUM(CASE WHEN t.height IS NULL"
                        + " OR t.is_coinbase AND t.height > :ripe THEN 0 ELSE c.amount END), 0),"
                        + " COALESCE(SUM(c.amount), 0) FROM chain_coin c"
                        + " JOIN chain_tx t ON t.txid = c.txid"
                        + " WHERE c.wallet_id = :wallet AND c.spent = FALSE")
                .bind("wallet", walletId)
                .bind("ripe", ripe)
                .map((rs, context) -> new Sums(rs.getLong(1), rs.getLong(2)))
                .one());
  }

  @Override
  public long sum(String walletId, Set<Outpoint> coins) {
    Set<String> txids = coins.stream().map(Outpoint::txid).collect(Collectors.toSet());
    AtomicLong sum = new AtomicLong();
    database.use(
        h ->
            Among.each(
                h,
                "SELECT txid, vout, amount, wallet_id FROM chain_coin"
                    + " WHERE txid IN (<ids>) AND spent = FALSE",
                txids,
                rs -> {
                  if (rs.getString(4).equals(walletId)
                      && coins.contains(new Outpoint(rs.getString(1), rs.getInt(2)))) {
                    sum.addAndGet(rs.getLong(3));
                  }
                }));
    return sum.get();
  }

  @Override
  public Map<String, byte[]> makersOfUnspent(String walletId) {
    Map<String, byte[]> makers = new HashMap<>();
    database.use(
        h ->
            h.createQuery(
                    "SELECT t.txid, t.raw_tx FROM chain_tx t WHERE t.txid IN (SELECT c.txid"
                        + " FROM chain_coin c WHERE c.wallet_id = :wallet AND c.spent = FALSE)")
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
  public List<HistoryPlace> entries(String walletId, @Nullable HistoryPlace below, int limit) {
    String from =
        below == null ? "" : " AND newness <= :newness AND (newness < :newness OR txid > :txid)";
    return database.with(
        h -> {
          // H2 reads an index in its order when all of its columns are named.
          Query query =
              h.createQuery(
                      "SELECT newness, txid FROM chain_entry WHERE wallet_id = :wallet"
                          + from
                          + " ORDER BY wallet_id, newness DESC, txid LIMIT :limit")
                  .bind("wallet", walletId)
                  .bind("limit", limit);
          if (below != null) {
            query.bind("newness", below.newness()).bind("txid", below.txid());
          }
          return query
              .map((rs, context) -> new HistoryPlace(rs.getLong(1), rs.getString(2)))
              .list();
        });
  }

  @Override
  public List<TransactionRow> transactions(String walletId, List<String> txids) {
    if (txids.isEmpty()) {
      return List.of();
    }
    return database.run(() -> database.with(h -> rows(h, walletId, txids)));
  }

  @Override
  public Map<String, Integer> confirmations(@Nullable String walletId, Collection<String> txids) {
    String sql =
        "SELECT t.txid, CASE WHEN t.height IS NULL THEN 0 ELSE"
            + " (SELECT MAX(b.height) FROM chain_block b) - t.height + 1 END AS depth"
            + " FROM chain_tx t WHERE t.txid IN (<ids>)"
            + (walletId == null ? "" : CONCERNS);
    Map<String, String> wallet = walletId == null ? Map.of() : Map.of("wallet", walletId);
    Map<String, Integer> depths = new HashMap<>();
    database.use(
        h -> Among.each(h, sql, txids, wallet, rs -> depths.put(rs.getString(1), rs.getInt(2))));
    return depths;
  }

  private static List<TransactionRow> rows(Handle h, String walletId, List<String> txids) {
    Map<String, Credit> credits = new HashMap<>();
    Among.each(
        h,
        CREDITS,
        txids,
        rs -> {
          if (rs.getString(4).equals(walletId)) {
            credits.merge(
                rs.getString(1), new Credit(rs.getLong(3), List.of(rs.getInt(2))), Credit::plus);
          }
        });
    Map<String, Debit> debits = new HashMap<>();
    Among.each(
        h,
        DEBITS,
        txids,
        rs -> {
          if (rs.getString(4).equals(walletId)) {
            debits.put(rs.getString(1), new Debit(rs.getLong(2), rs.getInt(3)));
          }
        });
    Map<String, TransactionRow> rows = new HashMap<>();
    Among.each(
        h,
        TRANSACTIONS,
        txids,
        rs -> {
          String txid = rs.getString("txid");
          Credit credit = credits.getOrDefault(txid, Credit.NONE);
          Debit debit = debits.getOrDefault(txid, Debit.NONE);
          rows.put(
              txid,
              new TransactionRow(
                  txid,
                  rs.getBytes("raw_tx"),
                  rs.getObject("height", Integer.class),
                  rs.getLong("at"),
                  rs.getInt("inputs"),
                  credit.amount(),
                  debit.amount(),
                  debit.inputs(),
                  credit.vouts()));
        });
    return txids.stream().map(rows::get).filter(Objects::nonNull).toList();
  }

  @Override
  public boolean concerns(String walletId, String txid) {
    String where = "chain_entry WHERE txid = ? AND wallet_id = ?";
    return database.with(h -> JdbiChainStore.exists(h, where, txid, walletId));
  }

  @Override
  public List<AddressRow> addresses(String walletId, int branch, int first, int last) {
    String where =
        " WHERE wallet_id = ? AND branch = ? AND address_index >= ? AND address_index <= ?";
    return database.with(
        h -> {
          Map<Integer, Paid> paid = new HashMap<>();
          h.select(
                  "SELECT address_index, SUM(amount), COUNT(*) FROM chain_coin"
                      + where
                      + " GROUP BY address_index",
                  walletId,
                  branch,
                  first,
                  last)
              .map((rs, context) -> paid.put(rs.getInt(1), new Paid(rs.getLong(2), rs.getInt(3))))
              .list();
          return h.select(
                  "SELECT address_index, script FROM chain_script"
                      + where
                      + " ORDER BY address_index",
                  walletId,
                  branch,
                  first,
                  last)
              .map(
                  (rs, context) -> {
                    Paid sum = paid.getOrDefault(rs.getInt(1), Paid.NONE);
                    return new AddressRow(
                        rs.getInt(1), rs.getBytes(2), sum.amount(), sum.payments());
                  })
              .list();
        });
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
