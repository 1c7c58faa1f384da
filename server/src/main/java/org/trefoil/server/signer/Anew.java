package org.trefoil.server.signer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.trefoil.core.wire.Json;
import org.trefoil.server.keyfile.Pepper;

/**
 * A journal that begins anew with what stood on the shelves at one moment: a line that names the
 * last one before it, what stood there, what was written to the old journal since, and a line that
 * ends it. Its lines are counted from far beyond the old ones, which go on meanwhile, so that no
 * two heads that anybody saw have one number.
 */
final class Anew {
  /** More lines than one journal gets while another one is written beside it. */
  private static final long BEYOND = 100_000_000L;

  /** Characters in a line, but for its last entry. */
  private static final int ENOUGH = 100_000;

  private final Pepper pepper;
  private final List<Stream<Json>> standing;
  private final List<String> since = new ArrayList<>();
  private final String before;
  private byte[] last;
  private long number;

  /**
   * After the last line of the old journal.
   *
   * @param standing entries, made when they are written
   */
  Anew(byte[] last, long number, Pepper pepper, List<Stream<Json>> standing) {
    this.last = last;
    this.number = number + BEYOND;
    this.pepper = pepper;
    this.standing = standing;
    this.before = HexFormat.of().formatHex(last);
  }

  /** How its first line begins it. */
  Json begin() {
    return Json.object().put("head", before).put("number", number).json();
  }

  /** Writes what stood on the shelves. */
  void write(Json begin, JournalFile.Out out) throws IOException {
    put(out, List.of(begin));
    List<Json> some = new ArrayList<>();
    int length = 0;
    for (Stream<Json> shelf : standing) {
      for (Iterator<Json> each = shelf.iterator(); each.hasNext(); ) {
        Json entry = each.next();
        some.add(entry);
        length += entry.write().length();
        if (length >= ENOUGH) {
          put(out, some);
          some.clear();
          length = 0;
        }
      }
    }
    put(out, some);
  }

  /** Hears of a line of the old journal. */
  void hear(String text) {
    since.add(text);
  }

  /**
   * Writes what was written meanwhile, and the end.
   *
   * @param restored when the journal was put back last, for the number of the line it is in
   */
  void end(Restored restored, Json end, JournalFile.Out out) throws IOException {
    for (String text : since) {
      put(out, text);
    }
    put(out, List.of(restored.at(number)));
    put(out, List.of(end));
  }

  /** What is said of when a journal was put back, and of how far it is. */
  interface Restored {
    Json at(long number);
  }

  private void put(JournalFile.Out out, List<Json> entries) throws IOException {
    put(out, Json.array(entries, each -> each).write());
  }

  private void put(JournalFile.Out out, String text) throws IOException {
    JournalLine line = JournalLine.after(last, text, pepper);
    out.line(line.bytes());
    last = line.hash();
    number++;
  }

  byte[] last() {
    return last;
  }

  long number() {
    return number;
  }
}
