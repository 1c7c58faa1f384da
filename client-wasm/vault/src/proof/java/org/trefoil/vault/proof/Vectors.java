package org.trefoil.vault.proof;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.trefoil.core.vectors.Outcome;
import org.trefoil.custody.vectors.CustodyVectors;

/** The standards' vectors, by the same runners and files as on the JVM. */
final class Vectors {
  private Vectors() {}

  /** One line for each standard: its name, how many checks ran, what failed; parted by tabs. */
  static String run(List<String> names, List<String> texts) {
    Map<String, String> files = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      files.put(names.get(i), texts.get(i));
    }
    Function<String, String> text = name -> files.getOrDefault(name, "");
    StringBuilder lines = new StringBuilder();
    for (Outcome outcome : CustodyVectors.withCores(text)) {
      lines.append(outcome.standard()).append('\t').append(outcome.run()).append('\t');
      lines.append(String.join(" | ", outcome.failures()).replace('\n', ' ')).append('\n');
    }
    return lines.toString();
  }
}
