package org.trefoil.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.server.chain.ChainHealth;
import org.trefoil.server.chain.HistoryPlace;
import org.trefoil.server.chain.Tip;
import org.trefoil.server.chain.follow.ChainStore;
import org.trefoil.server.chain.follow.Changes;
import org.trefoil.server.chain.follow.FollowedBlock;
import org.trefoil.server.chain.follow.FoundTransaction;
import org.trefoil.server.chain.follow.OwnCoin;
import org.trefoil.server.chain.follow.WatchedScript;
import org.trefoil.server.cluster.Cluster;

/** The chain index in the tables {@code chain_…}, as the follower writes it. */
public final class JdbiChainStore implements ChainStore {
  private static final int PAGE = 10_000;

  private static final int MOST_DETAIL = 300;

  private final Database database;

  public JdbiChainStore(Database database) {
    this.database = database;
  }

  @Override
  public @Nullable Tip tip() {
    return database.with(JdbiChainStore::lastBlock);
  }

  static @Nullable Tip lastBlock(Handle handle) {
    return handle
        .createQuery(
            "SELECT height, hash, block_time FROM chain_block ORDER BY height DESC LIMIT 1")
        .map((rs, context) -> block(rs))
        .findOne()
        .orElse(null);
  }

  @Override
  public @Nullable Tip at(int height) {
    return database.with(
        h ->
            h.createQuery("SELECT height, hash, block_time FROM chain_block WHERE height = ?")
                .bind(0, height)
                .map((rs, context) -> block(rs))
                .findOne()
                .orElse(null));
  }

  @Override
  public void anchor(List<Tip> blocks) {
    database.leading(
        h -> {
          addBlocks(h, blocks);
          return blocks.size();
        });
  }

  @Override
  public void eachCoin(@Nullable String walletId, Consumer<Outpoint> action) {
    if (walletId != null) {
      outpoints("wallet_id = ?", walletId, Integer.MAX_VALUE).forEach(action);
      return;
    }
    // In portions, so that no engine ever holds them all; a transaction that two of them share is
    // told twice.
    String from = "";
    int limit = PAGE;
    List<Outpoint> some;
    do {
      some = outpoints("txid >= ? ORDER BY txid, vout", from, limit);
      some.forEach(action);
      String last = some.isEmpty() ? from : some.get(some.size() - 1).txid();
      limit = last.equals(from) ? 2 * limit : PAGE;
      from = last;
    } while (some.size() >= PAGE);
  }

  private List<Outpoint> outpoints(String where, String value, int limit) {
    return database.with(
        h ->
            h.createQuery("SELECT txid, vout FROM chain_coin WHERE " + where + " LIMIT ?")
                .bind(0, value)
                .bind(1, limit)
                .map((rs, context) -> new Outpoint(rs.getString(1), rs.getInt(2)))
                .list());
  }

  @Override
  public List<OwnCoin> coins(Collection<Outpoint> outpoints) {
    Set<Outpoint> asked = Set.copyOf(outpoints);
    Set<String> txids = new TreeSet<>();
    asked.forEach(outpoint -> txids.add(outpoint.txid()));
    return database.with(
        h ->
            Among.list(
                    h,
                    "SELECT txid, vout, wallet_id, amount FROM chain_coin WHERE txid IN (<ids>)",
                    txids,
                    (rs, context) ->
                        new OwnCoin(
                            new Outpoint(rs.getString(1), rs.getInt(2)),
                            rs.getString(3),
                            rs.getLong(4)))
                .stream()
                .filter(coin -> asked.contains(coin.outpoint()))
                .toList());
  }

  @Override
  public Set<String> unconfirmed() {
    return new HashSet<>(
        database.with(
            h ->
                h.createQuery("SELECT txid FROM chain_tx WHERE height IS NULL")
                    .mapTo(String.class)
                    .list()));
  }

  @Override
  public byte @Nullable [] raw(String txid) {
    return database.with(
        h ->
            h.createQuery("SELECT raw_tx FROM chain_tx WHERE txid = ?")
                .bind(0, txid)
                .mapTo(byte[].class)
                .findOne()
                .orElse(null));
  }

  @Override
  public Changes apply(List<FollowedBlock> blocks, long now) {
    return database.leading(h -> write(h, blocks, now));
  }

  @Override
  public Changes applyPast(Collection<String> walletIds, FollowedBlock read, long now) {
    int height = read.block().height();
    return database.leading(
        h -> {
          PreparedBatch scanned =
              h.prepareBatch(
                  "UPDATE chain_wallet SET scanned_height = ?"
                      + " WHERE wallet_id = ? AND scanned_height IS NOT NULL");
          PreparedBatch rescanned =
              h.prepareBatch(
                  "UPDATE chain_rescan SET next_height = ?"
                      + " WHERE wallet_id = ? AND next_height = ?");
          for (String walletId : walletIds) {
            scanned.add(height, walletId);
            rescanned.add(height + 1, walletId, height);
          }
          scanned.execute();
          rescanned.execute();
          return write(h, List.of(read), now);
        });
  }

