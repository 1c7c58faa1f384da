package org.trefoil.core.units;

/** Bytes as lower-case hexadecimal text. */
public final class Hex {
  private static final String DIGITS = "0123456789abcdef";

  private Hex() {}

  public static String of(byte[] bytes) {
    char[] text = new char[bytes.length * 2];
    for (int i = 0; i < bytes.length; i++) {
      text[2 * i] = DIGITS.charAt((bytes[i] >> 4) & 15);
      text[2 * i + 1] = DIGITS.charAt(bytes[i] & 15);
    }
    return new String(text);
  }

  /** The bytes; {@link IllegalArgumentException} unless an even number of hexadecimal digits. */
  public static byte[] parse(String text) {
    if (text.length() % 2 != 0) {
      throw new IllegalArgumentException("half a byte");
    }
    byte[] bytes = new byte[text.length() / 2];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (digit(text.charAt(2 * i)) << 4 | digit(text.charAt(2 * i + 1)));
    }
    return bytes;
  }

  private static int digit(char c) {
    int value = DIGITS.indexOf(c >= 'A' && c <= 'F' ? c + 32 : c);
    if (value < 0) {
      throw new IllegalArgumentException("not a hexadecimal digit");
    }
    return value;
  }
}
