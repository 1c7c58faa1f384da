package org.trefoil.custody.bip39;

import org.trefoil.core.keys.EnglishWords;

/**
 * Reads words as people type them: any case, blanks around, and the first four letters are enough,
 * for no two words of the list share them.
 */
public final class Words {
  private static final int LIST = 2048;
  private static final int TELLING = 4;

  private Words() {}

  /** The value of the word typed, or -1. Never makes a String of it. */
  public static int value(char[] typed) {
    return value(typed, 0, typed.length);
  }

  static int value(char[] text, int begin, int finish) {
    int from = begin;
    int to = finish;
    while (from < to && isBlank(text[from])) {
      from++;
    }
    while (to > from && isBlank(text[to - 1])) {
      to--;
    }
    int low = 0;
    int high = LIST - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = compare(text, from, to, EnglishWords.word(middle));
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        high = middle - 1;
      } else {
        low = middle + 1;
      }
    }
    boolean prefix =
        to - from == TELLING && low < LIST && startsWith(EnglishWords.word(low), text, from, to);
    return prefix ? low : -1;
  }

  /**
   * Whether {@code word} is what was typed but for one slip: a letter wrong, missing or too many,
   * or two neighbours swapped.
   */
  public static boolean oneSlip(char[] typed, String word) {
    int longer = typed.length - word.length();
    int at = 0;
    while (at < typed.length && at < word.length() && lower(typed[at]) == word.charAt(at)) {
      at++;
    }
    return switch (longer) {
      case 0 ->
          same(typed, at + 1, word, at + 1)
              || (at + 1 < typed.length
                  && lower(typed[at]) == word.charAt(at + 1)
                  && lower(typed[at + 1]) == word.charAt(at)
                  && same(typed, at + 2, word, at + 2));
      case 1 -> same(typed, at + 1, word, at);
      case -1 -> same(typed, at, word, at + 1);
      default -> false;
    };
  }

  private static boolean same(char[] typed, int from, String word, int place) {
    int at = from;
    int other = place;
    while (at < typed.length && other < word.length() && lower(typed[at]) == word.charAt(other)) {
      at++;
      other++;
    }
    return at >= typed.length && other >= word.length();
  }

  static boolean isBlank(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\u00a0' || c == '\u3000';
  }

  private static int compare(char[] text, int from, int to, String word) {
    int n = Math.min(to - from, word.length());
    for (int i = 0; i < n; i++) {
      int difference = lower(text[from + i]) - word.charAt(i);
      if (difference != 0) {
        return difference;
      }
    }
    return (to - from) - word.length();
  }

  private static boolean startsWith(String word, char[] text, int from, int to) {
    for (int i = 0; i < to - from; i++) {
      if (i >= word.length() || word.charAt(i) != lower(text[from + i])) {
        return false;
      }
    }
    return true;
  }

  private static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
  }
}
