package org.trefoil.vault.proof;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.trefoil.core.vectors.CoreVectors;
import org.trefoil.core.vectors.Outcome;
import org.trefoil.custody.vectors.CustodyVectors;

/** The standards' vectors, by the same runners and files as on the JVM. */
public final class Vectors {
  private Vectors() {}

  /** All vectors of core and custody; {@code files} gives the text of a file by its name. */
  public static List<Outcome> all(Function<String, String> files) {
    List<Outcome> all = new ArrayList<>(new CoreVectors(files).run());
    all.addAll(CustodyVectors.run(files));
    return all;
  }

  /** One line for each standard: its name, how many checks ran, what failed; parted by tabs. */
  static String run(List<String> names, List<String> texts) {
    Map<String, String> files = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      files.put(names.get(i), texts.get(i));
    }
    StringBuilder text = new StringBuilder();
    for (Outcome outcome : all(name -> files.getOrDefault(name, ""))) {
      text.append(outcome.standard()).append('\t').append(outcome.run()).append('\t');
      text.append(String.join(" | ", outcome.failures()).replace('\n', ' ')).append('\n');
    }
    return text.toString();
  }
}
