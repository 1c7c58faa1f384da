package org.trefoil.server.signer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trefoil.core.RefusedException;
import org.trefoil.core.wire.Fields;
import org.trefoil.core.wire.Json;
import org.trefoil.server.durable.Transactions;
import org.trefoil.server.keyfile.KeyFile;
import org.trefoil.server.keyfile.Pepper;

/**
 * All that a signer knows: in memory, and in one file that only ever grows. Each piece of work is
 * one line of it, {@code <64 hex digits> <what was put on which shelf, JSON>}, on disk before
 * anybody hears of it; the digits are a keyed hash over the line before and this one.
 *
 * <p>Guarantee: work is on disk whole or not at all; a file that somebody without the key file
 * changed is not opened. Limit: a file that was put back as it was earlier is. One piece of work
 * runs at a time.
 */
final class Books implements Transactions, AutoCloseable {
  static final String FILE = "signer.journal";

  private static final Logger LOG = LoggerFactory.getLogger(Books.class);
  private static final int MOST_LINE = 4_000_000;
  private static final int HASH = 64;

  private final Path path;
  private final FileChannel file;
  private final Pepper pepper;
  private final Map<String, Shelf<?>> shelves = new HashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Json> written = new ArrayList<>();
  private byte[] last = new byte[HASH / 2];
  private boolean broken;

  private Books(Path path, FileChannel file, KeyFile keyFile) {
    this.path = path;
    this.file = file;
    this.pepper = new Pepper(keyFile, "signer-journal");
  }

  /** Whether there is a file in a folder. */
  static boolean exist(Path folder) {
    return Files.exists(folder.resolve(FILE));
  }

  /**
   * Takes the file of a folder, or makes it; {@link #read} comes next.
   *
   * @throws SignerRefused when another process has it
   */
  static Books open(Path folder, KeyFile keyFile) throws IOException {
    Path path = folder.resolve(FILE);
    FileChannel file =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      FileLock taken = file.tryLock();
      if (taken != null) {
        return new Books(path, file, keyFile);
      }
    } catch (OverlappingFileLockException e) {
      LOG.warn("The folder {} is open already", folder);
    }
    file.close();
    throw new SignerRefused("Another signer is using the folder " + folder + ".");
  }

  /** A shelf of these books; each is named once, before they are read. */
  <T> Shelf<T> shelf(String name, Function<T, Json> write, Function<Fields, T> read) {
    Shelf<T> shelf = new Shelf<>(name, write, read, this);
    if (shelves.put(name, shelf) != null) {
      throw new IllegalStateException("two shelves of one name");
    }
    return shelf;
  }

  /**
   * Puts everything on its shelf. A last line that was not written to its end is dropped: nobody
   * heard of it.
   *
   * @throws SignerRefused when the file is not what was written
   */
  void read() throws IOException {
    byte[] all = all();
    int from = 0;
    for (int at = 0; at < all.length; at++) {
      if (all[at] == '\n') {
        take(new String(all, from, at - from, StandardCharsets.UTF_8));
        from = at + 1;
      }
    }
    if (from < all.length) {
      LOG.warn("The last line of {} was not written to its end; it is dropped", path);
      file.truncate(from);
      file.force(true);
    }
    file.position(from);
  }

  /** By the channel that has the lock: closing another one on this file would give it up. */
  private byte[] all() throws IOException {
    ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(file.size()));
    while (all.hasRemaining() && file.read(all) >= 0) {
      continue;
    }
    return all.array();
  }

  private void take(String line) {
    try {
      byte[] hash = HexFormat.of().parseHex(line.substring(0, HASH));
      String text = line.substring(HASH + 1);
      byte[] expected = pepper.of(last, text.getBytes(StandardCharsets.UTF_8));
      if (!MessageDigest.isEqual(hash, expected)) {
        throw changed();
      }
      for (Json entry : Json.parse(text, MOST_LINE).items()) {
        entry.read(
            f -> {
              Shelf<?> shelf = shelves.get(f.text("shelf"));
              if (shelf == null) {
                throw changed();
              }
              shelf.take(f.text("key"), f.value("value", value -> value));
              return entry;
            });
      }
      last = expected;
    } catch (RefusedException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw changed();
    }
  }

  private SignerRefused changed() {
    return new SignerRefused(
        "The file "
            + path
            + " is not what this signer wrote, or its key file is another one. Put both back from"
            + " your backup.");
  }

  /** Notes what was put on a shelf; written at the end of the work. */
  void note(String shelf, String key, Json value) {
    if (!lock.isHeldByCurrentThread()) {
      throw new IllegalStateException("books are written in their own work alone");
    }
    written.add(Json.object().put("shelf", shelf).put("key", key).put("value", value).json());
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
    String text = Json.array(written, entry -> entry).write();
    written.clear();
    byte[] hash = pepper.of(last, text.getBytes(StandardCharsets.UTF_8));
    String line = HexFormat.of().formatHex(hash) + " " + text + "\n";
    ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
    try {
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      file.force(true);
    } catch (IOException e) {
      throw new UncheckedIOException("The file " + path + " cannot be written", e);
    }
    last = hash;
    broken = false;
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
    } catch (IOException e) {
      LOG.warn("The file {} could not be closed", path, e);
    } finally {
      lock.unlock();
    }
  }
}
