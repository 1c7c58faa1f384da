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
  private FileChannel file;

  private JournalFile(Path path, FileChannel file) {
    this.path = path;
    this.file = file;
  }

  /**
   * Takes the file, or makes it.
   *
   * @throws SignerRefused when another process has it
   */
  static JournalFile open(Path path) throws IOException {
    FileChannel file =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    if (lock(file)) {
      return new JournalFile(path, file);
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
    file.position(whole);
  }

  long size() throws IOException {
    return file.size();
  }

  /** On disk when it returns. */
  void append(byte[] bytes) throws IOException {
    write(file, bytes);
    file.force(true);
  }

  private static void write(FileChannel to, byte[] bytes) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      to.write(rest);
    }
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

  /** Steps of a replacement, between which a process may end. */
  enum Step {
    WRITTEN,
    KEPT,
    REPLACED
  }

  /**
   * Puts another file, all of which is on disk, in the place of this one.
   *
   * @param number in the name under which this one stays
   */
  void replace(Fresh fresh, long number, Consumer<Step> heard) throws IOException {
    Path kept = path.resolveSibling(path.getFileName() + "." + number);
    Files.deleteIfExists(kept);
    Files.createLink(kept, path);
    heard.accept(Step.KEPT);
    Files.move(fresh.at, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    FileChannel before = file;
    fresh.taken = true;
    file = fresh.to;
    before.close();
    forceFolder();
    heard.accept(Step.REPLACED);
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
