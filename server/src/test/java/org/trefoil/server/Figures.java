package org.trefoil.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Notes what a benchmark measured for the table of {@code e2e/bench/all}, in the file that the
 * environment names as {@code BENCH_FIGURES}; without it, does nothing.
 */
public final class Figures {
  private static final @Nullable String FILE = System.getenv("BENCH_FIGURES");

  private Figures() {}

  /**
   * One figure.
   *
   * @param group what is compared in one part of the table
   * @param row what was measured, with its unit
   * @param column on which of those that are compared
   */
  public static void note(String group, String row, String column, double value) {
    if (FILE == null) {
      return;
    }
    String line = String.format(Locale.ROOT, "%s\t%s\t%s\t%.3f%n", group, row, column, value);
    try {
      Files.writeString(Path.of(FILE), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The database that these flags of a server choose, as the table calls it. */
  public static String engine(Collection<String> flags) {
    return flags.contains("--postgres") || flags.contains("--db") ? "PostgreSQL" : "H2";
  }
}
