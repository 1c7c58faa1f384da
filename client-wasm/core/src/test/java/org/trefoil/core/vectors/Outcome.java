package org.trefoil.core.vectors;

import java.util.ArrayList;
import java.util.List;
import org.trefoil.core.RefusedException;
import org.trefoil.core.units.Splitter;

/** What running the vectors of one standard came to. */
public final class Outcome {
  private final String standard;
  private final List<String> failures = new ArrayList<>();
  private int run;

  public Outcome(String standard) {
    this.standard = standard;
  }

  public String standard() {
    return standard;
  }

  public int run() {
    return run;
  }

  /** One line for each vector that came out wrong; empty when all is well. */
  public List<String> failures() {
    return List.copyOf(failures);
  }

  public void same(String vector, Object expected, Object actual) {
    run++;
    if (!expected.equals(actual)) {
      failures.add(standard + ": " + vector + ": expected " + expected + ", got " + actual);
    }
  }

  /** {@code action} must refuse, and nothing but refuse. */
  public void refused(String vector, Runnable action) {
    run++;
    try {
      action.run();
      failures.add(standard + ": " + vector + ": was taken");
    } catch (RefusedException e) {
      // as it must be
    }
  }

  /** Runs {@code check}; an exception is a failure of this vector only. */
  void each(String vector, Runnable check) {
    try {
      check.run();
    } catch (RuntimeException e) {
      failures.add(standard + ": " + vector + ": " + e);
    }
  }

  /** The lines of a vector file, cut at spaces into at most {@code maxParts}; 0 for any number. */
  static List<String[]> lines(String text, int maxParts) {
    List<String[]> lines = new ArrayList<>();
    for (String line : Splitter.split(text, "\n")) {
      if (!line.isEmpty()) {
        lines.add(cut(line, maxParts));
      }
    }
    return lines;
  }

  private static String[] cut(String line, int maxParts) {
    List<String> parts = new ArrayList<>(Splitter.split(line, " "));
    while (maxParts > 0 && parts.size() > maxParts) {
      String last = parts.remove(maxParts);
      parts.set(maxParts - 1, parts.get(maxParts - 1) + " " + last);
    }
    return parts.toArray(new String[0]);
  }

  /** The lines of a vector file, cut at {@code |} into exactly {@code parts}. */
  public static List<String[]> columns(String text, int parts) {
    List<String[]> lines = new ArrayList<>();
    for (String line : Splitter.split(text, "\n")) {
      if (!line.isEmpty()) {
        String[] cut = new String[parts];
        int from = 0;
        for (int i = 0; i < parts; i++) {
          int bar = i == parts - 1 ? line.length() : line.indexOf('|', from);
          cut[i] = line.substring(from, bar);
          from = bar + 1;
        }
        lines.add(cut);
      }
    }
    return lines;
  }
}
