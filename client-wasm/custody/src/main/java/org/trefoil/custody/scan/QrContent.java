package org.trefoil.custody.scan;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The data codewords of one code, read as segments of digits, capitals or bytes. */
final class QrContent {
  private static final String CAPITALS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
  private static final int DIGITS = 1;
  private static final int LETTERS = 2;
  private static final int BYTES = 4;
  private static final int CHARSET = 7;

  private final byte[] data;
  private int at;
  private byte[] out = new byte[256];
  private int length;

  private QrContent(byte[] data) {
    this.data = data;
  }

  /** The text; null when a segment is of another kind or does not end. */
  static @Nullable String text(byte[] data, int version) {
    QrContent content = new QrContent(data);
    if (!content.segments(version <= 9 ? 0 : version <= 26 ? 1 : 2)) {
      return null;
    }
    byte[] bytes = Arrays.copyOf(content.out, content.length);
    String text = new String(bytes, StandardCharsets.UTF_8);
    return text.indexOf('\ufffd') < 0 ? text : new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private boolean segments(int size) {
    while (left() >= 4) {
      int mode = bits(4);
      boolean fine =
          switch (mode) {
            case 0 -> true;
            case DIGITS -> digits(10 + 2 * size);
            case LETTERS -> letters(9 + 2 * size);
            case BYTES -> bytes(size == 0 ? 8 : 16);
            case CHARSET -> charset();
            default -> false;
          };
      if (mode == 0 || !fine) {
        return fine;
      }
    }
    return true;
  }

  private boolean digits(int countBits) {
    int count = count(countBits);
    for (int left = count; left > 0; left -= 3) {
      int group = Math.min(3, left);
      int need = group == 3 ? 10 : group == 2 ? 7 : 4;
      if (left() < need) {
        return false;
      }
      int value = bits(need);
      int divisor = group == 3 ? 100 : group == 2 ? 10 : 1;
      if (value >= 10 * divisor) {
        return false;
      }
      for (; divisor > 0; divisor /= 10) {
        put('0' + value / divisor % 10);
      }
    }
    return count >= 0;
  }

  private boolean letters(int countBits) {
    int count = count(countBits);
    for (int left = count; left > 0; left -= 2) {
      int need = left == 1 ? 6 : 11;
      if (left() < need) {
        return false;
      }
      int value = bits(need);
      if (value >= (left == 1 ? 45 : 45 * 45)) {
        return false;
      }
      if (left > 1) {
        put(CAPITALS.charAt(value / 45));
      }
      put(CAPITALS.charAt(value % 45));
    }
    return count >= 0;
  }

  private boolean bytes(int countBits) {
    int count = count(countBits);
    if (count < 0 || left() < 8 * count) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      put(bits(8));
    }
    return true;
  }

  /** A charset is named and passed over: what is no UTF-8 is read as ISO 8859-1 anyway. */
  private boolean charset() {
    if (left() < 8) {
      return false;
    }
    int first = bits(8);
    int more = (first & 0x80) == 0 ? 0 : (first & 0x40) == 0 ? 8 : 16;
    if (left() < more) {
      return false;
    }
    at += more;
    return true;
  }

  /** How many characters follow; -1 when the data ends before it says. */
  private int count(int countBits) {
    return left() < countBits ? -1 : bits(countBits);
  }

  private int left() {
    return 8 * data.length - at;
  }

  private int bits(int count) {
    int value = 0;
    for (int i = 0; i < count; i++, at++) {
      value = value << 1 | data[at >> 3] >> (7 - (at & 7)) & 1;
    }
    return value;
  }

  private void put(int value) {
    if (length == out.length) {
      out = Arrays.copyOf(out, 2 * length);
    }
    out[length++] = (byte) value;
  }
}
