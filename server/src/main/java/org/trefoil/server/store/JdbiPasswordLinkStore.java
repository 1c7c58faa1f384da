package org.trefoil.server.store;

import java.time.Instant;
import java.util.Optional;
import org.trefoil.server.regain.PasswordLinkStore;

/** Links that set a new password, in the table {@code account_link}. */
public final class JdbiPasswordLinkStore implements PasswordLinkStore {
  private final Database database;

  public JdbiPasswordLinkStore(Database database) {
    this.database = database;
  }

  @Override
  public void add(Entry link) {
    database.use(
        h ->
            h.createUpdate(
                    "INSERT INTO account_link (token_hash, account_id, proof_hash, created_at,"
                        + " expires_at, tries, factor_given) VALUES (:hash, :account, :mark,"
                        + " :created, :expires, 0, :given)")
                .bind("hash", link.tokenHash())
                .bind("account", link.accountId())
                .bind("mark", link.mark())
                .bind("created", link.createdAt().getEpochSecond())
                .bind("expires", link.expiresAt().getEpochSecond())
                .bind("given", link.factorGiven())
                .execute());
  }

  @Override
  public Optional<Entry> find(byte[] tokenHash) {
    return database.with(
        h ->
            h.createQuery("SELECT * FROM account_link WHERE token_hash = :hash")
                .bind("hash", tokenHash)
                .map(
                    (rs, context) ->
                        new Entry(
                            rs.getBytes("token_hash"),
                            rs.getString("account_id"),
                            rs.getBytes("proof_hash"),
                            Instant.ofEpochSecond(rs.getLong("created_at")),
                            Instant.ofEpochSecond(rs.getLong("expires_at")),
                            rs.getBoolean("factor_given")))
                .findOne());
  }

  @Override
  public boolean takeTry(byte[] tokenHash, int most) {
    return database.with(
        h ->
            h.createUpdate(
                        "UPDATE account_link SET tries = tries + 1"
                            + " WHERE token_hash = :hash AND tries < :most")
                    .bind("hash", tokenHash)
                    .bind("most", most)
                    .execute()
                == 1);
  }

  @Override
  public boolean factorGiven(byte[] tokenHash, byte[] nextHash, Instant expiresAt) {
    return database.with(
        h ->
            h.createUpdate(
                        "UPDATE account_link SET token_hash = :next, factor_given = TRUE,"
                            + " expires_at = :expires"
                            + " WHERE token_hash = :hash AND NOT factor_given")
                    .bind("next", nextHash)
                    .bind("expires", expiresAt.getEpochSecond())
                    .bind("hash", tokenHash)
                    .execute()
                == 1);
  }

  @Override
  public boolean remove(byte[] tokenHash) {
    return database.with(
        h ->
            h.createUpdate("DELETE FROM account_link WHERE token_hash = :hash")
                    .bind("hash", tokenHash)
                    .execute()
                == 1);
  }

  @Override
  public void removeAll(String accountId) {
    database.use(h -> h.execute("DELETE FROM account_link WHERE account_id = ?", accountId));
  }

  @Override
  public int madeSince(String accountId, Instant since) {
    return since("COUNT(*)", accountId, since);
  }

  @Override
  public int triesSince(String accountId, Instant since) {
    return since("COALESCE(SUM(tries), 0)", accountId, since);
  }

  private int since(String what, String accountId, Instant since) {
    return database.with(
        h ->
            h.createQuery(
                    "SELECT "
                        + what
                        + " FROM account_link"
                        + " WHERE account_id = :account AND created_at > :since")
                .bind("account", accountId)
                .bind("since", since.getEpochSecond())
                .mapTo(Integer.class)
                .one());
  }

  @Override
  public int sweep(Instant madeBefore) {
    return database.with(
        h ->
            h.execute(
                "DELETE FROM account_link WHERE created_at < ?", madeBefore.getEpochSecond()));
  }
}
