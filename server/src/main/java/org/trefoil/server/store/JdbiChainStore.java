package org.trefoil.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.descriptor.Descriptors;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.units.Network;
import org.trefoil.server.chain.Tip;
import org.trefoil.server.chain.follow.ChainStore;
import org.trefoil.server.chain.follow.Changes;
import org.trefoil.server.chain.follow.FoundTransaction;
import org.trefoil.server.chain.follow.OwnCoin;
import org.trefoil.server.chain.follow.WatchedScript;
import org.trefoil.server.chain.follow.WatchedWallet;

/** The chain index in the tables {@code chain_…}, as the follower writes it. */
public final class JdbiChainStore implements ChainStore {
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
    database.run(() -> database.use(h -> blocks.forEach(block -> addBlock(h, block))));
  }

  @Override
  public void addWallet(WatchedWallet wallet, List<WatchedScript> scripts) {
    database.run(
        () ->
            database.use(
                h -> {
                  if (!exists(h, "chain_wallet WHERE wallet_id = ?", wallet.walletId())) {
                    insert(h, wallet);
                    insert(h, scripts);
                  }
                }));
  }

  @Override
  public List<WatchedWallet> wallets() {
    return wallets("");
  }

  @Override
  public List<WatchedWallet> newcomers() {
    return wallets(" WHERE scanned_height IS NOT NULL");
  }

  private List<WatchedWallet> wallets(String which) {
    return database.with(
        h ->
            h.createQuery("SELECT * FROM chain_wallet" + which + " ORDER BY wallet_id")
                .map((rs, context) -> wallet(rs))
                .list());
  }

  @Override
  public void eachScript(@Nullable String walletId, Consumer<WatchedScript> action) {
    database.use(
        h ->
            h.createQuery(
                    "SELECT * FROM chain_script"
                        + " WHERE CAST(:wallet AS VARCHAR) IS NULL OR wallet_id = :wallet")
                .bind("wallet", walletId)
                .map(
                    (rs, context) ->
                        new WatchedScript(
                            rs.getString("wallet_id"),
                            rs.getInt("branch"),
                            rs.getInt("address_index"),
                            rs.getBytes("script")))
                .forEach(action));
  }

  @Override
  public void eachCoin(@Nullable String walletId, int height, Consumer<OwnCoin> action) {
    database.use(
        h ->
            h.createQuery(
                    "SELECT c.txid, c.vout, c.wallet_id, c.amount FROM chain_coin c"
                        + " WHERE (CAST(:wallet AS VARCHAR) IS NULL OR c.wallet_id = :wallet)"
                        + " AND NOT EXISTS (SELECT 1 FROM chain_spend s"
                        + " JOIN chain_tx t ON t.txid = s.spender"
                        + " WHERE s.txid = c.txid AND s.vout = c.vout AND t.height < :height)")
                .bind("wallet", walletId)
                .bind("height", height)
                .map(
                    (rs, context) ->
                        new OwnCoin(
                            new Outpoint(rs.getString("txid"), rs.getInt("vout")),
                            rs.getString("wallet_id"),
                            rs.getLong("amount")))
                .forEach(action));
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
  public Changes apply(
      Tip block, List<FoundTransaction> found, List<WatchedScript> fresh, long now) {
    return database.run(
        () ->
            database.with(
                h -> {
                  addBlock(h, block);
                  return write(h, block.height(), found, fresh, now);
                }));
  }

  @Override
  public Changes applyPast(
      String walletId,
      Tip block,
      List<FoundTransaction> found,
      List<WatchedScript> fresh,
      long now) {
    return database.run(
        () ->
            database.with(
                h -> {
                  addBlock(h, block);
                  h.execute(
                      "UPDATE chain_wallet SET scanned_height = ? WHERE wallet_id = ?",
                      block.height(),
                      walletId);
                  return write(h, block.height(), found, fresh, now);
                }));
  }

  @Override
  public Changes undo(Tip block) {
    return database.run(() -> database.with(h -> undo(h, block.height())));
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
    return changes;
  }

  @Override
  public void live(String walletId) {
    database.use(
        h ->
            h.execute(
                "UPDATE chain_wallet SET scanned_height = NULL WHERE wallet_id = ?", walletId));
  }

  @Override
  public Changes mempool(
      List<FoundTransaction> entered,
      List<WatchedScript> fresh,
      Collection<String> left,
      long now) {
    return database.run(
        () ->
            database.with(
                h -> {
                  Changes changes = new Changes();
                  ChainForgetting forgetting = new ChainForgetting(h, changes);
                  left.forEach(forgetting::forgetUnconfirmed);
                  insert(h, fresh);
                  ChainWriting writing = new ChainWriting(h, changes);
                  entered.forEach(tx -> writing.unconfirmed(tx, now));
                  return changes;
                }));
  }

  private static Changes write(
      Handle handle,
      int height,
      List<FoundTransaction> found,
      List<WatchedScript> fresh,
      long now) {
    Changes changes = new Changes();
    insert(handle, fresh);
    ChainWriting writing = new ChainWriting(handle, changes);
    found.forEach(tx -> writing.confirmed(tx, height, now));
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

  private static void insert(Handle handle, WatchedWallet wallet) {
    handle.execute(
        "INSERT INTO chain_wallet"
            + " (wallet_id, network, descriptor, roles, birth_height, scanned_height)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        wallet.walletId(),
        wallet.cosigners().network().id(),
        wallet.cosigners().descriptor(),
        wallet.cosigners().keys().stream()
            .map(key -> key.role().name())
            .collect(Collectors.joining(",")),
        wallet.birthHeight(),
        wallet.scannedHeight());
  }

  private static void insert(Handle handle, List<WatchedScript> scripts) {
    PreparedBatch batch =
        handle.prepareBatch(
            "INSERT INTO chain_script (wallet_id, branch, address_index, script)"
                + " VALUES (?, ?, ?, ?)");
    for (WatchedScript script : scripts) {
      batch.add(script.walletId(), script.branch(), script.index(), script.script());
    }
    if (!scripts.isEmpty()) {
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

  private static WatchedWallet wallet(ResultSet rs) throws SQLException {
    List<KeyRole> roles =
        Arrays.stream(rs.getString("roles").split(",")).map(KeyRole::valueOf).toList();
    Network network = Network.of(rs.getString("network"));
    return new WatchedWallet(
        rs.getString("wallet_id"),
        Descriptors.parse(rs.getString("descriptor"), network, roles),
        rs.getInt("birth_height"),
        rs.getObject("scanned_height", Integer.class));
  }
}
