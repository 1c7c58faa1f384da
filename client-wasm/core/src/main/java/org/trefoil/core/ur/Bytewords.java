package org.trefoil.core.ur;

import java.util.Arrays;

/**
 * Bytes as the first and last letters of 256 English words, two letters a byte, a CRC-32 at the end
 * (BCR-2020-012, its minimal form).
 */
final class Bytewords {
  private static final String LETTERS =
      "aeadaoaxaaahamatayasbkbdbnbtbabsbebybgbwbbbzcmchcscfcycwcecackct"
          + "cxclcpcndkdadsdidedtdrdndwdpdmdldyeheyeoeeecenemetesftfrfnfsfmfh"
          + "fzfpfwfxfyfefgflfdgagegrgsgtglgwgdgygmgughgohfhghdhkhthphhhlhyhe"
          + "hnhsidiaieihiyioisinimjejzjnjtjljojsjpjkjykpkoktkskkknkgkekikblb"
          + "lalylflslrlplnltloldlelulklgmnmymhmemomumwmdmtmsmknlnyndnsntnnne"
          + "nboyoeotoxonolospdptpkpypspmplpepfpaprqdqzrerprlrorhrdrkrfryrnrs"
          + "rtsesasrssskswstspsosgsbsfsntotktitttdtetytltbtstptatnuyuoutueur"
          + "vtvyvovlvevwvavdvswlwdwmwpwewywswtwnwzwfwkykynylyaytzszoztzczezm";

  private static final int CHECKSUM = 4;

  private Bytewords() {}

  /** Small letters. */
  static String encode(byte[] bytes) {
    int crc = Crc32.of(bytes, bytes.length);
    StringBuilder text = new StringBuilder(2 * (bytes.length + CHECKSUM));
    for (byte b : bytes) {
      word(b, text);
    }
    for (int shift = 24; shift >= 0; shift -= 8) {
      word((byte) (crc >> shift), text);
    }
    return text.toString();
  }

  private static void word(byte b, StringBuilder text) {
    int at = 2 * (b & 0xff);
    text.append(LETTERS, at, at + 2);
  }

  /** The bytes of small letters from {@code from} on. */
  static byte[] decode(String text, int from) {
    int length = (text.length() - from) / 2;
    if (length <= CHECKSUM || (text.length() - from) % 2 != 0) {
      throw Ur.malformed("too-short");
    }
    byte[] values = values();
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      int first = text.charAt(from + 2 * i) - 'a';
      int last = text.charAt(from + 2 * i + 1) - 'a';
      if (first < 0 || first > 25 || last < 0 || last > 25) {
        throw Ur.malformed("letter");
      }
      int place = 26 * first + last;
      int word = 2 * (values[place] & 0xff);
      if (LETTERS.charAt(word) - 'a' != first || LETTERS.charAt(word + 1) - 'a' != last) {
        throw Ur.malformed("word");
      }
      bytes[i] = values[place];
    }
    int crc = Crc32.of(bytes, length - CHECKSUM);
    for (int i = 0; i < CHECKSUM; i++) {
      if (bytes[length - CHECKSUM + i] != (byte) (crc >> 24 - 8 * i)) {
        throw Ur.malformed("checksum");
      }
    }
    return Arrays.copyOf(bytes, length - CHECKSUM);
  }

  /** The byte of each pair of letters; 0, which is checked again, where there is none. */
  private static byte[] values() {
    byte[] values = new byte[26 * 26];
    for (int i = 0; i < 256; i++) {
      int first = LETTERS.charAt(2 * i) - 'a';
      values[26 * first + LETTERS.charAt(2 * i + 1) - 'a'] = (byte) i;
    }
    return values;
  }
}
