package org.trefoil.core.units;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits texts at single characters. {@code String.split} does the same, and brings all of regular
 * expressions into the vault.
 */
public final class Splitter {
  private Splitter() {}

  /** The parts between any of {@code separators}, in order; where two meet, an empty one. */
  public static List<String> split(String text, String separators) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      if (separators.indexOf(text.charAt(i)) >= 0) {
        parts.add(text.substring(from, i));
        from = i + 1;
      }
    }
    parts.add(text.substring(from));
    return parts;
  }
}
