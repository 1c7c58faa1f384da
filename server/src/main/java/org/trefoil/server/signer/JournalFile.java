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
 * The file of a journal, one process's at a time. Another one takes its place whole or not at all;
 * what was there before stays beside it under a name with its number, and is never read again.
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

  /** What writes the lines of the file that takes the place. */
  interface Lines {
    void write(Out out) throws IOException;
  }

  /** Takes lines. */
  interface Out {
    void line(byte[] bytes) throws IOException;
  }

  /** Steps of a replacement, between which a process may end. */
  enum Step {
    WRITTEN,
    KEPT,
    REPLACED
  }

  /**
   * Puts another file in the place of this one.
   *
   * @param number in the name under which this one stays
   */
  void replace(long number, Lines lines, Consumer<Step> heard) throws IOException {
    Path fresh = path.resolveSibling(path.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    FileChannel next =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    try {
      if (!lock(next)) {
        throw new IOException("The file " + fresh + " is somebody else's");
      }
      ByteArrayOutputStream gathered = new ByteArrayOutputStream();
      lines.write(
          bytes -> {
            gathered.writeBytes(bytes);
            if (gathered.size() > BUFFER) {
              write(next, gathered.toByteArray());
              gathered.reset();
            }
          });
      write(next, gathered.toByteArray());
      next.force(true);
      heard.accept(Step.WRITTEN);
      Path kept = path.resolveSibling(path.getFileName() + "." + number);
      Files.deleteIfExists(kept);
      Files.createLink(kept, path);
      heard.accept(Step.KEPT);
      Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException | RuntimeException e) {
      next.close();
      throw e;
    }
    FileChannel before = file;
    file = next;
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
