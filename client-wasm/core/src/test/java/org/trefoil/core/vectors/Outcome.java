package org.trefoil.core.vectors;

import java.util.ArrayList;
import java.util.List;
import org.trefoil.core.RefusedException;

/** What running the vectors of one standard came to. */
public final class Outcome {
  private final String standard;
  private final List<String> failures = new ArrayList<>();
  private int run;

  Outcome(String standard) {
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

  void same(String vector, Object expected, Object actual) {
    run++;
    if (!expected.equals(actual)) {
      failures.add(standard + ": " + vector + ": expected " + expected + ", got " + actual);
    }
  }

  /** What another runner found, which counts as one. */
  void add(List<String> found) {
    run++;
    for (String failure : found) {
      failures.add(standard + ": " + failure);
    }
  }

  /** {@code action} must refuse, and nothing but refuse. */
  void refused(String vector, Runnable action) {
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

  static List<String[]> lines(String text, int maxParts) {
    List<String[]> lines = new ArrayList<>();
    for (String line : text.split("\n")) {
      if (!line.isEmpty()) {
        lines.add(line.split(" ", maxParts));
      }
    }
    return lines;
  }
}
