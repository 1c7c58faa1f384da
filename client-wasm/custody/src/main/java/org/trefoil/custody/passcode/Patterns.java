package org.trefoil.custody.passcode;

/** Runs that need no dictionary: abc, 4321, qwerty, aaaa, dates. Costs in sixteenths of a bit. */
final class Patterns {
  private static final String[] ROWS = {
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qwertzuiop",
    "azertyuiop",
    "1234567890",
    "qazwsxedcrfvtgbyhnujmikolp",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "!@#$%^&*()",
    "147258369",
    "741852963"
  };
  private static final int SHORTEST_RUN = 3;
  private static final int SEPARATOR_CHOICE = 2 * 16;

  /** A day within a century: log2(36,525) is 15.2. */
  private static final int DATE = 15 * 16 + 3;

  /** A year from 1900 to 2049. */
  private static final int YEAR = 7 * 16 + 4;

  private Patterns() {}

  /** The cost of {@code text[from … to)} as one run, or -1 when it is none. */
  static int cost(char[] text, int from, int to) {
    int length = to - from;
    if (length < SHORTEST_RUN) {
      return -1;
    }
    int best = sequence(text, from, to);
    best = cheaper(best, keyboard(text, from, to));
    return cheaper(best, date(text, from, to));
  }

  private static int cheaper(int a, int b) {
    return a < 0 ? b : b < 0 ? a : Math.min(a, b);
  }

  private static int sequence(char[] text, int from, int to) {
    int step = text[from + 1] - text[from];
    if (Math.abs(step) > 1) {
      return -1;
    }
    for (int i = from + 2; i < to; i++) {
      if (text[i] - text[i - 1] != step) {
        return -1;
      }
    }
    int start = "aA019zZ".indexOf(text[from]) >= 0 ? 2 * 16 : 4 * 16;
    return start + 16 + Letters.log2(to - from);
  }

  private static int keyboard(char[] text, int from, int to) {
    for (String row : ROWS) {
      int at = row.indexOf(Letters.lower(text[from]));
      if (at >= 0
          && (follows(row, at, 1, text, from, to) || follows(row, at, -1, text, from, to))) {
        return 6 * 16 + Letters.log2(to - from);
      }
    }
    return -1;
  }

  private static boolean follows(
      String row, int start, int direction, char[] text, int from, int to) {
    int at = start;
    for (int i = from; i < to; i++) {
      if (at < 0 || at >= row.length() || row.charAt(at) != Letters.lower(text[i])) {
        return false;
      }
      at += direction;
    }
    return true;
  }

  private static int date(char[] text, int from, int to) {
    int length = to - from;
    if (length > 10) {
      return -1;
    }
    int digits = 0;
    int separators = 0;
    int value = 0;
    for (int i = from; i < to; i++) {
      char c = text[i];
      if (c >= '0' && c <= '9') {
        digits++;
        value = value * 10 + c - '0';
      } else if (i > from && i < to - 1 && "-./ ".indexOf(c) >= 0) {
        separators++;
      } else {
        return -1;
      }
    }
    if (separators == 0 && digits == 4 && value >= 1900 && value < 2050) {
      return YEAR;
    }
    boolean separated = separators == 2 && digits >= 4 && digits <= 8;
    boolean plain = separators == 0 && (digits == 6 || digits == 8);
    if (!separated && !plain) {
      return -1;
    }
    boolean day = plain ? isDay(value, digits) : true;
    return day ? DATE + (separated ? SEPARATOR_CHOICE : 0) : -1;
  }

  /** Whether six or eight digits are a day written in one of the usual orders. */
  private static boolean isDay(int value, int digits) {
    if (digits == 6) {
      int a = value / 10000;
      int b = value / 100 % 100;
      int c = value % 100;
      return isDayMonth(a, b) || isDayMonth(b, c);
    }
    boolean yearFirst = isYear(value / 10000) && isDayMonth(value / 100 % 100, value % 100);
    boolean yearLast = isYear(value % 10000) && isDayMonth(value / 1000000, value / 10000 % 100);
    return yearFirst || yearLast;
  }

  private static boolean isYear(int n) {
    return n >= 1900 && n < 2050;
  }

  private static boolean isDayMonth(int a, int b) {
    return (a >= 1 && a <= 31 && b >= 1 && b <= 12) || (b >= 1 && b <= 31 && a >= 1 && a <= 12);
  }
}
