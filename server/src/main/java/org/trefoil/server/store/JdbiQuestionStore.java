package org.trefoil.server.store;

import java.time.Instant;
import java.util.Optional;
import org.trefoil.server.regain.QuestionStore;

/** Questions to keys, in the table {@code key_question}. */
public final class JdbiQuestionStore implements QuestionStore {
  private final Database database;

  public JdbiQuestionStore(Database database) {
    this.database = database;
  }

  @Override
  public void add(Entry question) {
    database.use(
        h ->
            h.createUpdate(
                    "INSERT INTO key_question (challenge, account_id, wallet_id, purpose, subject,"
                        + " with_backup, expires_at) VALUES (:challenge, :account, :wallet,"
                        + " :purpose, :subject, :backup, :expires)")
                .bind("challenge", question.challenge())
                .bind("account", question.accountId())
                .bind("wallet", question.walletId())
                .bind("purpose", question.purpose())
                .bind("subject", question.subject())
                .bind("backup", question.withBackup())
                .bind("expires", question.expiresAt().getEpochSecond())
                .execute());
  }

  @Override
  public Optional<Entry> find(String challenge) {
    return database.with(
        h ->
            h.createQuery("SELECT * FROM key_question WHERE challenge = :challenge")
                .bind("challenge", challenge)
                .map(
                    (rs, context) ->
                        new Entry(
                            rs.getString("challenge"),
                            rs.getString("account_id"),
                            rs.getString("wallet_id"),
                            rs.getString("purpose"),
                            rs.getString("subject"),
                            rs.getBoolean("with_backup"),
                            Instant.ofEpochSecond(rs.getLong("expires_at"))))
                .findOne());
  }

  @Override
  public boolean remove(String challenge) {
    return database.with(
        h -> h.execute("DELETE FROM key_question WHERE challenge = ?", challenge) == 1);
  }

  @Override
  public int sweep(Instant before) {
    return database.with(
        h -> h.execute("DELETE FROM key_question WHERE expires_at < ?", before.getEpochSecond()));
  }
}
