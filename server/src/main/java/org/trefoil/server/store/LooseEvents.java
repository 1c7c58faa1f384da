package org.trefoil.server.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.trefoil.server.audit.AuditBooks.Loose;

/**
 * Finds the events that have no place in the chains yet, without looking through all that have one.
 * Events are numbered as they are written, and seen as they are committed: a number that is missing
 * is of a transaction that is under way, or was given up. So a round looks at what is above all
 * that have a place, and at the numbers that were missing there. Every now and then it looks
 * through everything all the same.
 */
final class LooseEvents {
  /** A send's later stages are written by who knows the send alone; their book is found here. */
  private static final String LOOSE =
      "SELECT e.*, COALESCE(e.account_id, w.account_id, '') AS own_book FROM audit_event e"
          + " LEFT JOIN send s ON s.send_id = e.subject AND e.account_id IS NULL"
          + " LEFT JOIN wallet w ON w.wallet_id = s.wallet_id"
          + " WHERE NOT EXISTS (SELECT 1 FROM audit_link l WHERE l.event_id = e.event_id)";

  private static final String IN_ORDER = " ORDER BY e.event_id LIMIT :limit";

  /** Rounds after which everything is looked through again; there is one in a second at most. */
  private static final int ROUNDS = 3_600;

  /** How many missing numbers are kept in mind, and how far back they are looked for. */
  private static final int MOST_MISSING = 1_000;

  private final Database database;
  private @Nullable Known known;
  private int rounds;

  /** All numbers up to this have places, but for the missing ones. */
  private record Known(long upTo, Set<Long> missing) {}

  LooseEvents(Database database) {
    this.database = database;
  }

  /** So many of them, the oldest first, in the caller's transaction. */
  synchronized List<Loose> find(Handle handle, int limit) {
    Known now = known;
    if (now == null || ++rounds > ROUNDS) {
      return findAnywhere(handle, limit);
    }
    List<Loose> found = new ArrayList<>();
    if (!now.missing().isEmpty()) {
      found.addAll(
          rows(
              handle
                  .createQuery(LOOSE + " AND e.event_id IN (<missing>)" + IN_ORDER)
                  .bindList("missing", List.copyOf(now.missing())),
              limit));
    }
    if (found.size() < limit) {
      found.addAll(
          rows(
              handle
                  .createQuery(LOOSE + " AND e.event_id > :upTo" + IN_ORDER)
                  .bind("upTo", now.upTo()),
              limit - found.size()));
    }
    return found;
  }

  private List<Loose> findAnywhere(Handle handle, int limit) {
    known = null;
    rounds = 0;
    Known then = newest(handle); // first: what is committed after it is above it, or missing in it
    List<Loose> found = rows(handle.createQuery(LOOSE + IN_ORDER), limit);
    if (found.size() < limit) {
      database.afterCommit(() -> know(then));
    }
    return found;
  }

  private static Known newest(Handle handle) {
    long upTo =
        handle
            .createQuery("SELECT COALESCE(MAX(event_id), 0) FROM audit_event")
            .mapTo(Long.class)
            .one();
    Set<Long> there =
        new HashSet<>(
            handle
                .createQuery("SELECT event_id FROM audit_event WHERE event_id > :from")
                .bind("from", upTo - MOST_MISSING)
                .mapTo(Long.class)
                .list());
    Set<Long> missing = new TreeSet<>();
    for (long id = Math.max(1, upTo - MOST_MISSING + 1); id <= upTo; id++) {
      if (!there.contains(id)) {
        missing.add(id);
      }
    }
    return new Known(upTo, missing);
  }

  private static List<Loose> rows(Query query, int limit) {
    return query
        .bind("limit", limit)
        .map(
            (rs, context) ->
                new Loose(
                    rs.getLong("event_id"), JdbiAuditBooks.entry(rs, rs.getString("own_book"), 0)))
        .list();
  }

  private synchronized void know(Known then) {
    known = then;
  }

  /** These have places once the caller's transaction is on disk. */
  void placed(Collection<Long> eventIds) {
    database.afterCommit(() -> eventIds.stream().sorted().forEach(this::placed));
  }

  private synchronized void placed(long eventId) {
    Known now = known;
    if (now == null || now.missing().remove(eventId) || eventId <= now.upTo()) {
      return;
    }
    for (long id = now.upTo() + 1; id < eventId; id++) {
      if (now.missing().size() == MOST_MISSING) {
        known = null;
        return;
      }
      now.missing().add(id);
    }
    known = new Known(eventId, now.missing());
  }

  /** How many there are among all that were written before then. */
  static long count(Handle handle, Instant before) {
    return handle
        .createQuery(
            "SELECT COUNT(*) FROM audit_event e WHERE e.at < :before AND NOT EXISTS"
                + " (SELECT 1 FROM audit_link l WHERE l.event_id = e.event_id)")
        .bind("before", before.getEpochSecond())
        .mapTo(Long.class)
        .one();
  }
}
