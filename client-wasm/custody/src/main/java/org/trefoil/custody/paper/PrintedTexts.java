package org.trefoil.custody.paper;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.units.Network;

/**
 * The texts that a printed sheet holds in one piece: words, sealed key, descriptor. Secret, since
 * the words are among them.
 */
public final class PrintedTexts implements AutoCloseable {
  private final List<char[]> texts = new ArrayList<>();
  private @Nullable Network network;

  PrintedTexts() {}

  void add(char[] text) {
    texts.add(text);
  }

  void setNetwork(Network named) {
    network = named;
  }

  /** What stands under Network; null where nothing does. */
  public @Nullable Network network() {
    return network;
  }

  /** The texts in the order of the pages, not copies. */
  public List<char[]> texts() {
    return List.copyOf(texts);
  }

  @Override
  public void close() {
    for (char[] text : texts) {
      Arrays.fill(text, '\0');
    }
  }

  @Override
  public String toString() {
    return "PrintedTexts[redacted]";
  }
}
