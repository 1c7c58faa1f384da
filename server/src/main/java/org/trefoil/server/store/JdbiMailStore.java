package org.trefoil.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;
import org.trefoil.server.keyfile.Sealed;
import org.trefoil.server.mail.MailStore;
import org.trefoil.server.store.Database.Gathered;

/** Mail in the table {@code mail}. */
public final class JdbiMailStore implements MailStore {
  private static final Gathered<Entry> ADD = JdbiMailStore::add;

  private final Database database;

  public JdbiMailStore(Database database) {
    this.database = database;
  }

  @Override
  public void add(Entry mail) {
    database.last(ADD, mail);
  }

  private static void add(Handle handle, List<Entry> mails, String end) {
    String rows = String.join(", ", Collections.nCopies(mails.size(), "(?, ?, ?, ?, ?, ?, ?, ?)"));
    Update insert =
        handle.createUpdate(
            "INSERT INTO mail (mail_id, account_id, recipient, subject, body, created_at,"
                + " tries, next_try_at) VALUES "
                + rows
                + end);
    int at = 0;
    for (Entry mail : mails) {
      Instant next = mail.nextTryAt();
      insert
          .bind(at++, mail.mailId())
          .bind(at++, mail.accountId())
          .bind(at++, mail.recipient())
          .bind(at++, mail.subject())
          .bind(at++, mail.body().bytes())
          .bind(at++, mail.createdAt().getEpochSecond())
          .bind(at++, mail.tries())
          .bind(at++, next == null ? null : (Long) next.getEpochSecond());
    }
    insert.execute();
  }

  @Override
  public List<Entry> due(Instant now, int limit) {
    return database.with(
        h ->
            h.createQuery(
                    "SELECT * FROM mail WHERE next_try_at <= :now"
                        + " ORDER BY next_try_at, mail_id LIMIT :limit")
                .bind("now", now.getEpochSecond())
                .bind("limit", limit)
                .map((rs, context) -> entry(rs))
                .list());
  }

  @Override
  public boolean claim(String mailId, int tries, Instant until) {
    return database.with(
        h ->
            h.createUpdate(
                        "UPDATE mail SET tries = tries + 1, next_try_at = :until"
                            + " WHERE mail_id = :id AND tries = :tries")
                    .bind("until", until.getEpochSecond())
                    .bind("id", mailId)
                    .bind("tries", tries)
                    .execute()
                == 1);
  }

  @Override
  public void later(String mailId, Instant next) {
    database.use(
        h ->
            h.createUpdate("UPDATE mail SET next_try_at = :next WHERE mail_id = :id")
                .bind("next", next.getEpochSecond())
                .bind("id", mailId)
                .execute());
  }

  @Override
  public void remove(String mailId) {
    database.use(h -> h.execute("DELETE FROM mail WHERE mail_id = ?", mailId));
  }

  @Override
  public List<Entry> shown(@Nullable String accountId, int limit) {
    return database.with(
        h ->
            h.createQuery(
                    "SELECT * FROM mail WHERE next_try_at IS NULL"
                        + (accountId == null ? "" : " AND account_id = :account")
                        + " ORDER BY created_at DESC, mail_id LIMIT :limit")
                .bindMap(
                    accountId == null ? java.util.Map.of() : java.util.Map.of("account", accountId))
                .bind("limit", limit)
                .map((rs, context) -> entry(rs))
                .list());
  }

  @Override
  public long waiting() {
    return database.with(
        h ->
            h.createQuery("SELECT COUNT(*) FROM mail WHERE next_try_at IS NOT NULL")
                .mapTo(Long.class)
                .one());
  }

  @Override
  public int sweep(Instant before) {
    return database.with(
        h -> h.execute("DELETE FROM mail WHERE created_at < ?", before.getEpochSecond()));
  }

  private static Entry entry(ResultSet rs) throws SQLException {
    long next = rs.getLong("next_try_at");
    boolean shown = rs.wasNull();
    return new Entry(
        rs.getString("mail_id"),
        rs.getString("account_id"),
        rs.getString("recipient"),
        rs.getString("subject"),
        new Sealed(rs.getBytes("body")),
        Instant.ofEpochSecond(rs.getLong("created_at")),
        rs.getInt("tries"),
        shown ? null : Instant.ofEpochSecond(next));
  }
}
