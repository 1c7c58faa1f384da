package org.trefoil.server.wallets;

import java.text.Normalizer;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;

/** What a person calls a wallet: 1 to 60 characters on one line. */
final class WalletName {
  private static final int MAX = 60;

  private WalletName() {}

  /** The name trimmed and in NFC, or {@code name-malformed}. */
  static String parse(String typed) {
    String name =
        typed.length() > 4 * MAX ? "" : Normalizer.normalize(typed.strip(), Normalizer.Form.NFC);
    int length = name.codePointCount(0, name.length());
    if (length == 0 || length > MAX || !name.codePoints().allMatch(WalletName::printable)) {
      throw Refusal.of(Token.NAME_MALFORMED).exception();
    }
    return name;
  }

  /** Whether all of a text can be printed, and says what it seems to. */
  static boolean printable(String text) {
    return text.codePoints().allMatch(WalletName::printable);
  }

  private static boolean printable(int c) {
    int type = Character.getType(c);
    return type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.SURROGATE
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR
        && type != Character.UNASSIGNED;
  }
}
