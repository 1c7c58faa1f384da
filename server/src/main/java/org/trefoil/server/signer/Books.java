package org.trefoil.server.signer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.wire.Fields;
import org.trefoil.core.wire.Json;
import org.trefoil.server.durable.Transactions;
import org.trefoil.server.keyfile.KeyFile;
import org.trefoil.server.keyfile.Pepper;

/**
 * All that a signer knows: in memory, and in one file. Each piece of work is one {@link
 * JournalLine} of it, what was put on which shelf as JSON, on disk before anybody hears of it. When
 * the file has grown it begins anew with a snapshot: a line that names the last one before it, what
 * stands on every shelf, and a line that ends it.
 *
 * <p>Guarantee: work is on disk whole or not at all; a file that somebody without the key file
 * changed, or a snapshot without its end, is not opened; time never goes back over a restart; a
 * file that was put back alone is told from the one that was left. Limit: a folder that was put
 * back whole as it was earlier is told by the front alone. One piece of work runs at a time.
 */
final class Books implements Transactions, AutoCloseable {
  static final String FILE = "signer.journal";
  static final String MARK = "signer.mark";

  private static final Logger LOG = LoggerFactory.getLogger(Books.class);

  /** Bytes of a line: more than the longest request makes, six for each that JSON escapes. */
  static final int MOST_LINE = 64_000_000;

  /** The shelf of what these books say of themselves. */
  private static final String OWN = "books";

  private static final String BEGIN = "snapshot";
  private static final String END = "end";
  private static final String TIME = "at";
  private static final String MARKED = "marked";
  private static final String RESTORED = "restored";

  /** Characters in a line of a snapshot, but for its last entry. */
  private static final int ENOUGH = 100_000;

  /** What a restored journal is counted on by, so that it is ahead of whatever was seen of it. */
  private static final long RESTORE = 1_000_000_000_000L;

  private static final int REMEMBERED = 10_000;
  private static final Duration NOTED = Duration.ofSeconds(10);
  private static final Duration BEHIND = Duration.ofMinutes(2);

