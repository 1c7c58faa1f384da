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
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
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
 * the file has grown it begins anew with a snapshot of what stands on every shelf, see {@link
 * Anew}, which is written beside it while the work goes on.
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

  /** What a restored journal is counted on by, so that it is ahead of whatever was seen of it. */
  private static final long RESTORE = 1_000_000_000_000L;

  private static final Duration NOTED = Duration.ofSeconds(10);
  private static final Duration BEHIND = Duration.ofMinutes(2);

  private final Path folder;
  private final JournalFile file;
  private final Pepper pepper;
  private final InstantSource clock;
  private final long roomy;
  private final Executor beside;
  private final Consumer<JournalFile.Step> heard;
  private final Map<String, Shelf<?>> shelves = new LinkedHashMap<>();
  private final List<Runnable> tidying = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition alone = lock.newCondition();
  private final List<Json> written = new ArrayList<>();
  private final Heads heads = new Heads();
  private @Nullable Anew anew;
  private byte[] last = new byte[JournalLine.HASH];
  private long number;
  private long snapshotAt;
  private Instant latest = Instant.EPOCH;
  private Instant restoredAt = Instant.EPOCH;
  private boolean marked;
  private boolean inSnapshot;
  private boolean broken;
  private volatile boolean closed;

  private Books(
      Path folder,
      JournalFile file,
      KeyFile keyFile,
      InstantSource clock,
      long roomy,
      Executor beside,
      Consumer<JournalFile.Step> heard) {
    this.folder = folder;
    this.file = file;
    this.pepper = new Pepper(keyFile, "signer-journal");
    this.clock = clock;
    this.roomy = roomy;
    this.beside = beside;
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
   * @param beside runs what writes that
   * @param heard of each step of that
   * @throws SignerRefused when another process has it
   */
  static Books open(
      Path folder,
      KeyFile keyFile,
      InstantSource clock,
      long roomy,
      Executor beside,
      Consumer<JournalFile.Step> heard)
      throws IOException {
    JournalFile file = JournalFile.open(folder.resolve(FILE));
    return new Books(folder, file, keyFile, clock, roomy, beside, heard);
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
    heads.open(folder.resolve(MARK));
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
    heads.raise(number, last);
  }

  private boolean putBack(@Nullable Head left) {
    // A journal from before there were marks has none.
    return marked && heads.lack(left, number);
  }

  private void refuseUnlessSaid(boolean putBack, boolean said) {
    if (putBack && !said) {
      throw SignerRefused.putBack(folder);
    }
    if (said && !putBack) {
      throw SignerRefused.notPutBack(folder);
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
      heads.raise(number, last);
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
    return SignerRefused.changed(folder.resolve(FILE));
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
    if (heads.lack(seen, number)) {
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

  static Json entry(String shelf, String key, Json value) {
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
      if (anew != null) {
        anew.hear(text);
      }
      heads.raise(number, last);
      if (anew == null && file.size() > Math.max(roomy, 2 * snapshotAt)) {
        beginAnew();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The journal in " + folder + " cannot be written", e);
    }
    broken = false;
  }

  /** Has a file be written beside this one that begins with what stands on the shelves now. */
  private void beginAnew() {
    tidying.forEach(Runnable::run);
    List<Stream<Json>> standing = new ArrayList<>();
    standing.add(
        Stream.of(
            entry(OWN, MARKED, Json.object().json()),
            entry(OWN, TIME, Json.object().put("at", latest.getEpochSecond()).json())));
    shelves.values().forEach(shelf -> standing.add(shelf.standing()));
    Anew next = new Anew(last, number, pepper, standing);
    long before = number;
    anew = next;
    beside.execute(() -> writeAnew(next, before));
  }

  private void writeAnew(Anew next, long before) {
    try (JournalFile.Fresh fresh = file.fresh()) {
      next.write(
          entry(OWN, BEGIN, next.begin()),
          line -> {
            if (closed) {
              throw new IOException("closed meanwhile");
            }
            fresh.line(line);
          });
      fresh.force();
      heard.accept(JournalFile.Step.WRITTEN);
      replace(next, before, fresh);
    } catch (IOException e) {
      // What is written goes on where it is; it is tried again when that has doubled.
      LOG.error("The journal in {} could not begin anew: {}", folder, e.toString());
    } catch (RuntimeException e) {
      LOG.error("The journal in {} could not begin anew", folder, e);
      throw e;
    } finally {
      lock.lock();
      try {
        snapshotAt = size();
        anew = null;
        alone.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  private void replace(Anew next, long before, JournalFile.Fresh fresh) throws IOException {
    lock.lock();
    try {
      if (closed) {
        throw new IOException("closed meanwhile");
      }
      next.end(
          at -> entry(OWN, RESTORED, time(restoredAt, at)),
          entry(OWN, END, Json.object().json()),
          fresh);
      fresh.force();
      boolean whole = !broken;
      broken = true; // one of two files is the journal until this is done
      file.replace(fresh, before, heard);
      last = next.last();
      number = next.number();
      heads.raise(number, last);
      broken = !whole;
      LOG.info("The journal began anew: {} bytes; what it was is {}.{}", file.size(), FILE, before);
    } finally {
      lock.unlock();
    }
  }

  private long size() {
    try {
      return file.size();
    } catch (IOException e) {
      LOG.debug("The journal was closed meanwhile", e);
      return snapshotAt;
    }
  }

  /** Nothing: whatever was answered is on disk. */
  @Override
  public void force() {}

  @Override
  public void close() {
    lock.lock();
    try {
      broken = true; // whoever comes now is answered by nobody
      closed = true;
      while (anew != null) {
        alone.awaitUninterruptibly();
      }
      pepper.close();
      file.close();
      heads.close();
    } catch (IOException e) {
      LOG.warn("The journal in {} could not be closed", folder, e);
    } finally {
      lock.unlock();
    }
  }
}
