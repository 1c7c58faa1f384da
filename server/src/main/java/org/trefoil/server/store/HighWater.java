package org.trefoil.server.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * How far the database of a data folder was when something last left it, in a file beside it.
 *
 * <p>A file of H2 whose end is cut or changed opens as it was some time before, without a word; so
 * does an old copy that is put in its place. Then limits and codes would be used again. The
 * database may be ahead of this mark, which is raised after it, but never behind.
 */
final class HighWater implements AutoCloseable {
  private static final int LENGTH = 29;

  private final Path file;
  private final FileChannel channel;
  private long mark;

  private HighWater(Path file, FileChannel channel, long mark) {
    this.file = file;
    this.channel = channel;
    this.mark = mark;
  }

  /** Opens the mark of a data folder, or makes one at zero. */
  static HighWater open(Path folder) {
    Path file = folder.resolve("trefoil.mark");
    try {
      String text = Files.exists(file) ? Files.readString(file, StandardCharsets.US_ASCII) : "";
      long mark = text.isEmpty() ? 0 : parse(text, file);
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      return new HighWater(file, channel, mark);
    } catch (IOException e) {
      throw new DatabaseRefused("The file " + file + " cannot be read and written.", e);
    }
  }

  private static long parse(String text, Path file) {
    int space = text.indexOf(' ');
    try {
      long mark = Long.parseLong(text.substring(0, Math.max(0, space)));
      if (text.equals(line(mark))) {
        return mark;
      }
    } catch (NumberFormatException e) {
      throw damaged(file, e);
    }
    throw damaged(file, null);
  }

  private static DatabaseRefused damaged(Path file, @Nullable Throwable e) {
    String sentence =
        "The file "
            + file
            + " is damaged, so nobody can tell whether the database beside it is whole. Restore the"
            + " newest backup into a new folder: restore FILE --data NEWDIR.";
    return e == null ? new DatabaseRefused(sentence) : new DatabaseRefused(sentence, e);
  }

  private static String line(long mark) {
    String number = String.format("%019d", mark);
    CRC32 check = new CRC32();
    check.update(number.getBytes(StandardCharsets.US_ASCII));
    return String.format("%s %08x\n", number, check.getValue());
  }

  /** Refuses a database that is not as far as the mark. */
  void compare(long reached) {
    if (reached < mark) {
      throw new DatabaseRefused(
          "The database beside "
              + file
              + " is older than what was signed on it ("
              + reached
              + ", not "
              + mark
              + "): its end is cut, or an old copy was put in its place. Nothing is signed on it."
              + " Restore the newest backup into a new folder: restore FILE --data NEWDIR.");
    }
  }

  /** Raises the mark; on disk when it returns. */
  synchronized void raise(long reached) {
    if (reached <= mark) {
      return;
    }
    try {
      ByteBuffer line = ByteBuffer.allocate(LENGTH);
      line.put(line(reached).getBytes(StandardCharsets.US_ASCII)).flip();
      channel.write(line, 0);
      channel.force(true);
      mark = reached;
    } catch (IOException e) {
      throw new UncheckedIOException("The file " + file + " cannot be written", e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
