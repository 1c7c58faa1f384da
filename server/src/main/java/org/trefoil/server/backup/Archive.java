package org.trefoil.server.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.EOFException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.trefoil.server.keyfile.KeyFile;

/**
 * A backup as a file: gzipped lines of text, readable by anything.
 *
 * <pre>
 * trefoil-backup 1 SCHEMA MADE-AT KEY-CHECK CHAIN
 * table NAME COLUMN:KIND …
 * CELL →tab→ CELL …
 * end ROWS HMAC-SHA256 of all lines before, under the key file
 * </pre>
 *
 * It appears whole or not at all, is its owner's alone and never replaces another. It holds what
 * the database holds: what is sealed there is sealed here. The key file is not in it.
 */
public final class Archive {
  private static final String END = "end ";

  private final Path file;

  private Archive(Path file) {
    this.file = file;
  }

  public static Archive at(Path file) {
    return new Archive(file.toAbsolutePath());
  }

  /** Writes everything; answers the number of rows. */
  public long write(Head head, Tables tables, KeyFile key) throws IOException {
    claim();
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.deleteIfExists(part);
      makePrivate(part);
      long rows;
      try (FileOutputStream out = new FileOutputStream(part.toFile());
          GZIPOutputStream packed = new GZIPOutputStream(out, 1 << 16);
          BufferedWriter lines = new BufferedWriter(new OutputStreamWriter(packed, UTF_8))) {
        Writing writing = new Writing(lines, mac(key));
        writing.line(head.line());
        tables.read(writing);
        writing.end();
        lines.flush();
        packed.finish();
        out.getFD().sync();
        rows = writing.rows;
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      force(file.getParent());
      return rows;
    } catch (UncheckedIOException e) {
      forget(part);
      throw e.getCause();
    } catch (IOException | RuntimeException e) {
      forget(part);
      throw e;
    }
  }

  private void forget(Path part) throws IOException {
    Files.deleteIfExists(part);
    Files.deleteIfExists(file);
  }

  /** The name is ours from here on, or refused: it may be the only good backup that there is. */
  private void claim() throws IOException {
    try {
      makePrivate(file);
    } catch (FileAlreadyExistsException e) {
      throw new BackupRefused("There is a file " + file + " already; a backup replaces none.");
    }
  }

  private static void makePrivate(Path file) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } else {
      Files.createFile(file);
    }
  }

  private static void force(@Nullable Path folder) throws IOException {
    if (folder != null && folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  /** Its first line, whatever the rest holds. */
  public Head head() throws IOException {
    try (BufferedReader lines = open()) {
      String first = lines.readLine();
      return Head.parse(first == null ? "" : first);
    } catch (ZipException | EOFException e) {
      throw new BackupRefused("The file " + file + " is not a backup of Trefoil, or it is cut.");
    }
  }

  /** Reads all of it and compares its seal; nothing is believed before. */
  public void verify(KeyFile key) throws IOException {
    walk(key, null);
  }

  /** Hands over all rows; answers how many there were. */
  public long read(KeyFile key, Tables.Rows to) throws IOException {
    return walk(key, to);
  }

  private long walk(KeyFile key, Tables.@Nullable Rows to) throws IOException {
    Mac mac = mac(key);
    long rows = 0;
    Tables.@Nullable Table table = null;
    try (BufferedReader lines = open()) {
      String line = lines.readLine();
      while (line != null && !line.startsWith(END)) {
        add(mac, line);
        boolean isTable = Cells.isTable(line);
        if (to != null && isTable) {
          table = Cells.table(line);
          to.table(table);
        } else if (to != null && table != null) {
          to.row(Cells.row(table, line));
        }
        rows += isTable || line.startsWith(Head.MAGIC) ? 0 : 1;
        line = lines.readLine();
      }
      String sealed = END + rows + " " + HexFormat.of().formatHex(mac.doFinal());
      if (line == null || !line.equals(sealed) || lines.readLine() != null) {
        throw damaged();
      }
      return rows;
    } catch (ZipException | EOFException e) {
      throw damaged();
    }
  }

  private BackupRefused damaged() {
    return new BackupRefused(
        "The backup " + file + " is cut or was changed; nothing of it was used. Take another one.");
  }

  private BufferedReader open() throws IOException {
    return new BufferedReader(
        new InputStreamReader(new GZIPInputStream(Files.newInputStream(file), 1 << 16), UTF_8));
  }

  private static void add(Mac mac, String line) {
    mac.update(line.getBytes(UTF_8));
    mac.update((byte) '\n');
  }

  private static Mac mac(KeyFile key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.derive("trefoil/backup/1"), "HmacSHA256"));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA256 is missing", e);
    }
  }

  /** Writes lines and seals them. */
  private static final class Writing implements Tables.Rows {
    private final BufferedWriter lines;
    private final Mac mac;
    private long rows;

    Writing(BufferedWriter lines, Mac mac) {
      this.lines = lines;
      this.mac = mac;
    }

    @Override
    public void table(Tables.Table table) {
      line(Cells.line(table));
    }

    @Override
    public void row(List<@Nullable Object> values) {
      rows++;
      line(Cells.line(values));
    }

    void line(String line) {
      add(mac, line);
      put(line);
    }

    void end() {
      put(END + rows + " " + HexFormat.of().formatHex(mac.doFinal()));
    }

    private void put(String line) {
      try {
        lines.write(line);
        lines.write('\n');
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