  private final Path folder;
  private final JournalFile file;
  private final Pepper pepper;
  private final InstantSource clock;
  private final long roomy;
  private final Consumer<JournalFile.Step> heard;
  private final Map<String, Shelf<?>> shelves = new LinkedHashMap<>();
  private final List<Runnable> tidying = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Json> written = new ArrayList<>();
  private final Map<Long, String> heads =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, String> eldest) {
          return size() > REMEMBERED;
        }
      };
  private @Nullable HeadMark mark;
  private byte[] last = new byte[JournalLine.HASH];
  private long number;
  private long snapshotAt;
  private Instant latest = Instant.EPOCH;
  private Instant restoredAt = Instant.EPOCH;
  private boolean marked;
  private boolean inSnapshot;
  private boolean broken;

  private Books(
      Path folder,
      JournalFile file,
      KeyFile keyFile,
      InstantSource clock,
      long roomy,
      Consumer<JournalFile.Step> heard) {
    this.folder = folder;
    this.file = file;
    this.pepper = new Pepper(keyFile, "signer-journal");
    this.clock = clock;
    this.roomy = roomy;
    this.heard = heard;
  }

  /** Whether there is a file in a folder. */
  static boolean exist(Path folder) {
    return Files.exists(folder.resolve(FILE));
  }

  /**
   * Takes the file of a folder, or makes it; {@link #read} comes next.
   *
   * @param clock a clock that no jump forward moves
   * @param roomy bytes from which on the file may begin anew
   * @param heard of each step of that
   * @throws SignerRefused when another process has it
   */
  static Books open(
      Path folder,
      KeyFile keyFile,
      InstantSource clock,
      long roomy,
      Consumer<JournalFile.Step> heard)
      throws IOException {
    JournalFile file = JournalFile.open(folder.resolve(FILE));
    return new Books(folder, file, keyFile, clock, roomy, heard);
  }

  /** A shelf of these books; each is named once, before they are read. */
  <T> Shelf<T> shelf(String name, Function<T, Json> write, Function<Fields, T> read) {
    Shelf<T> shelf = new Shelf<>(name, write, read, this);
    if (shelves.put(name, shelf) != null) {
      throw new IllegalStateException("two shelves of one name");
    }
    return shelf;
  }

  /** Has somebody take from the shelves what is not needed any more, before each snapshot. */
  void tidy(Runnable work) {
    tidying.add(work);
  }

  /**
   * Puts everything on its shelf.
   *
   * @param restored whether the operator says that the journal was put back
   * @throws SignerRefused when the file is not what was written, or was put back and nobody says
   *     so, or the other way round
   */
  void read(boolean restored) throws IOException {
    Head left = HeadMark.find(folder.resolve(MARK));
    try {
      file.lines(this::takeLine);
    } catch (IllegalArgumentException e) {
      throw changed();
    }
    if (inSnapshot) {
      throw changed();
    }
    refuseUnlessSaid(putBack(left), restored);
    mark = HeadMark.open(folder.resolve(MARK));
    run(
        () -> {
          if (!marked) {
            note(OWN, MARKED, Json.object().json());
            marked = true;
          }
          if (restored) {
            number += RESTORE;
            restoredAt = now();
            note(OWN, RESTORED, time(restoredAt, number));
          }
          return marked;
        });
    raise();
  }

  private boolean putBack(@Nullable Head left) {
    if (!marked) {
      return false; // a journal from before there were marks
    }
    if (left == null || left.number() > number) {
      return true;
    }
    String same = heads.get(left.number());
    return same != null && !same.equals(left.hash());
  }

  private void refuseUnlessSaid(boolean putBack, boolean said) {
    if (putBack && !said) {
      throw new SignerRefused(
          "The journal in "
              + folder
              + " was put back: what was signed, used and stopped since is not in it. Start once"
              + " with --restored, which has every limit count as used up for as long as its time.");
    }
    if (said && !putBack) {
      throw new SignerRefused(
          "The journal in " + folder + " was not put back: start without --restored.");
    }
  }

  private void takeLine(String line) {
    try {
      JournalLine next = JournalLine.read(line);
      List<Json> entries = Json.parse(next.text(), MOST_LINE).items();
      if (number == 0 && isBegin(entries)) {
        begin(entries.get(0));
      }
      if (!next.follows(last, pepper)) {
        throw changed();
      }
      last = next.hash();
      number++;
      entries.forEach(this::take);
      heads.put(number, HexFormat.of().formatHex(last));
    } catch (RefusedException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw changed();
    }
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

  private static Json time(Instant at, long number) {
    return Json.object().put("at", at.getEpochSecond()).put("number", number).json();
  }

  private SignerRefused changed() {
    return new SignerRefused(
        "The file "
            + folder.resolve(FILE)
            + " is not what this signer wrote, or its key file is another one. Put both back from"
            + " your backup.");
  }

  /** 64 bits that stand for a text, and that nobody without the key file finds another one for. */
  long fingerprint(String text) {
    byte[] hash = pepper.of(text.getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.wrap(hash).getLong();
  }

  /** When this journal was put back last; the epoch for never. */
  Instant restoredAt() {
    return restoredAt;
  }

  /** The time, which never goes back: not before the last line. */
  Instant now() {
    Instant now = clock.instant();
    return now.isBefore(latest) ? latest : now;
  }

  /** Refuses {@code signer-clock} while the clock is behind the last line. */
  void refuseBehind() {
    if (clock.instant().plus(BEHIND).isBefore(latest)) {
      throw Refusal.of(Token.SIGNER_CLOCK).exception();
    }
  }

  /** Refuses {@code signer-older} for a journal that does not hold what somebody saw of it. */
  void refuseOlder(Head seen) {
    String same = heads.get(seen.number());
    if (seen.number() > number || same != null && !same.equals(seen.hash())) {
      throw Refusal.of(Token.SIGNER_OLDER).exception();
    }
  }

  /** How far it is. */
  Head head() {
    lock.lock();
    try {
      return Head.of(number, last);
    } finally {
      lock.unlock();
    }
  }

  /** Notes what was put on a shelf; written at the end of the work. */
  void note(String shelf, String key, Json value) {
    if (!lock.isHeldByCurrentThread()) {
      throw new IllegalStateException("books are written in their own work alone");
    }
    written.add(entry(shelf, key, value));
  }

  private static Json entry(String shelf, String key, Json value) {
    return Json.object().put("shelf", shelf).put("key", key).put("value", value).json();
  }

  /**
   * Runs work; what it wrote is on disk when this returns, and also when it refuses: a try counts.
   */
  @Override
  public <T> T run(Supplier<T> work) {
    lock.lock();
    try {
      if (lock.getHoldCount() > 1) {
        return work.get();
      }
      if (broken) {
        throw new IllegalStateException("the books could not be written; start the signer again");
      }
      try {
        return work.get();
      } finally {
        write();
      }
    } finally {
      lock.unlock();
    }
  }

  private void write() {
    if (written.isEmpty()) {
      return;
    }
    broken = true; // what is in memory is ahead of the disk until this is done
    Instant now = now();
    if (!now.isBefore(latest.plus(NOTED))) {
      latest = Instant.ofEpochSecond(now.getEpochSecond());
      written.add(entry(OWN, TIME, Json.object().put("at", latest.getEpochSecond()).json()));
    }
    String text = Json.array(written, each -> each).write();
    written.clear();
    if (text.length()
        > MOST_LINE / 3) { // what is not read again is not written: nobody heard of it
      throw new IllegalStateException("too much for one line of the journal");
    }
    JournalLine line = JournalLine.after(last, text, pepper);
    try {
      file.append(line.bytes());
      last = line.hash();
      number++;
      raise();
      if (file.size() > Math.max(roomy, 2 * snapshotAt)) {
        snapshot();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The journal in " + folder + " cannot be written", e);
    }
    broken = false;
  }

  private void raise() throws UncheckedIOException {
    heads.put(number, HexFormat.of().formatHex(last));
    try {
      if (mark != null) {
        mark.raise(Head.of(number, last));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Begins the file anew with what stands on the shelves. */
  private void snapshot() throws IOException {
    tidying.forEach(Runnable::run);
    long before = number;
    file.replace(
        before,
        out -> {
          Json begin =
              Json.object()
                  .put("head", HexFormat.of().formatHex(last))
                  .put("number", number)
                  .json();
          put(out, List.of(entry(OWN, BEGIN, begin)));
          List<Json> some = new ArrayList<>();
          int length = 0;
          some.add(entry(OWN, MARKED, Json.object().json()));
          some.add(entry(OWN, TIME, Json.object().put("at", latest.getEpochSecond()).json()));
          for (Map.Entry<String, Shelf<?>> shelf : shelves.entrySet()) {
            for (String key : shelf.getValue().keys()) {
              Json each = entry(shelf.getKey(), key, shelf.getValue().json(key));
              some.add(each);
              length += each.write().length();
              if (length >= ENOUGH) {
                put(out, some);
                some.clear();
                length = 0;
              }
            }
          }
          some.add(entry(OWN, RESTORED, time(restoredAt, number)));
          put(out, some);
          put(out, List.of(entry(OWN, END, Json.object().json())));
        },
        heard);
    snapshotAt = file.size();
    raise();
    LOG.info("The journal began anew: {} bytes; what it was is {}.{}", snapshotAt, FILE, before);
  }

  private void put(JournalFile.Out out, List<Json> entries) throws IOException {
    JournalLine line = JournalLine.after(last, Json.array(entries, each -> each).write(), pepper);
    out.line(line.bytes());
    last = line.hash();
    number++;
  }

  /** Nothing: whatever was answered is on disk. */
  @Override
  public void force() {}

  @Override
  public void close() {
    lock.lock();
    try {
      broken = true; // whoever comes now is answered by nobody
      pepper.close();
      file.close();
      if (mark != null) {
        mark.close();
      }
    } catch (IOException e) {
      LOG.warn("The journal in {} could not be closed", folder, e);
    } finally {
      lock.unlock();
    }
  }
}