  @Override
  public Changes undo(Tip block) {
    return database.leading(h -> undo(h, block));
  }

  @Override
  public void note(ChainHealth health, long at) {
    if (database.cluster() == Cluster.ALONE) {
      return; // nobody else asks
    }
    String detail = health.detail();
    database.leading(
        h ->
            h.execute(
                "UPDATE chain_follower SET state = ?, detail = ?, looked_at = ? WHERE one = 1",
                health.state().name(),
                detail.substring(0, Math.min(MOST_DETAIL, detail.length())),
                at));
  }

  @Override
  public Noted noted() {
    return database.with(
        h ->
            h.createQuery("SELECT state, detail, looked_at FROM chain_follower")
                .map(
                    (rs, context) ->
                        new Noted(
                            new ChainHealth(
                                ChainHealth.State.valueOf(rs.getString(1)), rs.getString(2)),
                            rs.getLong(3)))
                .one());
  }

  private static Changes undo(Handle handle, Tip block) {
    int height = block.height();
    Changes changes = new Changes();
    Reopening.inBlock(handle, height, block.time());
    ChainForgetting forgetting = new ChainForgetting(handle, changes);
    for (String coinbase :
        handle
            .createQuery("SELECT txid FROM chain_tx WHERE height = ? AND is_coinbase")
            .bind(0, height)
            .mapTo(String.class)
            .list()) {
      forgetting.forget(coinbase);
    }
    handle
        .createQuery("SELECT txid FROM chain_tx WHERE height = ?")
        .bind(0, height)
        .mapTo(String.class)
        .list()
        .forEach(forgetting::touch);
    handle.execute(
        "UPDATE chain_entry SET newness = (SELECT t.seen_at FROM chain_tx t"
            + " WHERE t.txid = chain_entry.txid) + ?"
            + " WHERE txid IN (SELECT t.txid FROM chain_tx t WHERE t.height = ?)",
        HistoryPlace.waiting(0),
        height);
    handle.execute("UPDATE chain_tx SET height = NULL, place = 0 WHERE height = ?", height);
    handle.execute("DELETE FROM chain_block WHERE height = ?", height);
    handle.execute(
        "UPDATE chain_wallet SET scanned_height = ? WHERE scanned_height >= ?", height - 1, height);
    handle.execute("UPDATE chain_rescan SET next_height = ? WHERE next_height > ?", height, height);
    return changes;
  }

  @Override
  public Changes mempool(
      List<FoundTransaction> entered,
      List<WatchedScript> fresh,
      Collection<String> left,
      long now) {
    return database.leading(
        h -> {
          Changes changes = new Changes();
          ChainForgetting forgetting = new ChainForgetting(h, changes);
          left.forEach(forgetting::forgetUnconfirmed);
          JdbiWatchStore.insert(h, fresh);
          new ChainWriting(h, changes).unconfirmed(entered, now);
          return changes;
        });
  }

  private static Changes write(Handle handle, List<FollowedBlock> blocks, long now) {
    Changes changes = new Changes();
    addBlocks(handle, blocks.stream().map(FollowedBlock::block).toList());
    JdbiWatchStore.insert(
        handle, blocks.stream().flatMap(block -> block.fresh().stream()).toList());
    new ChainWriting(handle, changes).confirmed(blocks, now);
    return changes;
  }

  /** Adds those that are not there. */
  private static void addBlocks(Handle handle, List<Tip> blocks) {
    PreparedBatch batch =
        handle.prepareBatch(
            "INSERT INTO chain_block (height, hash, block_time)"
                + " SELECT CAST(? AS INTEGER), CAST(? AS VARCHAR), CAST(? AS BIGINT)"
                + " WHERE NOT EXISTS (SELECT 1 FROM chain_block WHERE height = ?)");
    blocks.forEach(block -> batch.add(block.height(), block.hash(), block.time(), block.height()));
    if (batch.size() > 0) {
      batch.execute();
    }
  }

  static boolean exists(Handle handle, String tableAndCondition, Object... values) {
    return handle
            .select("SELECT COUNT(*) FROM " + tableAndCondition, values)
            .mapTo(Integer.class)
            .one()
        > 0;
  }

  private static Tip block(ResultSet rs) throws SQLException {
    return new Tip(rs.getInt("height"), rs.getString("hash"), rs.getLong("block_time"));
  }
}
