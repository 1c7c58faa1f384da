package org.trefoil.server.store;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trefoil.server.signup.SignUpStore;

/** Sign-ups that wait for their code, in the table {@code sign_up}. */
public final class JdbiSignUpStore implements SignUpStore {
  private final Database database;

  public JdbiSignUpStore(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Entry> find(byte[] mailbox) {
    return database.with(
        h ->
            h.createQuery("SELECT * FROM sign_up WHERE mailbox = :mailbox")
                .bind("mailbox", mailbox)
                .map(
                    (rs, context) ->
                        new Entry(
                            rs.getBytes("mailbox"),
                            rs.getBytes("nonce"),
                            Instant.ofEpochSecond(rs.getLong("since")),
                            rs.getInt("letters"),
                            Instant.ofEpochSecond(rs.getLong("last_at")),
                            Instant.ofEpochSecond(rs.getLong("expires_at"))))
                .findOne());
  }

  @Override
  public boolean replace(@Nullable Entry old, Entry next) {
    String statement =
        old == null
            ? "INSERT INTO sign_up (mailbox, nonce, since, letters, last_at, expires_at)"
                + " SELECT :mailbox, :nonce, :since, :letters, :last, :expires"
                + " WHERE NOT EXISTS (SELECT 1 FROM sign_up WHERE mailbox = :mailbox)"
            : "UPDATE sign_up SET nonce = :nonce, since = :since, letters = :letters,"
                + " last_at = :last, expires_at = :expires WHERE mailbox = :mailbox"
                + " AND nonce = :oldNonce AND since = :oldSince AND letters = :oldLetters";
    return database.inserted(
        h -> {
          var update =
              h.createUpdate(statement)
                  .bind("mailbox", next.mailbox())
                  .bind("nonce", next.nonce())
                  .bind("since", next.since().getEpochSecond())
                  .bind("letters", next.letters())
                  .bind("last", next.lastAt().getEpochSecond())
                  .bind("expires", next.expiresAt().getEpochSecond());
          if (old != null) {
            update
                .bind("oldNonce", old.nonce())
                .bind("oldSince", old.since().getEpochSecond())
                .bind("oldLetters", old.letters());
          }
          return update.execute();
        });
  }

  @Override
  public boolean remove(byte[] mailbox, byte[] nonce) {
    return database.with(
        h ->
            h.createUpdate("DELETE FROM sign_up WHERE mailbox = :mailbox AND nonce = :nonce")
                    .bind("mailbox", mailbox)
                    .bind("nonce", nonce)
                    .execute()
                == 1);
  }

  @Override
  public int sweep(Instant begunBefore, Instant now) {
    return database.with(
        h ->
            h.createUpdate("DELETE FROM sign_up WHERE since < :begun AND expires_at <= :now")
                .bind("begun", begunBefore.getEpochSecond())
                .bind("now", now.getEpochSecond())
                .execute());
  }
}
