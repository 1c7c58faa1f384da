package org.trefoil.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.KeySplit;
import org.trefoil.core.wire.NewKeys;
import org.trefoil.core.wire.SecondSlot;
import org.trefoil.core.wire.SuccessionStatement;
import org.trefoil.core.wire.WalletState;
import org.trefoil.server.wallets.WalletRecord;
import org.trefoil.server.wallets.WalletStore;

/** Wallets in the table {@code wallet}. */
public final class JdbiWalletStore implements WalletStore {
  private final Database database;

  public JdbiWalletStore(Database database) {
    this.database = database;
  }

  @Override
  public boolean add(WalletRecord draft) {
    return database.inserted(
        h ->
            h.createUpdate(
                    "INSERT INTO wallet (wallet_id, account_id, request_id, name, network,"
                        + " state, server_key, birth_height, birth_time, created_at,"
                        + " backup_is_cold, handed_out, replaces) SELECT :id, :account, :request,"
                        + " :name, :network, 'DRAFT', :key, :height, :time, :created, FALSE,"
                        + " 0, CAST(:replaces AS VARCHAR) WHERE NOT EXISTS (SELECT 1 FROM wallet"
                        + " WHERE (account_id = :account AND request_id = :request)"
                        + " OR replaces = CAST(:replaces AS VARCHAR))")
                .bind("id", draft.walletId())
                .bind("account", draft.accountId())
                .bind("request", draft.requestId())
                .bind("name", draft.name())
                .bind("network", draft.network().id())
                .bind("key", draft.serverKey())
                .bind("height", draft.birthHeight())
                .bind("time", draft.birthTime().getEpochSecond())
                .bind("created", draft.createdAt().getEpochSecond())
                .bind("replaces", draft.replaces())
                .execute());
  }

  @Override
  public Optional<WalletRecord> find(String walletId) {
    return one("SELECT * FROM wallet WHERE wallet_id = :id", walletId);
  }

  @Override
  public Optional<WalletRecord> lock(String walletId) {
    return one("SELECT * FROM wallet WHERE wallet_id = :id FOR UPDATE", walletId);
  }

  @Override
  public Optional<WalletRecord> byRequest(String accountId, String requestId) {
    return database.with(
        h ->
            h.createQuery(
                    "SELECT * FROM wallet WHERE account_id = :account AND request_id = :request")
                .bind("account", accountId)
                .bind("request", requestId)
                .map((rs, context) -> wallet(rs))
                .findOne());
  }

  @Override
  public List<WalletRecord> list(String accountId) {
    return database.with(
        h ->
            h.createQuery(
                    "SELECT * FROM wallet WHERE account_id = :account"
                        + " ORDER BY created_at DESC, wallet_id")
                .bind("account", accountId)
                .map((rs, context) -> wallet(rs))
                .list());
  }

  @Override
  public Optional<WalletRecord> successor(String walletId) {
    return one("SELECT * FROM wallet WHERE replaces = :id", walletId);
  }

  @Override
  public List<WalletRecord> unwatched() {
    return database.with(
        h ->
            h.createQuery(
                    "SELECT * FROM wallet w WHERE w.state IN ('ACTIVE', 'REPLACED') AND NOT"
                        + " EXISTS (SELECT 1 FROM chain_wallet c WHERE c.wallet_id = w.wallet_id)"
                        + " ORDER BY w.wallet_id")
                .map((rs, context) -> wallet(rs))
                .list());
  }

  @Override
  public long count() {
    return database.with(h -> h.createQuery("SELECT COUNT(*) FROM wallet").mapTo(Long.class).one());
  }

  @Override
  public boolean storeKeys(String walletId, NewKeys keys) {
    SuccessionStatement stated = keys.succession();
    KeySplit split = keys.split();
    SecondSlot beside = keys.secondSlot();
    return database.with(
        h ->
            h.createUpdate(
                        "UPDATE wallet SET state = 'UNCHECKED', descriptor = :descriptor,"
                            + " endorsement = :endorsement, sealed_user_key = :sealed,"
                            + " backup_is_cold = :cold, succession_by = :by,"
                            + " succession = :succession, owner_names = :owners,"
                            + " sheets_needed = :needed, sheets_count = :count,"
                            + " second_slot = :slot, first_mark = :first, second_mark = :second"
                            + " WHERE wallet_id = :id AND state = 'DRAFT'")
                    .bind("descriptor", keys.descriptor())
                    .bind("endorsement", keys.endorsement())
                    .bind("sealed", keys.sealed())
                    .bind("cold", keys.backupIsCold())
                    .bind("owners", lines(WalletRecord.names(keys)))
                    .bind("needed", split == null ? null : split.needed())
                    .bind("count", split == null ? null : split.count())
                    .bind("slot", beside == null ? null : beside.slot())
                    .bind("first", beside == null ? null : beside.first())
                    .bind("second", beside == null ? null : beside.second())
                    .bind("by", stated == null ? null : stated.by())
                    .bind("succession", stated == null ? null : stated.signature())
                    .bind("id", walletId)
                    .execute()
                == 1);
  }

