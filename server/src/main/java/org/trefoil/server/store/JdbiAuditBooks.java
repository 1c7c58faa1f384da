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

/** The chains in the table {@code audit_link}, over the events in {@code audit_event}. */
public final class JdbiAuditBooks implements AuditBooks {
  /** Where chains end, also over an event that somebody removed; {@link #ROWS} misses it. */
  private static final String ENDS =
      "SELECT l.*, COALESCE(e.at, 0) AS at, COALESCE(e.kind, '') AS kind, e.account_id, e.subject,"
          + " e.detail FROM audit_link l LEFT JOIN audit_event e ON e.event_id = l.event_id"
          + " WHERE 1 = 1";

  private static final String ROWS = ENDS + " AND e.kind IS NOT NULL";
  private static final int FETCH = 500;

  private final Database database;
  private final LooseEvents loose;

  public JdbiAuditBooks(Database database) {
    this.database = database;
    this.loose = new LooseEvents(database);
  }

  @Override
  public List<Loose> loose(int limit) {
    return database.leading(h -> loose.find(h, limit));
  }

  @Override
  public Optional<AuditRow> last() {
    return one(ENDS + " AND l.place = (SELECT MAX(place) FROM audit_link)");
  }

  @Override
  public Optional<AuditRow> at(long place) {
    return one(ROWS + " AND l.place = " + place);
  }

  @Override
  public Optional<AuditRow> last(String book) {
    return page(ENDS, book, Long.MAX_VALUE, 1).stream().findFirst();
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
                  "INSERT INTO audit_link (place, event_id, book, seq, link, whole, signature)"
                      + " VALUES (:place, :event, :book, :seq, :link, :whole, :signature)");
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
          batch.execute();
          loose.placed(rows.stream().map(Placed::eventId).toList());
        });
  }

  @Override
  public List<AuditRow> page(String book, long below, int limit) {
    return page(ROWS, book, below, limit);
  }

  private List<AuditRow> page(String rows, String book, long below, int limit) {
    return database.with(
        h ->
            h.createQuery(
                    rows
                        + " AND l.book = :book AND l.seq < :below"
                        + " ORDER BY l.book DESC, l.seq DESC LIMIT :limit")
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
            ? handle.createQuery(ROWS + " ORDER BY l.place")
            : handle.createQuery(ROWS + " AND l.book = :book ORDER BY l.seq").bind("book", book);
    return query.setFetchSize(FETCH);
  }

  @Override
  public long looseSince(Instant before) {
    return database.with(h -> LooseEvents.count(h, before));
  }

  private static AuditRow row(ResultSet rs) throws SQLException {
    return new AuditRow(
        rs.getLong("place"),
        entry(rs, rs.getString("book"), rs.getLong("seq")),
        rs.getBytes("link"),
        rs.getBytes("whole"),
        rs.getBytes("signature"));
  }

  static AuditEntry entry(ResultSet rs, String book, long seq) throws SQLException {
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
