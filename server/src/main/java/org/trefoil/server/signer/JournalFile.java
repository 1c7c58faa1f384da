package org.trefoil.server.signer;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of a journal, one process's at a time. Another one is written beside it, and takes its
 * place whole or not at all; what was there before stays beside it under a name with its number,
 * and is never read again.
 */
final class JournalFile implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JournalFile.class);
  private static final int BUFFER = 1 << 16;

  private final Path path;
  private final Watch watch;
  private FileChannel file;
  private long end;

  private JournalFile(Path path, FileChannel file, Watch watch) {
    this.path = path;
    this.file = file;
    this.watch = watch;
  }

  /**
   * Takes the file, or makes it.
   *
   * @param watch hears what is done to it
   * @throws SignerRefused when another process has it
   */
  static JournalFile open(Path path, Watch watch) throws IOException {
    FileChannel file =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    if (lock(file)) {
      return new JournalFile(path, file, watch);
    }
    file.close();
    throw new SignerRefused("Another signer is using the folder " + path.getParent() + ".");
  }

  private static boolean lock(FileChannel file) throws IOException {
    try {
      FileLock taken = file.tryLock();
      return taken != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /**
   * Reads it a line at a time, by the channel that has the lock: closing another one on this file
   * would give it up. A last line that was not written to its end is dropped: nobody heard of it.
   */
  void lines(Consumer<String> each) throws IOException {
    file.position(0);
    InputStream in = new BufferedInputStream(Channels.newInputStream(file), BUFFER);
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    long whole = 0;
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (next == '\n') {
        whole += line.size() + 1;
        each.accept(line.toString(StandardCharsets.UTF_8));
        line.reset();
      } else if (line.size() == Books.MOST_LINE) {
        throw new IllegalArgumentException("a line without its end");
      } else {
        line.write(next);
      }
    }
    if (line.size() > 0) {
      LOG.warn("The last line of {} was not written to its end; it is dropped", path);
      file.truncate(whole);
      file.force(true);
    }
    end = whole;
  }

  /** Bytes of what was appended whole. */
  long size() {
    return end;
  }

  /** On disk when it returns; what came of it when it throws is gone with the next one. */
  void append(byte[] bytes) throws IOException {
    if (file.size() != end) {
      file.truncate(end);
    }
    file.position(end);
    write(file, bytes);
    file.force(true);
    end += bytes.length;
  }

  private void write(FileChannel to, byte[] bytes) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      to.write(rest);
    }
    watch.wrote(to != file);
  }

  /** Takes lines. */
  interface Out {
    void line(byte[] bytes) throws IOException;
  }

  /** A file that is to take the place of another; gone when it is closed before. */
  final class Fresh implements Out, AutoCloseable {
    private final Path at;
    private final FileChannel to;
    private final ByteArrayOutputStream gathered = new ByteArrayOutputStream();
    private boolean taken;

    private Fresh() throws IOException {
      at = path.resolveSibling(path.getFileName() + ".new");
      Files.deleteIfExists(at);
      to =
          FileChannel.open(
              at, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (!lock(to)) {
        to.close();
        throw new IOException("The file " + at + " is somebody else's");
      }
    }

    @Override
    public void line(byte[] bytes) throws IOException {
      gathered.writeBytes(bytes);
      if (gathered.size() > BUFFER) {
        flush();
      }
    }

    private void flush() throws IOException {
      write(to, gathered.toByteArray());
      gathered.reset();
    }

    /** Whether it took the place of the other one. */
    boolean taken() {
      return taken;
    }

    /** Has all of it on disk. */
    void force() throws IOException {
      flush();
      to.force(true);
    }

    @Override
    public void close() throws IOException {
      if (!taken) {
        to.close();
        Files.deleteIfExists(at);
      }
    }
  }

  /** Begins another file beside this one. */
  Fresh fresh() throws IOException {
    return new Fresh();
  }

  /** Hears what is done to the files. */
  interface Watch {
    void step(Step step);

    /**
     * Bytes were written, and may not be on disk.
     *
     * @param beside whether to the file that is to take the place of the other one
     * @throws IOException as a disk without room does
     */
    default void wrote(boolean beside) throws IOException {}

    /**
     * The newest head was written to its mark, and may not be in it.
     *
     * @throws IOException as a disk that fails does
     */
    default void marked() throws IOException {}
  }

  /** Steps of a replacement, between which a process may end. */
  enum Step {
    WRITTEN,
    KEPT,
    REPLACED
  }

  /**
   * Puts another file, all of which is on disk, in the place of this one; what throws before that
   * is {@link Fresh#taken} leaves this one in its place.
   *
   * @param number in the name under which this one stays
   */
  void replace(Fresh fresh, long number, Watch heard) throws IOException {
    Path kept = path.resolveSibling(path.getFileName() + "." + number);
    Files.deleteIfExists(kept);
    Files.createLink(kept, path);
    heard.step(Step.KEPT);
    Files.move(fresh.at, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    FileChannel before = file;
    fresh.taken = true;
    file = fresh.to;
    end = file.size();
    before.close();
    forceFolder();
    heard.step(Step.REPLACED);
  }

  private void forceFolder() throws IOException {
    try (FileChannel folder = FileChannel.open(path.getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
