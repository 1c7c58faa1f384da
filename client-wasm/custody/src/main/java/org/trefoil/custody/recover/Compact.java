package org.trefoil.custody.recover;

import org.trefoil.core.Refusal;
import org.trefoil.core.Token;

/** Texts without the blanks that lines of paper and terminals put into them. */
final class Compact {
  private Compact() {}

  /** The text without blanks; refuses {@code too-large} beyond {@code most} characters. */
  static String of(String text, int most) {
    StringBuilder out = new StringBuilder(Math.min(text.length(), most));
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > ' ' && c != '\u00a0') {
        out.append(c);
      }
    }
    if (out.length() > most) {
      throw Refusal.of(Token.TOO_LARGE, "limit", Integer.toString(most)).exception();
    }
    return out.toString();
  }
}
