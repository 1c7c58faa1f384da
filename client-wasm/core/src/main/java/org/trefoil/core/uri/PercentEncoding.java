package org.trefoil.core.uri;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;

/** Percent-encoding of query components (RFC 3986), UTF-8, nothing lenient. */
final class PercentEncoding {
  private static final String HEX = "0123456789ABCDEF";
  private static final String UNRESERVED_MARKS = "-._~";

  /** What a query component may hold unencoded besides; {@code =} and {@code &} separate. */
  private static final String OTHER_MARKS = "!$'()*+,;:@/?";

  private PercentEncoding() {}

  static String encode(String text) {
    StringBuilder out = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 255);
      if (isAlphanumeric(c) || UNRESERVED_MARKS.indexOf(c) >= 0) {
        out.append(c);
      } else {
        out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      }
    }
    return out.toString();
  }

  /** Refuses broken escapes, broken UTF-8, and characters that people cannot see. */
  static String decode(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        if (i + 2 >= text.length()) {
          throw malformed();
        }
        bytes.write(digit(text.charAt(i + 1)) << 4 | digit(text.charAt(i + 2)));
        i += 2;
      } else if (isAlphanumeric(c)
          || UNRESERVED_MARKS.indexOf(c) >= 0
          || OTHER_MARKS.indexOf(c) >= 0) {
        bytes.write(c);
      } else {
        throw malformed();
      }
    }
    byte[] utf8 = bytes.toByteArray();
    String decoded = new String(utf8, StandardCharsets.UTF_8);
    if (!Arrays.equals(decoded.getBytes(StandardCharsets.UTF_8), utf8)) {
      throw malformed();
    }
    for (int i = 0; i < decoded.length(); i++) {
      if (isInvisible(decoded.charAt(i))) {
        throw malformed();
      }
    }
    return decoded;
  }

  /** Controls, and the marks that reorder what is shown. */
  private static boolean isInvisible(char c) {
    return c < ' '
        || (c >= 0x7f && c < 0xa0)
        || (c >= 0x200b && c <= 0x200f)
        || (c >= 0x2028 && c <= 0x202e)
        || (c >= 0x2060 && c <= 0x206f)
        || c == 0xfeff;
  }

  private static int digit(char c) {
    int value = HEX.indexOf(c >= 'a' && c <= 'f' ? c - 32 : c);
    if (value < 0) {
      throw malformed();
    }
    return value;
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  private static RuntimeException malformed() {
    return Refusal.of(Token.URI_MALFORMED).exception();
  }
}
