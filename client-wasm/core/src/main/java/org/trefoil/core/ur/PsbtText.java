package org.trefoil.core.ur;

import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Splitter;

/**
 * Reads a PSBT however people carry it: a binary file, base64 or hexadecimal with blanks and line
 * breaks in between, or the texts of QR codes, one a line.
 */
public final class PsbtText {
  private static final String HEX_MAGIC = "70736274ff";
  private static final byte[] MAGIC = {'p', 's', 'b', 't', (byte) 0xff};

  private PsbtText() {}

  /** A file: the binary form, or text as {@link #read(String)} takes it. */
  public static Psbt read(byte[] file) {
    boolean binary = file.length >= MAGIC.length;
    for (int i = 0; i < MAGIC.length && binary; i++) {
      binary = file[i] == MAGIC[i];
    }
    return binary ? Psbt.parse(file) : read(latin(file));
  }

  /** Refuses as {@link Psbt#parse} and {@link UrDecoder#take} do. */
  public static Psbt read(String text) {
    String plain = without(text, " \t\r\n");
    if (begins(plain, Ur.SCHEME)) {
      return Psbt.parse(scanned(text));
    }
    if (begins(plain, HEX_MAGIC)) {
      try {
        return Psbt.parse(Hex.parse(plain));
      } catch (IllegalArgumentException e) {
        // not hexadecimal to its end: said as base64
      }
    }
    return Psbt.parseBase64(plain);
  }

  private static byte[] scanned(String text) {
    UrDecoder decoder = new UrDecoder();
    for (String line : Splitter.split(text, " \t\r\n")) {
      if (!line.isEmpty()) {
        decoder.take(line);
      }
    }
    byte[] message = decoder.message();
    if (message == null) {
      throw Ur.malformed("missing-parts");
    }
    return message;
  }

  /** A character for each byte: what is no plain text is refused later. */
  private static String latin(byte[] bytes) {
    char[] text = new char[bytes.length];
    for (int i = 0; i < text.length; i++) {
      text[i] = (char) (bytes[i] & 0xff);
    }
    return new String(text);
  }

  /** Whether a text begins with {@code small}, in small letters or capitals. */
  private static boolean begins(String text, String small) {
    int length = small.length();
    return text.length() >= length && Ur.small(text.substring(0, length)).equals(small);
  }

  private static String without(String text, String blanks) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      if (blanks.indexOf(text.charAt(i)) < 0) {
        plain.append(text.charAt(i));
      }
    }
    return plain.toString();
  }
}
