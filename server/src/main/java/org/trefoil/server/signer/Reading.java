package org.trefoil.server.signer;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.trefoil.core.RefusedException;
import org.trefoil.core.wire.Json;
import org.trefoil.server.keyfile.Pepper;

/**
 * A journal as it is read, a line at a time: puts what it says on the shelves, and knows what it
 * says of itself. Where it ends the books go on.
 */
final class Reading {
  /** The shelf of what books say of themselves, and what stands there. */
  static final String OWN = "books";

  static final String BEGIN = "snapshot";
  static final String END = "end";
  static final String TIME = "at";
  static final String MARKED = "marked";
  static final String RESTORED = "restored";

  private final Map<String, Shelf<?>> shelves;
  private final Heads heads;
  private final Pepper pepper;
  private byte[] last = new byte[JournalLine.HASH];
  private long number;
  private Instant latest = Instant.EPOCH;
  private Instant restoredAt = Instant.EPOCH;
  private boolean marked;
  private boolean inSnapshot;

  Reading(Map<String, Shelf<?>> shelves, Heads heads, Pepper pepper) {
    this.shelves = shelves;
    this.heads = heads;
    this.pepper = pepper;
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException for one that nobody with the key file wrote there
   */
  void line(String line) {
    try {
      JournalLine next = JournalLine.read(line);
      List<Json> entries = Json.parse(next.text(), Books.MOST_LINE).items();
      if (number == 0 && isBegin(entries)) {
        begin(entries.get(0));
      }
      if (!next.follows(last, pepper)) {
        throw changed();
      }
      last = next.hash();
      number++;
      entries.forEach(this::take);
      heads.hear(number, last);
    } catch (RefusedException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /**
   * Ends.
   *
   * @throws IllegalArgumentException where that is in the middle of a snapshot
   */
  void end() {
    if (inSnapshot) {
      throw changed();
    }
  }

  private static IllegalArgumentException changed() {
    return new IllegalArgumentException("not written there");
  }

  private static boolean isBegin(List<Json> entries) {
    return entries.size() == 1
        && entries.get(0).pick(f -> f.text("shelf").equals(OWN) && f.text("key").equals(BEGIN));
  }

  /** What a snapshot says of the line before it is believed as its own hash is over it. */
  private void begin(Json entry) {
    entry
        .pick(f -> f.value("value", value -> value))
        .read(
            f -> {
              last = HexFormat.of().parseHex(f.text("head"));
              number = f.number("number");
              return entry;
            });
    inSnapshot = true;
  }

  private void take(Json entry) {
    entry.read(
        f -> {
          String name = f.text("shelf");
          String key = f.text("key");
          Json value = f.value("value", each -> each);
          Shelf<?> shelf = shelves.get(name);
          if (name.equals(OWN)) {
            takeOwn(key, value);
          } else if (shelf == null) {
            throw changed();
          } else {
            shelf.take(key, value);
          }
          return entry;
        });
  }

  private void takeOwn(String key, Json value) {
    switch (key) {
      case BEGIN -> {
        if (!inSnapshot) {
          throw changed();
        }
      }
      case END -> inSnapshot = false;
      case MARKED -> marked = true;
      case TIME -> latest = Instant.ofEpochSecond(value.pick(f -> f.number("at")));
      case RESTORED ->
          value.read(
              f -> {
                restoredAt = Instant.ofEpochSecond(f.number("at"));
                number = f.number("number") + 1; // with the line that says so
                return value;
              });
      default -> throw changed();
    }
  }

  byte[] last() {
    return last;
  }

  long number() {
    return number;
  }

  /** The newest time in it. */
  Instant latest() {
    return latest;
  }

  /** When it was put back last; the epoch for never. */
  Instant restoredAt() {
    return restoredAt;
  }

  /** Whether it is of since there were marks. */
  boolean marked() {
    return marked;
  }
}
