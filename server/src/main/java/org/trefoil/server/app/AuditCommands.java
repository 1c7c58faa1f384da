package org.trefoil.server.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.trefoil.server.audit.AuditFile;
import org.trefoil.server.audit.AuditRow;
import org.trefoil.server.audit.AuditVerifier;
import org.trefoil.server.audit.Chronicle;
import org.trefoil.server.audit.RecordMark;

/** Checking the record, in the database or in a file, and writing it to one. */
final class AuditCommands {
  /** What the program ends with when all that a file has is sound, and it may have been cut. */
  static final int PERHAPS_CUT = 3;

  private AuditCommands() {}

  /** Checks a file, and that it goes on from an earlier one if that is given. */
  static String verify(List<String> files) throws IOException {
    if (files.isEmpty() || files.size() > 2) {
      throw new StartRefused("Please give the file, and an earlier one if you have it.");
    }
    Read earlier = files.size() == 1 ? null : read(Path.of(files.get(1)), null);
    Read read = read(Path.of(files.get(0)), earlier);
    AuditVerifier.Report report = read.verifier().report();
    String book = read.head().book();
    String said =
        said(
            report,
            (book == null ? "Everybody's record" : "The record of the account " + book)
                + " on "
                + read.head().network()
                + ", signed with the key "
                + HexFormat.of().formatHex(read.head().key()));
    if (earlier != null && !earlier.verifier().report().sound()) {
      throw new StartRefused("The earlier file is not sound itself; check it alone.");
    }
    if (earlier != null && !read.goesOn().get()) {
      throw new StartRefused(
          "This file does not go on from the earlier one: its row "
              + earlier.verifier().report().last()
              + " is another or is missing, or the key is.");
    }
    AuditFile.End end = read.end();
    if (end == null) {
      throw new StartRefused(
          said
              + "\nThis file has no last line that says where it ends: an older release wrote none,"
              + " or somebody cut it. Whether the newest rows are missing cannot be known from it.",
          PERHAPS_CUT);
    }
    return said
        + "\nThe server signed that it ends there, on "
        + Instant.ofEpochSecond(end.at())
        + ".";
  }

  /** A file that was read; {@code goesOn} once the last row of the earlier one was met in it. */
  private record Read(
      AuditFile.Head head,
      AuditFile.@Nullable End end,
      AuditVerifier verifier,
      AtomicReference<Boolean> goesOn) {}

  private static Read read(Path file, @Nullable Read earlier) throws IOException {
    AtomicReference<AuditVerifier> verifier = new AtomicReference<>();
    AtomicReference<Boolean> goesOn = new AtomicReference<>(false);
    try (BufferedReader from = Files.newBufferedReader(file)) {
      AuditFile.Frame frame =
          AuditFile.read(
              from,
              found -> {
                boolean all = found.book() == null;
                AuditVerifier own = new AuditVerifier(found.network(), found.key(), all);
                verifier.set(own);
                boolean same = earlier != null && Arrays.equals(earlier.head().key(), found.key());
                return row -> {
                  own.row(row);
                  if (same && meets(row, all, earlier.verifier().report())) {
                    goesOn.set(true);
                  }
                };
              });
      AuditFile.End end = frame.end();
      if (end != null) {
        verifier.get().end(frame.head().book(), end);
      }
      return new Read(frame.head(), end, verifier.get(), goesOn);
    } catch (NoSuchFileException e) {
      throw new StartRefused("There is no file " + file + ".");
    } catch (AuditFile.Unreadable | IllegalArgumentException e) {
      throw new StartRefused(file + " is no record of Trefoil's, or damaged. " + e.getMessage());
    }
  }

  private static boolean meets(AuditRow row, boolean all, AuditVerifier.Report earlier) {
    long number = all ? row.place() : row.entry().seq();
    byte[] end = all ? row.whole() : row.link();
    return number == earlier.last() && Arrays.equals(end, earlier.end());
  }

  /** Checks what is chained in the database, and that it is as far as it was. */
  static String verify(Chronicle chronicle, RecordMark mark) {
    AuditVerifier.Report report = chronicle.verify();
    String said =
        said(mark.missing().map(report::with).orElse(report), "The record in the database");
    long late = chronicle.late();
    if (late > 0) {
      throw new StartRefused(
          said + "\n" + late + " events of more than five minutes ago are not chained.");
    }
    return said;
  }

  private static String said(AuditVerifier.Report report, String what) {
    byte[] end = report.end();
    String head =
        what
            + "\nhas "
            + report.rows()
            + " rows in "
            + report.books()
            + " books with "
            + report.signatures()
            + " signatures, and ends with row "
            + report.last()
            + (end == null ? "" : ", " + HexFormat.of().formatHex(end))
            + ".\n";
    if (report.sound()) {
      return head + "None is edited, missing or elsewhere.";
    }
    throw new StartRefused(head + String.join("\n", report.findings()));
  }

  /** Writes everybody's record to a new file that its owner alone can read. */
  static String export(Chronicle chronicle, Path file) throws IOException {
    if (Files.exists(file)) {
      throw new StartRefused("There is a file " + file + " already.");
    }
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (posix) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    try (Writer to =
        Files.newBufferedWriter(
            file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      chronicle.export(null, to);
    }
    return "The record is in " + file + ". Check it with: verify-audit " + file;
  }
}
