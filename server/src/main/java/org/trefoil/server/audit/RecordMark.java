package org.trefoil.server.audit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the record was, in a file of the data folder: {@code <place> <whole, 64 hex digits>}.
 * Guarantee: rows that are cut off at the end, by somebody with the database alone, are missed.
 * Limit: of several servers each knows what was chained while it led.
 */
public final class RecordMark {
  /** The name of the file. */
  public static final String FILE = "trefoil.record";

  private static final Logger LOG = LoggerFactory.getLogger("audit");

  private final Path folder;
  private final Path file;
  private final AuditBooks books;
  private final Runnable force;
  private boolean told;

  /**
   * In a data folder.
   *
   * @param force puts on disk what is committed: the file must not be ahead of the record
   */
  public RecordMark(Path folder, AuditBooks books, Runnable force) {
    this.folder = folder;
    this.file = folder.resolve(FILE);
    this.books = books;
    this.force = force;
  }

  private record Reached(long place, byte[] whole) {
    /** What a file says that cannot be read. */
    static final Reached UNREADABLE = new Reached(-1, new byte[0]);
  }

  /**
   * Notes how far the record is now; one thread at a time. What is not there any more stays noted,
   * so that whoever checks the record finds it.
   */
  public void raise() {
    AuditRow last = books.last().orElse(null);
    Reached before = read();
    boolean same = before != null && last != null && last.place() == before.place();
    if (same && books.at(last.place()).isPresent()) { // a place outlives the event that had it
      return;
    }
    if (missing().isPresent()) {
      if (!told) {
        LOG.warn("The end of the record is not what it was: run verify-audit");
        told = true;
      }
      return;
    }
    if (last != null) {
      force.run();
      write(new Reached(last.place(), Objects.requireNonNull(last.whole())));
    }
  }

  /** What is missing or another at the end, in a sentence; empty when nothing is, or none knows. */
  public Optional<String> missing() {
    Reached noted = read();
    if (noted == null) {
      return Optional.empty();
    }
    if (noted == Reached.UNREADABLE) {
      return Optional.of(
          "The file " + file + ", which says how far this server had chained, cannot be read.");
    }
    boolean there =
        books
            .at(noted.place())
            .map(AuditRow::whole)
            .filter(whole -> Arrays.equals(whole, noted.whole()))
            .isPresent();
    return there
        ? Optional.empty()
        : Optional.of(
            "Row "
                + noted.place()
                + ", up to which this server had chained, is missing or another.");
  }

  private @Nullable Reached read() {
    try {
      String[] parts = Files.readString(file, StandardCharsets.US_ASCII).strip().split(" ", 2);
      return new Reached(Long.parseLong(parts[0]), HexFormat.of().parseHex(parts[1]));
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException | IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      return Reached.UNREADABLE;
    }
  }

  private void write(Reached reached) {
    String line = reached.place() + " " + HexFormat.of().formatHex(reached.whole()) + "\n";
    Path fresh = file.resolveSibling(FILE + ".new");
    try {
      Files.writeString(fresh, line, StandardCharsets.US_ASCII);
      force(fresh, StandardOpenOption.WRITE);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        force(folder, StandardOpenOption.READ);
      }
    } catch (IOException e) {
      throw new IllegalStateException("The file " + file + " cannot be written", e);
    }
  }

  /** Puts a file, or the names in a folder, on the disk itself. */
  private static void force(Path path, StandardOpenOption how) throws IOException {
    try (FileChannel channel = FileChannel.open(path, how)) {
      channel.force(true);
    }
  }
}
