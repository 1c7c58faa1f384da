package org.trefoil.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.trefoil.server.account.Session;
import org.trefoil.server.account.SessionStore;

/** Sessions in the table {@code session}. */
public final class JdbiSessionStore implements SessionStore {
  private final Database database;

  public JdbiSessionStore(Database database) {
    this.database = database;
  }

  @Override
  public void add(Session.Entry session) {
    database.use(
        h ->
            h.createUpdate(
                    "INSERT INTO session (token_hash, session_id, account_id, is_full, created_at,"
                        + " last_seen_at, device, address) VALUES (:hash, :id, :account, :full,"
                        + " :created, :seen, :device, :address)")
                .bind("hash", session.tokenHash())
                .bind("id", session.sessionId())
                .bind("account", session.accountId())
                .bind("full", session.full())
                .bind("created", session.createdAt().getEpochSecond())
                .bind("seen", session.lastSeenAt().getEpochSecond())
                .bind("device", session.device())
                .bind("address", session.address())
                .execute());
  }

  @Override
  public Optional<Session.Entry> find(byte[] tokenHash) {
    return database.with(
        h ->
            h.createQuery("SELECT * FROM session WHERE token_hash = :hash")
                .bind("hash", tokenHash)
                .map((rs, context) -> entry(rs))
                .findOne());
  }

  @Override
  public void touch(byte[] tokenHash, Instant seenAt) {
    database.use(
        h ->
            h.createUpdate("UPDATE session SET last_seen_at = :seen WHERE token_hash = :hash")
                .bind("seen", seenAt.getEpochSecond())
                .bind("hash", tokenHash)
                .execute());
  }

  @Override
  public boolean remove(byte[] tokenHash) {
    return database.with(
        h ->
            h.createUpdate("DELETE FROM session WHERE token_hash = :hash")
                    .bind("hash", tokenHash)
                    .execute()
                == 1);
  }

  @Override
  public boolean remove(String accountId, String sessionId) {
    return database.with(
        h ->
            h.createUpdate("DELETE FROM session WHERE account_id = :account AND session_id = :id")
                    .bind("account", accountId)
                    .bind("id", sessionId)
                    .execute()
                == 1);
  }

  @Override
  public int removeAllBut(String accountId, byte[] keptHash) {
    return database.with(
        h ->
            h.createUpdate(
                    "DELETE FROM session WHERE account_id = :account AND token_hash <> :kept")
                .bind("account", accountId)
                .bind("kept", keptHash)
                .execute());
  }

  @Override
  public List<Session.Entry> list(String accountId) {
    return database.with(
        h ->
            h.createQuery(
                    "SELECT * FROM session WHERE account_id = :account"
                        + " ORDER BY created_at DESC, session_id LIMIT 100")
                .bind("account", accountId)
                .map((rs, context) -> entry(rs))
                .list());
  }

  @Override
  public Optional<Session.Entry> find(String accountId, String sessionId) {
    return database.with(
        h ->
            h.createQuery("SELECT * FROM session WHERE account_id = :account AND session_id = :id")
                .bind("account", accountId)
                .bind("id", sessionId)
                .map((rs, context) -> entry(rs))
                .findOne());
  }

  @Override
  public int sweep(Instant idleSince, Instant madeBefore) {
    return database.with(
        h ->
            h.createUpdate("DELETE FROM session WHERE last_seen_at < :idle OR created_at < :made")
                .bind("idle", idleSince.getEpochSecond())
                .bind("made", madeBefore.getEpochSecond())
                .execute());
  }

  private static Session.Entry entry(ResultSet rs) throws SQLException {
    return new Session.Entry(
        rs.getBytes("token_hash"),
        rs.getString("session_id"),
        rs.getString("account_id"),
        rs.getBoolean("is_full"),
        Instant.ofEpochSecond(rs.getLong("created_at")),
        Instant.ofEpochSecond(rs.getLong("last_seen_at")),
        rs.getString("device"),
        rs.getString("address"));
  }
}
