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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trefoil.core.Refusal;
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
  private final JournalFile.Watch watch;
  private final Map<String, Shelf<?>> shelves = new LinkedHashMap<>();
  private final Tidying tidying = new Tidying();
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition alone = lock.newCondition();
  private final List<Json> written = new ArrayList<>();
  private final Heads heads = new Heads();
  private @Nullable Anew anew;
  private byte[] last = new byte[JournalLine.HASH];
  private long number;
  private long anewFrom;
  private @Nullable String owed;
  private volatile boolean behind;
  private Instant latest = Instant.EPOCH;
  private Instant restoredAt = Instant.EPOCH;
  private boolean renewing;
  private boolean broken;
  private volatile boolean closed;

  private Books(
      Path folder,
      JournalFile file,
      KeyFile keyFile,
      InstantSource clock,
      long roomy,
      Executor beside,
      JournalFile.Watch watch) {
    this.folder = folder;
    this.file = file;
    this.pepper = new Pepper(keyFile, "signer-journal");
    this.clock = clock;
    this.roomy = roomy;
    this.anewFrom = roomy;
    this.beside = beside;
    this.watch = watch;
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
   * @param watch hears what is done to the files
   * @throws SignerRefused when another process has it
   */
  static Books open(
      Path folder,
      KeyFile keyFile,
      InstantSource clock,
      long roomy,
      Executor beside,
      JournalFile.Watch watch)
      throws IOException {
    JournalFile file = JournalFile.open(folder.resolve(FILE), watch);
    return new Books(folder, file, keyFile, clock, roomy, beside, watch);
  }

  /** A shelf of these books; each is named once, before they are read. */
  <T> Shelf<T> shelf(String name, Function<T, Json> write, Function<Fields, T> read) {
    Shelf<T> shelf = new Shelf<>(name, write, read, this);
    if (shelves.put(name, shelf) != null) {
      throw new IllegalStateException("two shelves of one name");
    }
    return shelf;
  }

  /** What takes from the shelves what is not needed any more, before each snapshot. */
  Tidying tidying() {
    return tidying;
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
    Reading read = new Reading(shelves, heads, pepper);
    try {
      file.lines(read::line);
      read.end();
    } catch (IllegalArgumentException e) {
      throw SignerRefused.changed(folder.resolve(FILE));
    }
    last = read.last();
    number = read.number();
    latest = read.latest();
    restoredAt = read.restoredAt();
    // A journal from before there were marks has none.
    refuseUnlessSaid(read.marked() && heads.lack(left, number), restored);
    heads.open(folder.resolve(MARK), watch);
    run(
        () -> {
          if (!read.marked()) {
            note(Reading.OWN, Reading.MARKED, Json.object().json());
          }
          if (restored) {
            number += RESTORE;
            restoredAt = now();
            note(Reading.OWN, Reading.RESTORED, time(restoredAt, number));
          }
          return restored;
        });
    heads.raise(number, last);
  }

  private void refuseUnlessSaid(boolean putBack, boolean said) {
    if (putBack && !said) {
      throw SignerRefused.putBack(folder);
    }
    if (said && !putBack) {
      throw SignerRefused.notPutBack(folder);
    }
  }

  private static Json time(Instant at, long number) {
    return Json.object().put("at", at.getEpochSecond()).put("number", number).json();
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
   * What a disk without room did not take comes first the next time: nothing runs before that.
   *
   * @throws UncheckedIOException when it is not on disk yet, or what came before it is not
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
      if (behind) {
        settle();
        LOG.info("The journal in {} is written again", folder);
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
      written.add(
          entry(
              Reading.OWN, Reading.TIME, Json.object().put("at", latest.getEpochSecond()).json()));
    }
    String text = Json.array(written, each -> each).write();
    written.clear();
    if (text.length()
        > MOST_LINE / 3) { // what is not read again is not written: nobody heard of it
      throw new IllegalStateException("too much for one line of the journal");
    }
    owed = text;
    behind = true;
    broken = false;
    settle();
    if (!renewing && file.size() > anewFrom) {
      broken = true; // whatever ends this but for want of a thread
      renewing = true;
      beginBeside();
      broken = false;
    }
  }

  /** Has on disk what is in memory. */
  private void settle() {
    try {
      String text = owed;
      if (text != null) {
        JournalLine line = JournalLine.after(last, text, pepper);
        file.append(line.bytes());
        last = line.hash();
        number++;
        owed = null;
        if (anew != null) {
          anew.hear(text);
        }
      }
      heads.raise(number, last);
    } catch (IOException e) {
      throw new UncheckedIOException("The journal in " + folder + " cannot be written now", e);
    }
    behind = false;
  }

  private void beginBeside() {
    try {
      beside.execute(this::renew);
    } catch (OutOfMemoryError e) { // what a thread is that the system does not give
      LOG.error("The journal in {} could not begin anew: {}", folder, e.toString());
      renewing = false;
      later();
    }
  }

  /** It is tried again when what is written has grown by an eighth. */
  private void later() {
    anewFrom = file.size() + file.size() / 8;
  }

  /** Writes a file beside this one that begins with what stands on the shelves now. */
  private void renew() {
    boolean done = false;
    try {
      tidying.run(this::locked); // the lock is fair
      long before = locked(this::begin);
      write(Objects.requireNonNull(anew), before);
      done = true;
    } catch (IOException e) {
      // What is written goes on where it is.
      LOG.error("The journal in {} could not begin anew: {}", folder, e.toString());
    } catch (RuntimeException e) {
      LOG.error("The journal in {} could not begin anew", folder, e);
      throw e;
    } finally {
      lock.lock();
      if (done) {
        anewFrom = Math.max(roomy, 2 * file.size());
      } else {
        later();
      }
      anew = null;
      renewing = false;
      alone.signalAll();
      lock.unlock();
    }
  }

  private <T> T locked(Supplier<T> work) throws IOException {
    lock.lock();
    try {
      refuseOver();
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  /** Gives up where nothing is written any more, also to leave the room to the journal itself. */
  private void refuseOver() throws IOException {
    if (closed || behind) {
      throw new IOException(closed ? "closed meanwhile" : "no room for the old one");
    }
  }

  private long begin() {
    List<Stream<Json>> standing = new ArrayList<>();
    standing.add(
        Stream.of(
            entry(Reading.OWN, Reading.MARKED, Json.object().json()),
            entry(
                Reading.OWN,
                Reading.TIME,
                Json.object().put("at", latest.getEpochSecond()).json())));
    shelves.values().forEach(shelf -> standing.add(shelf.standing()));
    anew = new Anew(last, number, pepper, standing);
    return number;
  }

  private void write(Anew next, long before) throws IOException {
    try (JournalFile.Fresh fresh = file.fresh()) {
      next.write(
          entry(Reading.OWN, Reading.BEGIN, next.begin()),
          line -> {
            refuseOver();
            fresh.line(line);
          });
      fresh.force();
      watch.step(JournalFile.Step.WRITTEN);
      replace(next, before, fresh);
    }
  }

  private void replace(Anew next, long before, JournalFile.Fresh fresh) throws IOException {
    lock.lock();
    try {
      refuseOver();
      next.end(
          at -> entry(Reading.OWN, Reading.RESTORED, time(restoredAt, at)),
          entry(Reading.OWN, Reading.END, Json.object().json()),
          fresh);
      fresh.force();
      boolean whole = !broken;
      try {
        file.replace(fresh, before, this::between);
      } catch (IOException e) {
        broken = !whole || fresh.taken();
        throw e;
      }
      last = next.last();
      number = next.number();
      broken = !whole;
      LOG.info("The journal began anew: {} bytes; what it was is {}.{}", file.size(), FILE, before);
      mark();
    } finally {
      lock.unlock();
    }
  }

  /** Marks a file that began anew, now or before anything else is written. */
  private void mark() {
    behind = true;
    try {
      settle();
    } catch (UncheckedIOException e) {
      LOG.warn("{}: {}", e.getMessage(), String.valueOf(e.getCause()));
    }
  }

  private void between(JournalFile.Step step) {
    if (step == JournalFile.Step.KEPT) {
      broken = true; // one of two files is the journal until this is done
    }
    watch.step(step);
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
      while (renewing) {
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
