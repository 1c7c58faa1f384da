package org.trefoil.server.account;

import java.text.Normalizer;
import java.util.Locale;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;

/**
 * An e-mail address as a sign-in name: trimmed, NFC, lower case.
 *
 * <p>Only its shape is looked at (one {@code @} with something on both sides, no blanks or control
 * characters, at most 254 characters); whether mail arrives there does not matter here.
 */
public record Email(String text) {
  private static final int MAX = 254;

  /** Parses what a person typed, or refuses with {@code email-malformed}. */
  public static Email parse(String typed) {
    if (typed.length() > 4 * MAX) {
      throw malformed();
    }
    String text = Normalizer.normalize(typed.strip(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    int at = text.indexOf('@');
    boolean shaped =
        text.length() <= MAX && at > 0 && at == text.lastIndexOf('@') && at < text.length() - 1;
    if (!shaped || !text.codePoints().allMatch(Email::printable)) {
      throw malformed();
    }
    return new Email(text);
  }

  private static boolean printable(int c) {
    return !Character.isISOControl(c)
        && !Character.isWhitespace(c)
        && !Character.isSpaceChar(c)
        && Character.getType(c) != Character.FORMAT
        && Character.getType(c) != Character.SURROGATE
        && Character.getType(c) != Character.UNASSIGNED;
  }

  private static RuntimeException malformed() {
    return Refusal.of(Token.EMAIL_MALFORMED).exception();
  }
}
