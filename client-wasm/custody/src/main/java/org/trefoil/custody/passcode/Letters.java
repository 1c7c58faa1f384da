package org.trefoil.custody.passcode;

import org.trefoil.core.keys.EnglishWords;

/**
 * What one more character adds, in sixteenths of a bit. A letter after a letter costs what English
 * makes of the pair, so that words no list has are still judged as words; random letters cost the
 * full 4.7 bits.
 */
final class Letters {
  private static final int DIGIT = 53;
  private static final int LETTER = 75;
  private static final int SEPARATOR = 16;
  private static final int FIRST_LETTER = 64;
  private static final int SYMBOL = 80;
  private static final int OTHER = 96;
  private static final int UPPER = 16;

  /** Words are more regular than their pairs of letters say: shown by trial on words of no list. */
  private static final int REGULARITY = 22;

  private static final int LEAST_PAIR = 12;

  private static final int[][] PAIRS = learn();

  private Letters() {}

  private static int[][] learn() {
    int[][] counts = new int[26][26];
    int[] rows = new int[26];
    for (int i = 0; i < 2048; i++) {
      count(EnglishWords.word(i), counts, rows);
    }
    int[][] costs = new int[26][26];
    for (int a = 0; a < 26; a++) {
      for (int b = 0; b < 26; b++) {
        int cost = log2(2 * rows[a] + 26) - log2(2 * counts[a][b] + 1);
        costs[a][b] = Math.max(LEAST_PAIR, Math.min(LETTER, cost - REGULARITY));
      }
    }
    return costs;
  }

  private static void count(String word, int[][] counts, int[] rows) {
    for (int k = 1; k < word.length(); k++) {
      int a = word.charAt(k - 1) - 'a';
      int b = word.charAt(k) - 'a';
      if (a >= 0 && a < 26 && b >= 0 && b < 26) {
        counts[a][b]++;
        rows[a]++;
      }
    }
  }

  /** The cost of {@code text[at]} after the character before it. */
  static int cost(char[] text, int at) {
    char c = text[at];
    if (c >= '0' && c <= '9') {
      return DIGIT;
    }
    char lower = lower(c);
    if (lower >= 'a' && lower <= 'z') {
      int upper = c == lower ? 0 : UPPER;
      char before = at == 0 ? ' ' : lower(text[at - 1]);
      boolean pair = before >= 'a' && before <= 'z';
      return upper + (pair ? PAIRS[before - 'a'][lower - 'a'] : FIRST_LETTER);
    }
    if (" -_.,!".indexOf(c) >= 0) {
      return SEPARATOR;
    }
    return c < 0x80 ? SYMBOL : OTHER;
  }

  static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
  }

  /** Logarithm to base 2 of 1 … 2^24, in sixteenths, rounded down; the same everywhere. */
  static int log2(int n) {
    int whole = 31 - Integer.numberOfLeadingZeros(n);
    long scaled = ((long) n << 24) >> whole;
    int result = whole * 16;
    for (int bit = 8; bit > 0; bit >>= 1) {
      scaled = (scaled * scaled) >> 24;
      if (scaled >= 2L << 24) {
        scaled >>= 1;
        result += bit;
      }
    }
    return result;
  }
}
