package org.trefoil.core.envelope;

import java.util.Arrays;
import org.trefoil.core.keys.Hashes;

/**
 * Finds the one mistyped character of a sealed key's text by trying: each other character at each
 * place, each two neighbours swapped, each character left out or put in between. Some 27,000 short
 * hashes; with the 32 bits of its check, a second explanation is one in 150,000.
 */
public final class SealedKeyMistake {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  private static final String TYPED = ALPHABET + ":";
  private static final int CHARACTERS = 210;
  private static final int CHECKED = SealedUserKey.LENGTH - 4;

  private SealedKeyMistake() {}

  /**
   * The position, from 1, of the one mistake; 0 when none explains that the text is not right. For
   * a missing character it is where it belongs, for swapped ones that of the first.
   *
   * @param text {@code trefoil1:…} without blanks
   */
  public static int position(String text) {
    int from = prefixLength(text);
    if (from == 0) {
      return inPrefix(text);
    }
    int[] values = values(text.substring(from));
    for (int i = 0; i < values.length; i++) {
      if (values[i] < 0) {
        return from + i + 1;
      }
    }
    int at =
        switch (values.length - CHARACTERS) {
          case 0 -> sameLength(values);
          case 1 -> tooMany(values);
          case -1 -> missing(values);
          default -> -1;
        };
    return at < 0 ? 0 : from + at + 1;
  }

  private static int prefixLength(String text) {
    return text.startsWith(SealedUserKey.PREFIX) ? SealedUserKey.PREFIX.length() : 0;
  }

  /** One mistake at or before the colon. */
  private static int inPrefix(String text) {
    for (int i = 0; i < text.length() && i <= SealedUserKey.PREFIX.length(); i++) {
      String before = text.substring(0, i);
      String after = text.substring(i + 1);
      if (isWhole(before + after)
          || (i + 1 < text.length()
              && isWhole(before + text.charAt(i + 1) + text.charAt(i) + text.substring(i + 2)))) {
        return i + 1;
      }
      for (int k = 0; k < TYPED.length(); k++) {
        String with = before + TYPED.charAt(k);
        if (isWhole(with + after) || isWhole(with + text.charAt(i) + after)) {
          return i + 1;
        }
      }
    }
    return 0;
  }

  private static boolean isWhole(String text) {
    int from = SealedUserKey.PREFIX.length();
    return text.length() == from + CHARACTERS
        && text.startsWith(SealedUserKey.PREFIX)
        && fits(values(text.substring(from)));
  }

  private static int sameLength(int[] values) {
    for (int i = 0; i < CHARACTERS; i++) {
      if (replaced(values, i)) {
        return i;
      }
    }
    for (int i = 0; i + 1 < CHARACTERS; i++) {
      int[] swapped = values.clone();
      swapped[i] = values[i + 1];
      swapped[i + 1] = values[i];
      if (values[i] != values[i + 1] && fits(swapped)) {
        return i;
      }
    }
    return -1;
  }

  private static int tooMany(int[] values) {
    for (int i = 0; i < values.length; i++) {
      int[] without = new int[CHARACTERS];
      System.arraycopy(values, 0, without, 0, i);
      System.arraycopy(values, i + 1, without, i, CHARACTERS - i);
      if (fits(without)) {
        return i;
      }
    }
    return -1;
  }

  private static int missing(int[] values) {
    for (int i = 0; i < CHARACTERS; i++) {
      int[] with = new int[CHARACTERS];
      System.arraycopy(values, 0, with, 0, i);
      System.arraycopy(values, i, with, i + 1, values.length - i);
      if (replaced(with, i)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean replaced(int[] values, int at) {
    int[] other = values.clone();
    for (int value = 0; value < ALPHABET.length(); value++) {
      other[at] = value;
      if (fits(other)) {
        return true;
      }
    }
    return false;
  }

  private static int[] values(String text) {
    int[] values = new int[text.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = ALPHABET.indexOf(text.charAt(i));
    }
    return values;
  }

  /** Whether 210 values are a whole sealed key: its check fits and the spare bits are zero. */
  private static boolean fits(int[] values) {
    byte[] bytes = new byte[SealedUserKey.LENGTH + 1];
    int bits = 0;
    int held = 0;
    int n = 0;
    for (int value : values) {
      if (value < 0) {
        return false;
      }
      bits = bits << 6 | value;
      held += 6;
      if (held >= 8) {
        held -= 8;
        bytes[n++] = (byte) (bits >> held);
        bits &= (1 << held) - 1;
      }
    }
    if (bits != 0) {
      return false;
    }
    byte[] check = Hashes.sha256(Arrays.copyOf(bytes, CHECKED));
    for (int i = 0; i < 4; i++) {
      if (check[i] != bytes[CHECKED + i]) {
        return false;
      }
    }
    return true;
  }
}
