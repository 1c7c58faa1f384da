package org.trefoil.server.signer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The hashes of a journal's newest lines, by their numbers; the newest one in a {@link HeadMark}
 * too, once that is open.
 */
final class Heads implements AutoCloseable {
  private static final int REMEMBERED = 10_000;

  private final Map<Long, String> hashes =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, String> eldest) {
          return size() > REMEMBERED;
        }
      };

  private @Nullable HeadMark mark;
  private JournalFile.Watch watch = step -> {};

  /**
   * Takes the file of the mark.
   *
   * @param watch hears what is done to it
   */
  void open(Path at, JournalFile.Watch watch) throws IOException {
    this.mark = HeadMark.open(at);
    this.watch = watch;
  }

  /** Hears of a line that is read. */
  void hear(long number, byte[] hash) {
    hashes.put(number, HexFormat.of().formatHex(hash));
  }

  /** Hears of a line that is on disk, and marks it. */
  void raise(long number, byte[] hash) throws IOException {
    hear(number, hash);
    if (mark != null) {
      mark.raise(Head.of(number, hash));
      watch.marked();
    }
  }

  /**
   * Whether a journal that is so far is not the one in which somebody saw a line: it ends before
   * that, or has another one in its place.
   */
  boolean lack(@Nullable Head seen, long number) {
    if (seen == null || seen.number() > number) {
      return true;
    }
    String same = hashes.get(seen.number());
    return same != null && !same.equals(seen.hash());
  }

  @Override
  public void close() throws IOException {
    if (mark != null) {
      mark.close();
    }
  }
}
