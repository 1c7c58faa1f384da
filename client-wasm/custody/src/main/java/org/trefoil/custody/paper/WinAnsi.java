package org.trefoil.custody.paper;

/**
 * The one-byte encoding of the sheets' fonts (Windows code page 1252).
 *
 * <p>The standard fonts print Western European letters only. What they cannot print becomes a
 * question mark, and the sheet says so and leaves a line to write on: no guess at a transliteration
 * is made, because a wrong name on a backup is worse than an honest gap.
 */
final class WinAnsi {
  /** Code points of the bytes 0x80 to 0x9F; a space where the encoding has none. */
  private static final String UPPER =
      "\u20AC \u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152 \u017D "
          + " \u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153 \u017E\u0178";

  private WinAnsi() {}

  /** The byte of a code point, or -1 when the fonts cannot print it. */
  static int code(int codePoint) {
    if ((codePoint >= 0x20 && codePoint <= 0x7E) || (codePoint >= 0xA0 && codePoint <= 0xFF)) {
      return codePoint;
    }
    int position = codePoint > 0xFF && codePoint <= 0xFFFF ? UPPER.indexOf((char) codePoint) : -1;
    return position < 0 ? -1 : 0x80 + position;
  }

  /** The text with every code point that cannot be printed replaced by one question mark. */
  static String printable(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      i += Character.charCount(codePoint);
      if (codePoint == '\t' || codePoint == '\n' || codePoint == '\r') {
        out.append(' ');
      } else if (code(codePoint) < 0) {
        out.append('?');
      } else {
        out.append((char) codePoint);
      }
    }
    return out.toString();
  }

  /** Encodes printable characters; the caller wipes the result when they are secret. */
  static byte[] encode(char[] text) {
    byte[] out = new byte[text.length];
    for (int i = 0; i < text.length; i++) {
      int code = code(text[i]);
      out[i] = (byte) (code < 0 ? '?' : code);
    }
    return out;
  }
}
