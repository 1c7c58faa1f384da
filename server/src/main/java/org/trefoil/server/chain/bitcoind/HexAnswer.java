package org.trefoil.server.chain.bitcoind;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A node's answer that is nothing but a long hexadecimal text, in the form in which bitcoind writes
 * it, read as it comes: a block is never there as text, which would be three times its size. An
 * answer of any other form is kept as it is.
 */
final class HexAnswer implements NodeLine.Reading<HexAnswer> {
  private static final byte[] BEFORE = "{\"result\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] AFTER =
      "\",\"error\":null,\"id\":1}\n".getBytes(StandardCharsets.US_ASCII);

  /** The largest block; whatever says that it is longer grows with what comes. */
  private static final int MOST_AT_ONCE = 4_000_000;

  private static final byte[] DIGITS = new byte[256];

  static {
    Arrays.fill(DIGITS, (byte) -1);
    for (int i = 0; i < 16; i++) {
      DIGITS[Character.forDigit(i, 16)] = (byte) i;
      DIGITS[Character.toUpperCase(Character.forDigit(i, 16))] = (byte) i;
    }
  }

  private enum Part {
    BEFORE,
    DIGITS,
    AFTER
  }

  private Part part = Part.BEFORE;

  /** Of what comes before the digits. */
  private int begun;

  private byte[] bytes;
  private int size;

  /** A digit that waits for its other one, or −1. */
  private int half = -1;

  /** What follows the digits, or the beginning where that is not as it should be. */
  private final ByteArrayOutputStream rest = new ByteArrayOutputStream();

  /**
   * @param length how many bytes the answer says that it has, −1 when it does not
   */
  HexAnswer(long length) {
    long digits = Math.max(0, length - BEFORE.length - AFTER.length);
    bytes = new byte[(int) Math.min(MOST_AT_ONCE, digits / 2)];
  }

  @Override
  public void add(byte[] piece, int length) {
    int at = 0;
    while (part == Part.BEFORE && at < length) {
      if (piece[at] == BEFORE[begun]) {
        at++;
        begun++;
        part = begun == BEFORE.length ? Part.DIGITS : part;
      } else {
        part = Part.AFTER;
      }
    }
    if (part == Part.DIGITS) {
      at = digits(piece, at, length);
    }
    rest.write(piece, at, length - at);
  }

  /** Takes all digits from there on; answers where they end. */
  private int digits(byte[] piece, int from, int length) {
    int at = from;
    while (at < length) {
      int low = DIGITS[piece[at] & 0xff];
      if (low < 0) {
        part = Part.AFTER;
        return at;
      }
      at++;
      if (half < 0) {
        half = low;
      } else {
        put(half << 4 | low);
        half = -1;
        at = pairs(piece, at, length);
      }
    }
    return at;
  }

  /** The same two at a time, as far as that goes. */
  private int pairs(byte[] piece, int from, int length) {
    int at = from;
    while (at + 1 < length) {
      int value = DIGITS[piece[at] & 0xff] << 4 | DIGITS[piece[at + 1] & 0xff];
      if (value < 0) {
        return at;
      }
      put(value);
      at += 2;
    }
    return at;
  }

  private void put(int value) {
    if (size == bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(1_000, 2 * size));
    }
    bytes[size++] = (byte) value;
  }

  @Override
  public HexAnswer whole() {
    return this;
  }

  /** The bytes, or null when the answer has any other form; then there is its {@link #text}. */
  byte @Nullable [] bytes() {
    byte[] after = rest.toByteArray();
    int newline = after.length == AFTER.length ? AFTER.length : AFTER.length - 1;
    boolean plain =
        begun == BEFORE.length
            && half < 0
            && Arrays.equals(after, 0, after.length, AFTER, 0, newline);
    if (!plain) {
      return null;
    }
    return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
  }

  /** The whole answer as it came, but for the case of its first digits. */
  byte[] text() {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    text.write(BEFORE, 0, begun);
    for (int i = 0; i < size; i++) {
      text.write(Character.forDigit(bytes[i] >> 4 & 15, 16));
      text.write(Character.forDigit(bytes[i] & 15, 16));
    }
    if (half >= 0) {
      text.write(Character.forDigit(half, 16));
    }
    text.writeBytes(rest.toByteArray());
    return text.toByteArray();
  }
}
