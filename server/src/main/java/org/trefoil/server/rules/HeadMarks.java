package org.trefoil.server.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The newest head of each wallet that this server wrote or saw, in a file of the data folder: lines
 * {@code <wallet> head <number>.<version> <digest, 64 hex digits>}, of which the last one of a
 * wallet counts. Guarantee: what stands here was committed before, and is on disk when {@link
 * #raise} returns. Limit: a change that another server made is learned when this one meets it; one
 * after which the process ended before it was written here, likewise.
 *
 * <p>First heads are left out: nothing comes before them.
 */
public final class HeadMarks {
  /** The name of the file. */
  public static final String FILE = "trefoil.heads";

  private static final long FIRST = 1;

  private final @Nullable Path file;
  private final Runnable force;
  private final Map<String, HeadNote> newest = new ConcurrentHashMap<>();

  private HeadMarks(@Nullable Path file, Runnable force) {
    this.file = file;
    this.force = force;
  }

  /** Those of a process without a data folder. */
  public static HeadMarks inMemory() {
    return new HeadMarks(null, () -> {});
  }

  /**
   * Reads those of a data folder. A last line that was not written to its end is dropped.
   *
   * @param force puts on disk what is committed: the file must not be ahead of the database
   * @throws IOException when the file cannot be read, or is not what was written
   */
  public static HeadMarks inFolder(Path folder, Runnable force) throws IOException {
    Path file = folder.resolve(FILE);
    HeadMarks marks = new HeadMarks(file, force);
    try {
      String text = new String(Files.readAllBytes(file), StandardCharsets.US_ASCII);
      text.substring(0, text.lastIndexOf('\n') + 1).lines().forEach(marks::take);
    } catch (NoSuchFileException e) {
      return marks;
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
    marks.compact(file);
    return marks;
  }

  private void take(String line) {
    String[] parts = line.split(" ", 2);
    HeadNote note = parts.length == 2 ? HeadNote.newest(List.of(parts[1])) : null;
    if (note == null) {
      throw new IllegalArgumentException("Not a head: " + line);
    }
    newest.put(parts[0], note);
  }

  private void compact(Path file) throws IOException {
    String text =
        newest.entrySet().stream()
            .map(mark -> line(mark.getKey(), mark.getValue()))
            .collect(Collectors.joining());
    Path fresh = file.resolveSibling(FILE + ".new");
    Files.deleteIfExists(fresh);
    append(fresh, text);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The newest head of a wallet; null where none but the first was met. */
  @Nullable HeadNote of(String walletId) {
    return newest.get(walletId);
  }

  /** Marks a head that is committed, unless it or a newer one is marked. */
  synchronized void raise(String walletId, HeadNote head) {
    HeadNote known = newest.get(walletId);
    if (head.step() <= (known == null ? FIRST : known.step())) {
      return;
    }
    if (file != null) {
      force.run();
      try {
        append(file, line(walletId, head));
      } catch (IOException e) {
        throw new UncheckedIOException("The file " + file + " cannot be written", e);
      }
    }
    newest.put(walletId, head);
  }

  private static String line(String walletId, HeadNote head) {
    return walletId + " " + head.text() + "\n";
  }

  /** On disk when it returns; nothing is left of what could not be written whole. */
  private static void append(Path file, String text) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      long end = channel.size();
      channel.position(end);
      try {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      } catch (IOException e) {
        channel.truncate(end);
        throw e;
      }
    }
  }
}
