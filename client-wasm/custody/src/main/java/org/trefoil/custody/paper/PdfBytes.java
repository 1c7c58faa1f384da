package org.trefoil.custody.paper;

import java.util.Arrays;

/**
 * A growing run of bytes that leaves no copy of itself behind: what it outgrows is wiped.
 *
 * <p>Pages hold the backup key's words, so their buffers are secrets like the words.
 */
final class PdfBytes implements AutoCloseable {
  private byte[] data = new byte[2048];
  private int length;

  /** Appends one byte. */
  PdfBytes put(int value) {
    if (length == data.length) {
      byte[] larger = Arrays.copyOf(data, data.length * 2);
      Arrays.fill(data, (byte) 0);
      data = larger;
    }
    data[length++] = (byte) value;
    return this;
  }

  /** Appends bytes. */
  PdfBytes put(byte[] bytes) {
    for (byte value : bytes) {
      put(value);
    }
    return this;
  }

  /** Appends text of PDF syntax, which is ASCII. */
  PdfBytes put(String ascii) {
    for (int i = 0; i < ascii.length(); i++) {
      put(ascii.charAt(i));
    }
    return this;
  }

  /** Appends a number with at most two decimals and a space, as operands are written. */
  PdfBytes number(double value) {
    long hundredths = Math.round(value * 100);
    if (hundredths < 0) {
      put('-');
      hundredths = -hundredths;
    }
    put(Long.toString(hundredths / 100));
    long rest = hundredths % 100;
    if (rest != 0) {
      put('.').put('0' + (int) (rest / 10));
      if (rest % 10 != 0) {
        put('0' + (int) (rest % 10));
      }
    }
    return put(' ');
  }

  /** Appends a literal string whose bytes are given, brackets and backslashes escaped. */
  PdfBytes literal(byte[] bytes) {
    put('(');
    for (byte value : bytes) {
      if (value == '(' || value == ')' || value == '\\') {
        put('\\').put(value);
      } else if (value == '\r' || value == '\n') {
        put(value == '\r' ? "\\r" : "\\n");
      } else {
        put(value);
      }
    }
    return put(')');
  }

  /** Appends a hexadecimal string. */
  PdfBytes hex(byte[] bytes) {
    put('<');
    for (byte value : bytes) {
      put(Character.forDigit((value >> 4) & 15, 16)).put(Character.forDigit(value & 15, 16));
    }
    return put('>');
  }

  int length() {
    return length;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(data, length);
  }

  @Override
  public void close() {
    Arrays.fill(data, (byte) 0);
    length = 0;
  }
}
