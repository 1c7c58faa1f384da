package org.trefoil.vault.standin.java.util.regex;

/** A text held against a {@link Pattern}, as a whole. */
public final class Matcher {
  private final Pattern pattern;
  private final CharSequence text;

  Matcher(Pattern pattern, CharSequence text) {
    this.pattern = pattern;
    this.text = text;
  }

  public boolean matches() {
    for (int i = 0; i < text.length(); i++) {
      if (!pattern.has(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }
}
