package org.trefoil.server.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where events are chained, and read in their places. */
public interface AuditBooks {
  /**
   * An event that has no place yet.
   *
   * @param entry with 0 for its number
   */
  record Loose(long eventId, AuditEntry entry) {}

  /** An event that gets its place. */
  record Placed(long eventId, AuditRow row) {}

  /**
   * Events without a place, the oldest first. Inside the caller's transaction, until whose end
   * nobody else gives places; of several processes only the one that leads may.
   */
  List<Loose> loose(int limit);

  /** The last of all that have a place. */
  Optional<AuditRow> last();

  /** The one in that place. */
  Optional<AuditRow> at(long place);

  /** The last of a book. */
  Optional<AuditRow> last(String book);

  /** Gives places, inside the same transaction as {@link #loose}. */
  void place(List<Placed> rows);

  /** A book from the newest on, or from below a number. */
  List<AuditRow> page(String book, long below, int limit);

  /** Every row of a book in its order, or for null of all, as they are at one moment. */
  void read(@Nullable String book, Consumer<AuditRow> to);

  /** How many events have no place though they were written before then. */
  long looseSince(Instant before);
}
