package org.trefoil.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.trefoil.server.audit.AuditBooks;
import org.trefoil.server.audit.AuditEntry;
import org.trefoil.server.audit.AuditRow;

/**
 * The chains in the columns of {@code audit_event}. A send's later stages are written by who knows
 * the send alone; their book is found here, so that no send asks for it.
 */
public final class JdbiAuditBooks implements AuditBooks {
  private static final String LOOSE =
      "SELECT e.*, COALESCE(e.account_id, w.account_id, '') AS own_book FROM audit_event e"
          + " LEFT JOIN send s ON s.send_id = e.subject AND e.account_id IS NULL"
          + " LEFT JOIN wallet w ON w.wallet_id = s.wallet_id"
          + " WHERE e.place IS NULL ORDER BY e.event_id LIMIT :limit";
  private static final int FETCH = 500;

  private final Database database;

  public JdbiAuditBooks(Database database) {
    this.database = database;
  }

  @Override
  public List<Loose> loose(int limit) {
    return database.leading(
        h ->
            h.createQuery(LOOSE)
                .bind("limit", limit)
                .map(
                    (rs, context) ->
                        new Loose(rs.getLong("event_id"), entry(rs, rs.getString("own_book"), 0)))
                .list());
  }

  @Override
  public Optional<AuditRow> last() {
    return one("SELECT * FROM audit_event WHERE place = (SELECT MAX(place) FROM audit_event)");
  }

  @Override
  public Optional<AuditRow> at(long place) {
    return one("SELECT * FROM audit_event WHERE place = " + place);
  }

  @Override
  public Optional<AuditRow> last(String book) {
    return page(book, Long.MAX_VALUE, 1).stream().findFirst();
  }

  private Optional<AuditRow> one(String sql) {
    return database.with(h -> h.createQuery(sql).map((rs, context) -> row(rs)).findOne());
  }

  @Override
  public void place(List<Placed> rows) {
    database.use(
        h -> {
          PreparedBatch batch =
              h.prepareBatch(
                  "UPDATE audit_event SET place = :place, book = :book, seq = :seq, link = :link,"
                      + " whole = :whole, signature = :signature"
                      + " WHERE event_id = :event AND place IS NULL");
          for (Placed placed : rows) {
            AuditRow row = placed.row();
            batch
                .bind("place", row.place())
                .bind("book", row.entry().book())
                .bind("seq", row.entry().seq())
                .bind("link", row.link())
                .bind("whole", row.whole())
                .bind("signature", row.signature())
                .bind("event", placed.eventId())
                .add();
          }
          for (int changed : batch.execute()) {
            if (changed != 1) {
              throw new IllegalStateException("somebody else chains the record");
            }
          }
        });
  }

  @Override
  public List<AuditRow> page(String book, long below, int limit) {
    return database.with(
        h ->
            h.createQuery(
                    "SELECT * FROM audit_event WHERE book = :book AND seq < :below"
                        + " ORDER BY book DESC, seq DESC LIMIT :limit")
                .bind("book", book)
                .bind("below", below)
                .bind("limit", limit)
                .map((rs, context) -> row(rs))
                .list());
  }

  @Override
  public void read(@Nullable String book, Consumer<AuditRow> to) {
    database.snapshot(h -> all(h, book).map((rs, context) -> row(rs)).forEach(to));
  }

  private static Query all(Handle handle, @Nullable String book) {
    Query query =
        book == null
            ? handle.createQuery("SELECT * FROM audit_event WHERE place IS NOT NULL ORDER BY place")
            : handle
                .createQuery("SELECT * FROM audit_event WHERE book = :book ORDER BY seq")
                .bind("book", book);
    return query.setFetchSize(FETCH);
  }

  @Override
  public long looseSince(Instant before) {
    return database.with(
        h ->
            h.createQuery("SELECT COUNT(*) FROM audit_event WHERE place IS NULL AND at < :before")
                .bind("before", before.getEpochSecond())
                .mapTo(Long.class)
                .one());
  }

  private static AuditRow row(ResultSet rs) throws SQLException {
    return new AuditRow(
        rs.getLong("place"),
        entry(rs, rs.getString("book"), rs.getLong("seq")),
        rs.getBytes("link"),
        rs.getBytes("whole"),
        rs.getBytes("signature"));
  }

  private static AuditEntry entry(ResultSet rs, String book, long seq) throws SQLException {
    return new AuditEntry(
        book,
        seq,
        rs.getLong("at"),
        rs.getString("kind"),
        rs.getString("account_id"),
        rs.getString("subject"),
        rs.getString("detail"));
  }
}
