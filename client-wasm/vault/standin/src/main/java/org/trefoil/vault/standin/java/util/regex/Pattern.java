package org.trefoil.vault.standin.java.util.regex;

/**
 * Regular expressions of one form: any number of characters of one set, {@code [A-Z0-9 $%]*}. The
 * QR encoder asks for no other; all of {@code java.util.regex} would weigh 30 KB.
 */
public final class Pattern {
  private final String set;

  private Pattern(String set) {
    this.set = set;
  }

  /** Takes {@code [set]*}, where {@code a-z} is a range; escapes and operators are refused. */
  public static Pattern compile(String regex) {
    int end = regex.length() - 2;
    if (end < 2 || regex.charAt(0) != '[' || !regex.endsWith("]*")) {
      throw refused();
    }
    for (int i = 1; i < end; i++) {
      if ("[]\\^&".indexOf(regex.charAt(i)) >= 0) {
        throw refused();
      }
    }
    return new Pattern(regex.substring(1, end));
  }

  private static IllegalArgumentException refused() {
    return new IllegalArgumentException("no regular expressions here but [set]*");
  }

  public Matcher matcher(CharSequence text) {
    return new Matcher(this, text);
  }

  boolean has(char c) {
    for (int i = 0; i < set.length(); i++) {
      char from = set.charAt(i);
      boolean range = i + 2 < set.length() && set.charAt(i + 1) == '-';
      char to = range ? set.charAt(i + 2) : from;
      if (c >= from && c <= to) {
        return true;
      }
      i += range ? 2 : 0;
    }
    return false;
  }
}
