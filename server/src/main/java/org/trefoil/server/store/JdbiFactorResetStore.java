package org.trefoil.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.trefoil.server.keyfile.Sealed;
import org.trefoil.server.regain.FactorResetStore;

/** Replacements of lost second factors, in the table {@code factor_reset}. */
public final class JdbiFactorResetStore implements FactorResetStore {
  private final Database database;

  public JdbiFactorResetStore(Database database) {
    this.database = database;
  }

  @Override
  public boolean add(Entry reset) {
    Instant expires = reset.expiresAt();
    return database.inserted(
        h ->
            h.createUpdate(
                    "INSERT INTO factor_reset (account_id, reset_id, started_at, ready_at,"
                        + " next_mail_at, token_hash, expires_at, totp_secret) SELECT :account,"
                        + " :id, :started, :ready, :nextMail, :hash, CAST(:expires AS BIGINT),"
                        + " :secret WHERE NOT EXISTS"
                        + " (SELECT 1 FROM factor_reset WHERE account_id = :account)")
                .bind("account", reset.accountId())
                .bind("id", reset.resetId())
                .bind("started", reset.startedAt().getEpochSecond())
                .bind("ready", reset.readyAt().getEpochSecond())
                .bind("nextMail", reset.nextMailAt().getEpochSecond())
                .bind("hash", reset.tokenHash())
                .bind("expires", expires == null ? null : (Long) expires.getEpochSecond())
                .bind("secret", reset.secret().bytes())
                .execute());
  }

  @Override
  public Optional<Entry> ofAccount(String accountId) {
    return database.with(
        h ->
            h.createQuery("SELECT * FROM factor_reset WHERE account_id = :account")
                .bind("account", accountId)
                .map((rs, context) -> entry(rs))
                .findOne());
  }

  @Override
  public Optional<Entry> find(String resetId) {
    return database.with(
        h ->
            h.createQuery("SELECT * FROM factor_reset WHERE reset_id = :id")
                .bind("id", resetId)
                .map((rs, context) -> entry(rs))
                .findOne());
  }

  @Override
  public List<Entry> due(Instant now, int limit) {
    return database.with(
        h ->
            h.createQuery(
                    "SELECT * FROM factor_reset WHERE expires_at <= :now OR token_hash IS NULL"
                        + " AND (ready_at <= :now OR next_mail_at <= :now)"
                        + " ORDER BY ready_at LIMIT :limit")
                .bind("now", now.getEpochSecond())
                .bind("limit", limit)
                .map((rs, context) -> entry(rs))
                .list());
  }

  @Override
  public boolean ready(String resetId, byte[] tokenHash, Instant expiresAt) {
    return database.with(
        h ->
            h.createUpdate(
                        "UPDATE factor_reset SET token_hash = :hash, expires_at = :expires"
                            + " WHERE reset_id = :id AND token_hash IS NULL")
                    .bind("hash", tokenHash)
                    .bind("expires", expiresAt.getEpochSecond())
                    .bind("id", resetId)
                    .execute()
                == 1);
  }

  @Override
  public boolean nextMail(String resetId, Instant old, Instant next) {
    return database.with(
        h ->
            h.createUpdate(
                        "UPDATE factor_reset SET next_mail_at = :next"
                            + " WHERE reset_id = :id AND next_mail_at = :old"
                            + " AND token_hash IS NULL")
                    .bind("next", next.getEpochSecond())
                    .bind("id", resetId)
                    .bind("old", old.getEpochSecond())
                    .execute()
                == 1);
  }

  @Override
  public boolean end(String resetId) {
    return database.with(
        h -> h.execute("DELETE FROM factor_reset WHERE reset_id = ?", resetId) == 1);
  }

  private static Entry entry(ResultSet rs) throws SQLException {
    long expires = rs.getLong("expires_at");
    boolean waits = rs.wasNull();
    return new Entry(
        rs.getString("account_id"),
        rs.getString("reset_id"),
        Instant.ofEpochSecond(rs.getLong("started_at")),
        Instant.ofEpochSecond(rs.getLong("ready_at")),
        Instant.ofEpochSecond(rs.getLong("next_mail_at")),
        rs.getBytes("token_hash"),
        waits ? null : Instant.ofEpochSecond(expires),
        new Sealed(rs.getBytes("totp_secret")));
  }
}
