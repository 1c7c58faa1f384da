package org.trefoil.vault.recovery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.custody.recover.PaperKind;

/**
 * What was read off the sheets. Secret: with sheet A there are words among it, kept until they are
 * taken.
 */
final class Papers {
  private @Nullable String descriptor;
  private @Nullable String sealed;
  private char @Nullable [] words;
  private final List<char[]> shares = new ArrayList<>();

  /** Keeps a copy of what a sheet says; false when it is nothing of a sheet. */
  boolean take(char[] text) {
    switch (PaperKind.of(text)) {
      case DESCRIPTOR -> descriptor = new String(text);
      case SEALED_KEY -> sealed = new String(text);
      case WORDS -> {
        forgetWords();
        words = text.clone();
      }
      case SHARE -> takeShare(text);
      default -> {
        return false;
      }
    }
    return true;
  }

  @Nullable String descriptor() {
    return descriptor;
  }

  /** The sealed key's text: ciphertext. */
  @Nullable String sealed() {
    return sealed;
  }

  boolean hasWords() {
    return words != null;
  }

  /** The words, the caller's to wipe; they are not kept. */
  char @Nullable [] takeWords() {
    char[] taken = words;
    words = null;
    return taken;
  }

  /** How many shares of a split key were read. */
  int shares() {
    return shares.size();
  }

  /** The shares, the caller's to wipe; they are not kept. */
  List<char[]> takeShares() {
    List<char[]> taken = List.copyOf(shares);
    shares.clear();
    return taken;
  }

  /** The same sheet seen twice is one. */
  private void takeShare(char[] text) {
    for (char[] share : shares) {
      if (Arrays.equals(share, text)) {
        return;
      }
    }
    shares.add(text.clone());
  }

  private void forgetWords() {
    char[] old = takeWords();
    if (old != null) {
      Arrays.fill(old, '\0');
    }
  }

  @Override
  public String toString() {
    return "Papers[redacted]";
  }
}
