package org.trefoil.custody.passcode;

import java.util.Arrays;
import java.util.List;

/**
 * How many guesses a text takes from somebody who tries the likely first: the cheapest way to cut
 * it into words, runs, repeats and single characters. An estimate in the manner of zxcvbn (Wheeler,
 * USENIX Security 2016): it errs low on text it knows, and of phrases from books, films and posters
 * it knows but the ones that everybody knows.
 */
final class Guessing {
  /** Longer texts are judged by their beginning, which is more than strong enough. */
  static final int MOST_JUDGED = 64;

  /** What another piece adds: where to cut, and which kind comes next. */
  private static final int CUT = 12;

  /** Phrases that everybody knows, without what stands between their words. */
  private static final String[] FAMOUS = {
    "correcthorsebatterystaple", "thequickbrownfox", "jumpsoverthelazydog", "tobeornottobe",
    "maytheforcebewithyou", "inthebeginning", "notyourkeysnotyourcoins", "chancelloronbrink"
  };

  private static final int FAMOUS_COST = 8 * 16;

  private static final int SINGLE = 0;
  private static final int PATTERN = 1;
  private static final int COMMON = 2;
  private static final int WORD = 3;
  private static final int CONTEXT = 4;

  private final Dictionary context;
  private final char[] text;
  private final char[] lower;
  private final char[] plain;
  private final char[] plainL;
  private final int[] best;
  private final int[] cutAt;
  private final int[] kind;

  private Guessing(char[] text, Dictionary context) {
    this.context = context;
    this.text = text;
    this.lower = new char[text.length];
    this.plain = new char[text.length];
    this.plainL = new char[text.length];
    for (int i = 0; i < text.length; i++) {
      lower[i] = Letters.lower(text[i]);
      plain[i] = unleet(lower[i], 'i');
      plainL[i] = unleet(lower[i], 'l');
    }
    this.best = new int[text.length + 1];
    this.cutAt = new int[text.length + 1];
    this.kind = new int[text.length + 1];
  }

  /** What was found; {@code cost} in sixteenths of a bit, shares in characters. */
  record Estimate(int cost, int judged, int common, int pattern, int context) {}

  static Estimate estimate(char[] typed, List<String> contextWords) {
    char[] text = Arrays.copyOf(typed, Math.min(typed.length, MOST_JUDGED));
    Guessing guessing = new Guessing(text, Dictionary.ofContext(contextWords));
    try {
      guessing.solve(true);
      return guessing.trace();
    } finally {
      guessing.wipe();
    }
  }

  private static char unleet(char c, char forOne) {
    return switch (c) {
      case '0' -> 'o';
      case '1', '!', '|' -> forOne;
      case '3' -> 'e';
      case '4', '@' -> 'a';
      case '5', '$' -> 's';
      case '7', '+' -> 't';
      case '8' -> 'b';
      case '9' -> 'g';
      default -> c;
    };
  }

  private void solve(boolean withRepeats) {
    for (int to = 1; to <= text.length; to++) {
      best[to] = Integer.MAX_VALUE;
      int joined = to > 1 && kind[to - 1] == SINGLE ? 0 : CUT;
      offer(to - 1, to, Letters.cost(text, to - 1) + (to == 1 ? 0 : joined), SINGLE);
      for (int from = to - 2; from >= 0; from--) {
        piece(from, to);
      }
      for (String phrase : FAMOUS) {
        famous(phrase, to);
      }
      if (withRepeats) {
        repeats(to);
      }
    }
  }

  /** Offers {@code phrase} when it ends at {@code to}, whatever separates its words. */
  private void famous(String phrase, int to) {
    int left = phrase.length();
    for (int from = to - 1; from >= 0; from--) {
      if (lower[from] == phrase.charAt(left - 1)) {
        left--;
        if (left == 0) {
          offer(from, to, FAMOUS_COST + (from == 0 ? 0 : CUT), COMMON);
          return;
        }
      } else if (left == phrase.length() || lower[from] >= 'a') {
        return;
      }
    }
  }

  private void piece(int from, int to) {
    int cut = from == 0 ? 0 : CUT;
    int run = Patterns.cost(text, from, to);
    if (run >= 0) {
      offer(from, to, run + cut, PATTERN);
    }
    int length = to - from;
    if (length < Dictionary.SHORTEST || length > Dictionary.LONGEST) {
      return;
    }
    int dressing = capitals(from, to);
    look(lower, from, to, dressing + cut);
    look(plain, from, to, dressing + cut + 2 * 16);
    look(plainL, from, to, dressing + cut + 2 * 16);
    char[] reversed = new char[length];
    for (int i = 0; i < length; i++) {
      reversed[i] = lower[to - 1 - i];
    }
    look(reversed, 0, length, from, to, dressing + cut + 16);
    Arrays.fill(reversed, '\0');
  }

  private void look(char[] spelling, int from, int to, int extra) {
    look(spelling, from, to, from, to, extra);
  }

  private void look(char[] spelling, int begin, int end, int from, int to, int extra) {
    Dictionary.Hit hit = context.find(spelling, begin, end);
    if (hit == null) {
      hit = Dictionary.general().find(spelling, begin, end);
    }
    if (hit != null) {
      int as =
          switch (hit.kind()) {
            case COMMON -> COMMON;
            case WORD -> WORD;
            case CONTEXT -> CONTEXT;
          };
      offer(from, to, hit.cost() + extra, as);
    }
  }

  /** Nothing for lower case, one bit for Capital or CAPITALS, more for capitals in odd places. */
  private int capitals(int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      if (lower[i] != text[i]) {
        count++;
      }
    }
    boolean usual = count == to - from || (count == 1 && lower[from] != text[from]);
    return count == 0 ? 0 : usual ? 16 : 16 * (1 + Math.min(count, to - from - count));
  }

  /** Offers every block that, said twice or more, ends at {@code to}; "abab" is no block itself. */
  private void repeats(int to) {
    for (int block = 1; 2 * block <= to; block++) {
      int from = to - block;
      while (from - block >= 0 && Arrays.equals(text, from - block, from, text, to - block, to)) {
        from -= block;
      }
      int times = (to - from) / block;
      if (times > 1) {
        int cost = block(to - block, block) + 16;
        for (int n = 2; n <= times; n++) {
          int start = to - n * block;
          if (n * block >= 3) {
            offer(start, to, cost + Letters.log2(n) + (start == 0 ? 0 : CUT), PATTERN);
          }
        }
        if (to - from >= 3 * block) {
          return;
        }
      }
    }
  }

  private int block(int from, int length) {
    Guessing guessing = new Guessing(Arrays.copyOfRange(text, from, from + length), context);
    guessing.solve(false);
    int cost = guessing.best[length];
    guessing.wipe();
    return cost;
  }

  private void offer(int from, int to, int cost, int as) {
    int total = best[from] + cost;
    if (total < best[to]) {
      best[to] = total;
      cutAt[to] = from;
      kind[to] = as;
    }
  }

  private Estimate trace() {
    int[] share = new int[CONTEXT + 1];
    for (int to = text.length; to > 0; to = cutAt[to]) {
      share[kind[to]] += to - cutAt[to];
    }
    return new Estimate(
        best[text.length], text.length, share[COMMON], share[PATTERN], share[CONTEXT]);
  }

  private void wipe() {
    Arrays.fill(text, '\0');
    Arrays.fill(lower, '\0');
    Arrays.fill(plain, '\0');
    Arrays.fill(plainL, '\0');
  }
}