  @Override
  public boolean activate(String walletId, Instant at, List<String> proofs) {
    return database.with(
        h ->
            h.createUpdate(
                        "UPDATE wallet SET state = 'ACTIVE', activated_at = :at,"
                            + " cold_proof = :proof"
                            + " WHERE wallet_id = :id AND state = 'UNCHECKED'")
                    .bind("at", at.getEpochSecond())
                    .bind("proof", lines(proofs))
                    .bind("id", walletId)
                    .execute()
                == 1);
  }

  @Override
  public boolean replace(String walletId, Instant at) {
    return database.with(
        h ->
            h.createUpdate(
                        "UPDATE wallet SET state = 'REPLACED', replaced_at = :at"
                            + " WHERE wallet_id = :id AND state = 'ACTIVE'")
                    .bind("at", at.getEpochSecond())
                    .bind("id", walletId)
                    .execute()
                == 1);
  }

  @Override
  public Optional<Instant> replacedAt(String walletId) {
    return database.with(
        h ->
            h.createQuery(
                    "SELECT replaced_at FROM wallet"
                        + " WHERE wallet_id = :id AND replaced_at IS NOT NULL")
                .bind("id", walletId)
                .map((rs, context) -> Instant.ofEpochSecond(rs.getLong("replaced_at")))
                .findOne());
  }

  @Override
  public void reseal(String walletId, String sealed, SecondSlot beside) {
    database.use(
        h ->
            h.createUpdate(
                    "UPDATE wallet SET sealed_user_key = :sealed, second_slot = :slot,"
                        + " first_mark = :first, second_mark = :second WHERE wallet_id = :id")
                .bind("sealed", sealed)
                .bind("slot", beside.slot())
                .bind("first", beside.first())
                .bind("second", beside.second())
                .bind("id", walletId)
                .execute());
  }

  @Override
  public Drill drill(String walletId) {
    return database.with(
        h ->
            h.createQuery(
                    "SELECT activated_at, drilled_at, reminded_at FROM wallet"
                        + " WHERE wallet_id = :id")
                .bind("id", walletId)
                .map(
                    (rs, context) ->
                        new Drill(
                            moment(rs, "activated_at"),
                            moment(rs, "drilled_at"),
                            moment(rs, "reminded_at")))
                .one());
  }

  private static @Nullable Instant moment(ResultSet rs, String column) throws SQLException {
    long seconds = rs.getLong(column);
    return rs.wasNull() ? null : Instant.ofEpochSecond(seconds);
  }

  @Override
  public void drilled(String walletId, Instant at) {
    noteTime("UPDATE wallet SET drilled_at = :at WHERE wallet_id = :id", walletId, at);
  }

  @Override
  public void reminded(String walletId, Instant at) {
    noteTime("UPDATE wallet SET reminded_at = :at WHERE wallet_id = :id", walletId, at);
  }

  private void noteTime(String sql, String walletId, Instant at) {
    database.use(
        h -> h.createUpdate(sql).bind("at", at.getEpochSecond()).bind("id", walletId).execute());
  }

  @Override
  public boolean remove(String walletId) {
    return changed(
        "DELETE FROM wallet WHERE wallet_id = :id AND state IN ('DRAFT', 'UNCHECKED')", walletId);
  }

  private boolean changed(String sql, String walletId) {
    return database.with(h -> h.createUpdate(sql).bind("id", walletId).execute() == 1);
  }

  @Override
  public void handOut(String walletId, int count) {
    database.use(
        h ->
            h.createUpdate("UPDATE wallet SET handed_out = :count WHERE wallet_id = :id")
                .bind("count", count)
                .bind("id", walletId)
                .execute());
  }

  private Optional<WalletRecord> one(String sql, String walletId) {
    return database.with(
        h -> h.createQuery(sql).bind("id", walletId).map((rs, context) -> wallet(rs)).findOne());
  }

  /** One a line; null for none. */
  private static @Nullable String lines(List<String> texts) {
    return texts.isEmpty() ? null : String.join("\n", texts);
  }

  private static @Nullable KeySplit split(ResultSet rs) throws SQLException {
    int needed = rs.getInt("sheets_needed");
    return rs.wasNull() ? null : new KeySplit(needed, rs.getInt("sheets_count"));
  }

  private static @Nullable SecondSlot beside(ResultSet rs) throws SQLException {
    String slot = rs.getString("second_slot");
    return slot == null
        ? null
        : new SecondSlot(slot, rs.getString("first_mark"), rs.getString("second_mark"));
  }

  private static WalletRecord wallet(ResultSet rs) throws SQLException {
    String by = rs.getString("succession_by");
    String succession = rs.getString("succession");
    String owners = rs.getString("owner_names");
    return new WalletRecord(
        rs.getString("wallet_id"),
        rs.getString("account_id"),
        rs.getString("request_id"),
        rs.getString("name"),
        Network.of(rs.getString("network")),
        WalletState.valueOf(rs.getString("state")),
        rs.getString("server_key"),
        rs.getInt("birth_height"),
        Instant.ofEpochSecond(rs.getLong("birth_time")),
        Instant.ofEpochSecond(rs.getLong("created_at")),
        rs.getString("descriptor"),
        rs.getString("endorsement"),
        rs.getString("sealed_user_key"),
        rs.getBoolean("backup_is_cold"),
        rs.getInt("handed_out"),
        rs.getString("replaces"),
        by == null || succession == null ? null : new SuccessionStatement(by, succession),
        owners == null ? List.of() : List.of(owners.split("\n")),
        split(rs),
        beside(rs));
  }
}
