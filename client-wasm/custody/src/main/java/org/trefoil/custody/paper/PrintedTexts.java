package org.trefoil.custody.paper;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The texts that a printed sheet holds in one piece: words, sealed key, descriptor. Secret, since
 * the words are among them.
 */
public final class PrintedTexts implements AutoCloseable {
  private final List<char[]> texts = new ArrayList<>();

  PrintedTexts() {}

  void add(char[] text) {
    texts.add(text);
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
