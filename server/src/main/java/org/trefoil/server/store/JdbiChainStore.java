package org.trefoil.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.server.chain.ChainHealth;
import org.trefoil.server.chain.Tip;
import org.trefoil.server.chain.follow.ChainStore;
import org.trefoil.server.chain.follow.Changes;
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
          blocks.forEach(block -> addBlock(h, block));
          return blocks.size();
        });
  }

  @Override
  public void eachCoin(@Nullable String walletId, Consumer<Outpoint> action) {
    // PostgreSQL hands rows out in portions inside a transaction only.
    database.run(
        () ->
            database.use(
                h ->
                    h.createQuery(
                            "SELECT txid, vout FROM chain_coin"
                                + (walletId == null ? "" : " WHERE wallet_id = :wallet"))
                        .bindMap(walletId == null ? Map.of() : Map.of("wallet", walletId))
                        .setFetchSize(PAGE)
                        .map((rs, context) -> new Outpoint(rs.getString(1), rs.getInt(2)))
                        .forEach(action)));
  }

  @Override
  public @Nullable OwnCoin coin(Outpoint outpoint) {
    return database.with(
        h ->
            h.createQuery("SELECT wallet_id, amount FROM chain_coin WHERE txid = ? AND vout = ?")
                .bind(0, outpoint.txid())
                .bind(1, outpoint.vout())
                .map((rs, context) -> new OwnCoin(outpoint, rs.getString(1), rs.getLong(2)))
                .findOne()
                .orElse(null));
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
  public Changes apply(
      Tip block, List<FoundTransaction> found, List<WatchedScript> fresh, long now) {
    return database.leading(
        h -> {
          addBlock(h, block);
          return write(h, block.height(), found, fresh, now);
        });
  }

  @Override
  public Changes applyPast(
      String walletId,
      Tip block,
      List<FoundTransaction> found,
      List<WatchedScript> fresh,
      long now) {
    return database.leading(
        h -> {
          addBlock(h, block);
          h.execute(
              "UPDATE chain_wallet SET scanned_height = ?"
                  + " WHERE wallet_id = ? AND scanned_height IS NOT NULL",
              block.height(),
              walletId);
          h.execute(
              "UPDATE chain_rescan SET next_height = ?"
                  + " WHERE wallet_id = ? AND next_height = ?",
              block.height() + 1,
              walletId,
              block.height());
          return write(h, block.height(), found, fresh, now);
        });
  }

  @Override
  public Changes undo(Tip block) {
    return database.leading(h -> undo(h, block.height()));
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

  private static Changes undo(Handle handle, int height) {
    Changes changes = new Changes();
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

  private static Changes write(
      Handle handle,
      int height,
      List<FoundTransaction> found,
      List<WatchedScript> fresh,
      long now) {
    Changes changes = new Changes();
    JdbiWatchStore.insert(handle, fresh);
    new ChainWriting(handle, changes).confirmed(found, height, now);
    return changes;
  }

  private static void addBlock(Handle handle, Tip block) {
    if (!exists(handle, "chain_block WHERE height = ?", block.height())) {
      handle.execute(
          "INSERT INTO chain_block (height, hash, block_time) VALUES (?, ?, ?)",
          block.height(),
          block.hash(),
          block.time());
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
