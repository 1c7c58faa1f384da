package org.trefoil.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.trefoil.server.keyfile.Sealed;
import org.trefoil.server.secondfactor.FactorStore;
import org.trefoil.server.secondfactor.Tries;

/** Second factors in the tables {@code second_factor} and {@code recovery_code}. */
public final class JdbiFactorStore implements FactorStore {
  private final Database database;

  public JdbiFactorStore(Database database) {
    this.database = database;
  }

  /** Number of factors. */
  public long count() {
    return database.with(
        h -> h.createQuery("SELECT COUNT(*) FROM second_factor").mapTo(Long.class).one());
  }

  @Override
  public Optional<Entry> find(String accountId) {
    return database.with(
        h ->
            h.createQuery("SELECT * FROM second_factor WHERE account_id = :account")
                .bind("account", accountId)
                .map((rs, context) -> entry(rs))
                .findOne());
  }

  @Override
  public Optional<Held> lock(String accountId, Tries kind) {
    String tries = tries(kind);
    return database.with(
        h ->
            h.createQuery("SELECT * FROM second_factor WHERE account_id = :account FOR UPDATE")
                .bind("account", accountId)
                .map(
                    (rs, context) ->
                        new Held(
                            entry(rs),
                            rs.getInt(tries),
                            Instant.ofEpochSecond(rs.getLong(tries + "_since"))))
                .findOne());
  }

  private static Entry entry(ResultSet rs) throws SQLException {
    return new Entry(
        rs.getString("account_id"),
        new Sealed(rs.getBytes("totp_secret")),
        rs.getBoolean("confirmed"),
        rs.getLong("last_step"));
  }

  @Override
  public boolean begin(String accountId, Sealed secret) {
    return database.inserted(
        h ->
            h.createUpdate(
                    "INSERT INTO second_factor (account_id, totp_secret, confirmed, last_step,"
                        + " tries, tries_since) SELECT :account, :secret, FALSE, 0, 0, 0"
                        + " WHERE NOT EXISTS"
                        + " (SELECT 1 FROM second_factor WHERE account_id = :account)")
                .bind("account", accountId)
                .bind("secret", secret.bytes())
                .execute());
  }

  @Override
  public boolean confirm(String accountId, long step, List<byte[]> recoveryHashes, Instant at) {
    return database.run(
        () ->
            database.with(
                h -> {
                  int confirmed =
                      h.createUpdate(
                              "UPDATE second_factor SET confirmed = TRUE, last_step = :step"
                                  + " WHERE account_id = :account AND confirmed = FALSE")
                          .bind("step", step)
                          .bind("account", accountId)
                          .execute();
                  if (confirmed != 1) {
                    return false;
                  }
                  addRecovery(h, accountId, recoveryHashes);
                  return true;
                }));
  }

  @Override
  public void replaceSecret(String accountId, Sealed secret, long step) {
    database.use(
        h ->
            h.createUpdate(
                    "UPDATE second_factor SET totp_secret = :secret, last_step = :step,"
                        + " last_digest = NULL, tries = 0, own_tries = 0, send_tries = 0"
                        + " WHERE account_id = :account AND confirmed")
                .bind("secret", secret.bytes())
                .bind("step", step)
                .bind("account", accountId)
                .execute());
  }

  @Override
  public void replaceRecovery(String accountId, List<byte[]> recoveryHashes) {
    database.run(
        () -> {
          database.use(
              h -> {
                h.createUpdate("DELETE FROM recovery_code WHERE account_id = :account")
                    .bind("account", accountId)
                    .execute();
                addRecovery(h, accountId, recoveryHashes);
              });
        });
  }

  private static void addRecovery(Handle h, String accountId, List<byte[]> hashes) {
    for (byte[] hash : hashes) {
      h.createUpdate("INSERT INTO recovery_code (account_id, code_hash) VALUES (:account, :hash)")
          .bind("account", accountId)
          .bind("hash", hash)
          .execute();
    }
  }

  @Override
  public boolean takeTry(String accountId, Tries kind, int most, Instant windowStart, Instant now) {
    return database.with(
        h ->
            h.createUpdate(
                        "UPDATE second_factor SET"
                            + " <tries> = CASE WHEN <since> < :start THEN 1 ELSE <tries> + 1 END,"
                            + " <since> = CASE WHEN <since> < :start THEN :now ELSE <since> END"
                            + " WHERE account_id = :account"
                            + " AND (<tries> < :most OR <since> < :start)")
                    .define("tries", tries(kind))
                    .define("since", tries(kind) + "_since")
                    .bind("start", windowStart.getEpochSecond())
                    .bind("now", now.getEpochSecond())
                    .bind("account", accountId)
                    .bind("most", most)
                    .execute()
                == 1);
  }

  @Override
  public void clearTries(String accountId, Tries kind) {
    database.use(
        h ->
            h.createUpdate("UPDATE second_factor SET <tries> = 0 WHERE account_id = :account")
                .define("tries", tries(kind))
                .bind("account", accountId)
                .execute());
  }

  private static String tries(Tries kind) {
    return switch (kind) {
      case STRANGE -> "tries";
      case OWN -> "own_tries";
      case SEND -> "send_tries";
    };
  }

  @Override
  public boolean useStep(String accountId, long step, byte @Nullable [] digest) {
    return database.with(
        h ->
            h.createUpdate(
                        "UPDATE second_factor SET last_step = :step, last_digest = :digest"
                            + " WHERE account_id = :account AND confirmed AND last_step < :step")
                    .bind("step", step)
                    .bind("digest", digest)
                    .bind("account", accountId)
                    .execute()
                == 1);
  }

  @Override
  public void useUpSteps(long step) {
    database.use(
        h ->
            h.createUpdate("UPDATE second_factor SET last_step = :step WHERE last_step < :step")
                .bind("step", step)
                .execute());
  }

  @Override
  public boolean useRecovery(String accountId, byte[] hash, Instant at, byte @Nullable [] digest) {
    return database.with(
        h ->
            h.createUpdate(
                        "UPDATE recovery_code SET used_at = :at, used_digest = :digest"
                            + " WHERE account_id = :account AND code_hash = :hash"
                            + " AND used_at IS NULL")
                    .bind("at", at.getEpochSecond())
                    .bind("digest", digest)
                    .bind("account", accountId)
                    .bind("hash", hash)
                    .execute()
                == 1);
  }

  @Override
  public void useUpRecovery(Instant at) {
    database.use(
        h ->
            h.createUpdate("UPDATE recovery_code SET used_at = :at WHERE used_at IS NULL")
                .bind("at", at.getEpochSecond())
                .execute());
  }

  @Override
  public boolean knowsRecovery(String accountId, byte[] hash) {
    return database.with(
        h ->
            h.createQuery(
                        "SELECT COUNT(*) FROM recovery_code"
                            + " WHERE account_id = :account AND code_hash = :hash")
                    .bind("account", accountId)
                    .bind("hash", hash)
                    .mapTo(Integer.class)
                    .one()
                == 1);
  }

  @Override
  public int recoveryLeft(String accountId) {
    return database.with(
        h ->
            h.createQuery(
                    "SELECT COUNT(*) FROM recovery_code"
                        + " WHERE account_id = :account AND used_at IS NULL")
                .bind("account", accountId)
                .mapTo(Integer.class)
                .one());
  }
}
