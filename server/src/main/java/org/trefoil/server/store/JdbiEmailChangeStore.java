package org.trefoil.server.store;

import java.time.Instant;
import java.util.Optional;
import org.trefoil.server.regain.EmailChangeStore;

/** Addresses that wait for their confirmation, in the table {@code email_change}. */
public final class JdbiEmailChangeStore implements EmailChangeStore {
  private final Database database;

  public JdbiEmailChangeStore(Database database) {
    this.database = database;
  }

  @Override
  public void put(Entry change) {
    database.run(
        () ->
            database.inserted(
                h -> {
                  h.execute("DELETE FROM email_change WHERE account_id = ?", change.accountId());
                  return h.createUpdate(
                          "INSERT INTO email_change (account_id, change_id, email, token_hash,"
                              + " expires_at) VALUES (:account, :id, :email, :hash, :expires)")
                      .bind("account", change.accountId())
                      .bind("id", change.changeId())
                      .bind("email", change.email())
                      .bind("hash", change.tokenHash())
                      .bind("expires", change.expiresAt().getEpochSecond())
                      .execute();
                }));
  }

  @Override
  public Optional<Entry> byToken(byte[] tokenHash) {
    return find("token_hash", tokenHash);
  }

  @Override
  public Optional<Entry> find(String changeId) {
    return find("change_id", changeId);
  }

  @Override
  public Optional<Entry> ofAccount(String accountId) {
    return find("account_id", accountId);
  }

  private Optional<Entry> find(String column, Object value) {
    return database.with(
        h ->
            h.createQuery("SELECT * FROM email_change WHERE <column> = :value")
                .define("column", column)
                .bind("value", value)
                .map(
                    (rs, context) ->
                        new Entry(
                            rs.getString("account_id"),
                            rs.getString("change_id"),
                            rs.getString("email"),
                            rs.getBytes("token_hash"),
                            Instant.ofEpochSecond(rs.getLong("expires_at"))))
                .findOne());
  }

  @Override
  public boolean end(String changeId) {
    return database.with(
        h -> h.execute("DELETE FROM email_change WHERE change_id = ?", changeId) == 1);
  }

  @Override
  public int sweep(Instant expiredBefore) {
    return database.with(
        h ->
            h.execute(
                "DELETE FROM email_change WHERE expires_at < ?", expiredBefore.getEpochSecond()));
  }
}
