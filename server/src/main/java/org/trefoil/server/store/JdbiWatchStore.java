package org.trefoil.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.descriptor.Descriptors;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.units.Network;
import org.trefoil.server.chain.Rescan;
import org.trefoil.server.chain.follow.Newcomer;
import org.trefoil.server.chain.follow.WatchStore;
import org.trefoil.server.chain.follow.WatchedScript;
import org.trefoil.server.chain.follow.WatchedWallet;

/** What the chain is searched for, in the tables {@code chain_wallet} and {@code chain_script}. */
public final class JdbiWatchStore implements WatchStore {
  /** Wallets whose scripts are read in one go, so that millions of them never are. */
  private static final int PAGE = 500;

  private final Database database;

  public JdbiWatchStore(Database database) {
    this.database = database;
  }

  @Override
  public void addWallet(WatchedWallet wallet, List<WatchedScript> scripts) {
    database.run(
        () ->
            database.use(
                h -> {
                  if (!has(wallet.walletId()) && database.inserted(same -> insert(same, wallet))) {
                    insert(h, scripts);
                  }
                }));
  }

  @Override
  public boolean has(String walletId) {
    return database.with(
        h -> JdbiChainStore.exists(h, "chain_wallet WHERE wallet_id = ?", walletId));
  }

  @Override
  public List<String> live() {
    return database.with(
        h ->
            h.createQuery(
                    "SELECT wallet_id FROM chain_wallet WHERE scanned_height IS NULL"
                        + " ORDER BY wallet_id")
                .mapTo(String.class)
                .list());
  }

  @Override
  public List<Newcomer> newcomers(int scanned, int most) {
    return database.with(
        h ->
            h.createQuery(
                    "SELECT wallet_id, scanned_height FROM chain_wallet"
                        + " WHERE scanned_height >= ? ORDER BY scanned_height, wallet_id LIMIT ?")
                .bind(0, scanned)
                .bind(1, most)
                .map((rs, context) -> new Newcomer(rs.getString(1), rs.getInt(2)))
                .list());
  }

  @Override
  public @Nullable WatchedWallet wallet(String walletId) {
    return database.with(
        h ->
            h.createQuery("SELECT * FROM chain_wallet WHERE wallet_id = ?")
                .bind(0, walletId)
                .map((rs, context) -> wallet(rs))
                .findOne()
                .orElse(null));
  }

  @Override
  public void eachScript(@Nullable String walletId, Consumer<WatchedScript> action) {
    if (walletId != null) {
      scripts(walletId, walletId, action);
      return;
    }
    List<String> all =
        database.with(
            h ->
                h.createQuery("SELECT wallet_id FROM chain_wallet ORDER BY wallet_id")
                    .mapTo(String.class)
                    .list());
    for (int i = 0; i < all.size(); i += PAGE) {
      scripts(all.get(i), all.get(Math.min(i + PAGE, all.size()) - 1), action);
    }
  }

  private void scripts(String first, String last, Consumer<WatchedScript> action) {
    database.use(
        h ->
            h.createQuery(
                    "SELECT wallet_id, branch, address_index, script FROM chain_script"
                        + " WHERE wallet_id >= ? AND wallet_id <= ?")
                .bind(0, first)
                .bind(1, last)
                .map(
                    (rs, context) ->
                        new WatchedScript(
                            rs.getString(1), rs.getInt(2), rs.getInt(3), rs.getBytes(4)))
                .forEach(action));
  }

  @Override
  public void ask(Rescan rescan) {
    database.run(
        () ->
            database.use(
                h -> {
                  Rescan known = rescan(rescan.walletId());
                  if (known != null && asEarly(known, rescan)) {
                    return;
                  }
                  h.execute("DELETE FROM chain_rescan WHERE wallet_id = ?", rescan.walletId());
                  h.execute(
                      "INSERT INTO chain_rescan (wallet_id, from_height, from_time) VALUES (?, ?,"
                          + " ?)",
                      rescan.walletId(),
                      rescan.from(),
                      rescan.time());
                }));
  }

  private static boolean asEarly(Rescan known, Rescan asked) {
    if (known.time() != null && asked.time() != null) {
      return known.time() <= asked.time();
    }
    return known.from() != null && asked.from() != null && known.from() <= asked.from();
  }

  @Override
  public List<Rescan> rescans() {
    return database.with(
        h ->
            h.createQuery("SELECT * FROM chain_rescan ORDER BY wallet_id")
                .map((rs, context) -> rescanOf(rs))
                .list());
  }

  @Override
  public @Nullable Rescan rescan(String walletId) {
    return database.with(
        h ->
            h.createQuery("SELECT * FROM chain_rescan WHERE wallet_id = ?")
                .bind(0, walletId)
                .map((rs, context) -> rescanOf(rs))
                .findOne()
                .orElse(null));
  }

  private static Rescan rescanOf(ResultSet rs) throws SQLException {
    return new Rescan(
        rs.getString("wallet_id"),
        rs.getObject("from_height", Integer.class),
        rs.getObject("from_time", Long.class),
        rs.getObject("next_height", Integer.class));
  }

  @Override
  public void begin(String walletId, int height) {
    database.leading(
        h ->
            h.execute(
                "UPDATE chain_rescan SET from_height = ?, next_height = ? WHERE wallet_id = ?",
                height,
                height,
                walletId));
  }

  @Override
  public void finish(String walletId) {
    database.leading(h -> h.execute("DELETE FROM chain_rescan WHERE wallet_id = ?", walletId));
  }

  @Override
  public void live(Collection<String> walletIds) {
    database.leading(
        h -> {
          PreparedBatch batch =
              h.prepareBatch("UPDATE chain_wallet SET scanned_height = NULL WHERE wallet_id = ?");
          walletIds.forEach(batch::add);
          return batch.execute();
        });
  }

  private static int insert(Handle handle, WatchedWallet wallet) {
    return handle.execute(
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

  static void insert(Handle handle, List<WatchedScript> scripts) {
    PreparedBatch batch =
        handle.prepareBatch(
            "INSERT INTO chain_script (wallet_id, branch, address_index, script)"
                + " SELECT CAST(? AS VARCHAR), CAST(? AS INTEGER), CAST(? AS INTEGER),"
                + " CAST(? AS BYTEA) WHERE NOT EXISTS (SELECT 1 FROM chain_script"
                + " WHERE wallet_id = ? AND branch = ? AND address_index = ?)");
    for (WatchedScript script : scripts) {
      // A rescan and the tip may bring the same address into sight.
      String walletId = script.walletId();
      int branch = script.branch();
      int index = script.index();
      batch.add(walletId, branch, index, script.script(), walletId, branch, index);
    }
    if (batch.size() > 0) {
      batch.execute();
    }
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
