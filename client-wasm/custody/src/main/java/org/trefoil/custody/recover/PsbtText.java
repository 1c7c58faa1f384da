package org.trefoil.custody.recover;

import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.units.Hex;

/** A PSBT as text: base64 or hexadecimal, with blanks anywhere. */
final class PsbtText {
  private static final String BASE64 = "cHNidP8";
  private static final String HEXADECIMAL = "70736274ff";

  private PsbtText() {}

  static boolean looksLikeOne(String text) {
    return text.startsWith(BASE64) || startsWithHex(text);
  }

  private static boolean startsWithHex(String text) {
    return text.length() >= HEXADECIMAL.length()
        && text.substring(0, HEXADECIMAL.length()).equalsIgnoreCase(HEXADECIMAL);
  }

  /** Refuses as {@link Psbt#parse}. */
  static Psbt parse(String text) {
    String compact = Compact.of(text, 2 * Psbt.MOST_BYTES);
    if (!startsWithHex(compact)) {
      return Psbt.parseBase64(compact);
    }
    try {
      return Psbt.parse(Hex.parse(compact));
    } catch (IllegalArgumentException e) {
      throw Refusal.of(Token.PSBT_MALFORMED, "reason", "hexadecimal").exception();
    }
  }
}
