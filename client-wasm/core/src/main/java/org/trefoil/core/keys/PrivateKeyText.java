package org.trefoil.core.keys;

import java.util.Locale;
import org.bitcoinj.base.Base58;
import org.bitcoinj.base.exceptions.AddressFormatException;
import org.trefoil.core.units.Splitter;

/** Recognises private keys where public ones are expected, so that they are never taken in. */
public final class PrivateKeyText {
  /** More than the eight letters of a descriptor's checksum, which may begin with {@code tprv}. */
  private static final int SHORTEST = 9;

  private PrivateKeyText() {}

  /**
   * Whether {@code text} holds an extended private key (however mistyped), a WIF key, or a whole
   * mnemonic.
   */
  public static boolean looksLikeOne(String text) {
    for (int at = text.indexOf("prv"); at >= 0; at = text.indexOf("prv", at + 1)) {
      boolean first = at == 1 || (at > 1 && !isAlphanumeric(text.charAt(at - 2)));
      if (first && "xyzYZtuvUV".indexOf(text.charAt(at - 1)) >= 0 && isLong(text, at - 1)) {
        return true;
      }
    }
    return holdsWif(text) || isMnemonic(text);
  }

  private static boolean isLong(String text, int from) {
    int end = from;
    while (end < text.length() && isAlphanumeric(text.charAt(end))) {
      end++;
    }
    return end - from >= SHORTEST;
  }

  private static boolean isMnemonic(String text) {
    int words = 0;
    for (String word : Splitter.split(text.trim(), " \t\n\u000b\f\r")) {
      if (word.isEmpty()) {
        continue;
      }
      if (EnglishWords.value(word.toLowerCase(Locale.ROOT)) < 0) {
        return false;
      }
      words++;
    }
    return words >= 12;
  }

  private static boolean holdsWif(String text) {
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || !isAlphanumeric(text.charAt(i))) {
        if (isWif(text.substring(start, i))) {
          return true;
        }
        start = i + 1;
      }
    }
    return false;
  }

  private static boolean isWif(String text) {
    if (text.length() != 51 && text.length() != 52) {
      return false;
    }
    try {
      byte[] bytes = Base58.decodeChecked(text);
      int version = bytes[0] & 255;
      return (version == 0x80 || version == 0xef) && (bytes.length == 33 || bytes.length == 34);
    } catch (AddressFormatException e) {
      return false;
    }
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
