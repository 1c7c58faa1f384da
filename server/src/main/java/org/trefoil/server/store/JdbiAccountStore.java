package org.trefoil.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trefoil.server.account.Account;
import org.trefoil.server.account.AccountStore;
import org.trefoil.server.account.Email;
import org.trefoil.server.account.SignInSecret;

/** Accounts in the table {@code account}. */
public final class JdbiAccountStore implements AccountStore {
  private final Database database;

  public JdbiAccountStore(Database database) {
    this.database = database;
  }

  @Override
  public boolean add(Account account, SignInSecret secret) {
    return database.inserted(
        h ->
            h.createUpdate(
                    "INSERT INTO account (account_id, email, created_at, email_confirmed_at, salt,"
                        + " kdf_memory_kib, kdf_iterations, kdf_parallelism, proof_salt,"
                        + " proof_hash) SELECT :id, :email, :created, CAST(:confirmed AS BIGINT), :salt, :memory,"
                        + " :iterations, :parallelism, :proofSalt, :proofHash"
                        + " WHERE NOT EXISTS (SELECT 1 FROM account WHERE email = :email)")
                .bind("id", account.accountId())
                .bind("email", account.email())
                .bind("created", account.createdAt().getEpochSecond())
                .bind("confirmed", seconds(account.confirmedAt()))
                .bind("salt", secret.salt())
                .bind("memory", secret.memoryKiB())
                .bind("iterations", secret.iterations())
                .bind("parallelism", secret.parallelism())
                .bind("proofSalt", secret.proofSalt())
                .bind("proofHash", secret.proofHash())
                .execute());
  }

  @Override
  public Optional<Entry> byEmail(Email email) {
    return database.with(
        h ->
            h.createQuery("SELECT * FROM account WHERE email = :email")
                .bind("email", email.text())
                .map((rs, context) -> entry(rs))
                .findOne());
  }

  @Override
  public Optional<Entry> byId(String accountId) {
    return database.with(
        h ->
            h.createQuery("SELECT * FROM account WHERE account_id = :id")
                .bind("id", accountId)
                .map((rs, context) -> entry(rs))
                .findOne());
  }

  @Override
  public Map<String, String> emails(Collection<String> accountIds) {
    Map<String, String> emails = new HashMap<>();
    database.use(
        h ->
            Among.each(
                h,
                "SELECT account_id, email FROM account WHERE account_id IN (<ids>)",
                accountIds,
                rs -> emails.put(rs.getString(1), rs.getString(2))));
    return emails;
  }

  @Override
  public boolean replaceSecret(String accountId, SignInSecret old, SignInSecret fresh) {
    return database.with(
        h ->
            h.createUpdate(
                        "UPDATE account SET salt = :salt, kdf_memory_kib = :memory,"
                            + " kdf_iterations = :iterations, kdf_parallelism = :parallelism,"
                            + " proof_salt = :proofSalt, proof_hash = :proofHash"
                            + " WHERE account_id = :id AND proof_hash = :oldHash")
                    .bind("salt", fresh.salt())
                    .bind("memory", fresh.memoryKiB())
                    .bind("iterations", fresh.iterations())
                    .bind("parallelism", fresh.parallelism())
                    .bind("proofSalt", fresh.proofSalt())
                    .bind("proofHash", fresh.proofHash())
                    .bind("id", accountId)
                    .bind("oldHash", old.proofHash())
                    .execute()
                == 1);
  }

  @Override
  public boolean replaceEmail(String accountId, String old, String fresh, Instant confirmedAt) {
    return database.inserted(
        h ->
            h.createUpdate(
                    "UPDATE account SET email = :fresh, email_confirmed_at = :confirmed"
                        + " WHERE account_id = :id AND email = :old"
                        + " AND NOT EXISTS (SELECT 1 FROM account a WHERE a.email = :fresh)")
                .bind("fresh", fresh)
                .bind("confirmed", confirmedAt.getEpochSecond())
                .bind("id", accountId)
                .bind("old", old)
                .execute());
  }

  @Override
  public boolean removeUnfinished(String accountId) {
    return database.with(
        h -> {
          for (String first :
              new String[] {
                "DELETE FROM second_factor WHERE account_id = ? AND NOT confirmed",
                "DELETE FROM account_link WHERE account_id = ? AND NOT EXISTS"
                    + " (SELECT 1 FROM second_factor f"
                    + " WHERE f.account_id = account_link.account_id)",
                "DELETE FROM session WHERE account_id = ? AND NOT EXISTS"
                    + " (SELECT 1 FROM second_factor f WHERE f.account_id = session.account_id)"
              }) {
            h.execute(first, accountId);
          }
          return h.execute(
                  "DELETE FROM account WHERE account_id = ? AND NOT EXISTS"
                      + " (SELECT 1 FROM second_factor f WHERE f.account_id = account.account_id)",
                  accountId)
              == 1;
        });
  }

  @Override
  public long count() {
    return database.with(
        h -> h.createQuery("SELECT COUNT(*) FROM account").mapTo(Long.class).one());
  }

  private static @Nullable Long seconds(@Nullable Instant at) {
    return at == null ? null : at.getEpochSecond();
  }

  private static @Nullable Instant moment(@Nullable Long seconds) {
    return seconds == null ? null : Instant.ofEpochSecond(seconds);
  }

  private static Entry entry(ResultSet rs) throws SQLException {
    return new Entry(
        new Account(
            rs.getString("account_id"),
            rs.getString("email"),
            Instant.ofEpochSecond(rs.getLong("created_at")),
            moment(rs.getObject("email_confirmed_at", Long.class))),
        new SignInSecret(
            rs.getString("salt"),
            rs.getInt("kdf_memory_kib"),
            rs.getInt("kdf_iterations"),
            rs.getInt("kdf_parallelism"),
            rs.getBytes("proof_salt"),
            rs.getBytes("proof_hash")));
  }
}
