package org.trefoil.server.chain.bitcoind;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A node's answer that is nothing but a long hexadecimal text, in the form in which bitcoind writes
 * it: a block is read from it without becoming text first.
 */
final class HexAnswer {
  private static final byte[] BEFORE = "{\"result\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] AFTER =
      "\",\"error\":null,\"id\":1}".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DIGITS = new byte[256];

  static {
    Arrays.fill(DIGITS, (byte) -1);
    for (int i = 0; i < 16; i++) {
      DIGITS[Character.forDigit(i, 16)] = (byte) i;
      DIGITS[Character.toUpperCase(Character.forDigit(i, 16))] = (byte) i;
    }
  }

  private HexAnswer() {}

  /** The bytes, or null when the answer has any other form. */
  static byte @Nullable [] read(byte[] body) {
    int end = body.length;
    while (end > 0 && (body[end - 1] == '\n' || body[end - 1] == '\r')) {
      end--;
    }
    int digits = end - BEFORE.length - AFTER.length;
    int after = end - AFTER.length;
    if (digits < 0
        || digits % 2 != 0
        || !Arrays.equals(body, 0, BEFORE.length, BEFORE, 0, BEFORE.length)
        || !Arrays.equals(body, after, end, AFTER, 0, AFTER.length)) {
      return null;
    }
    byte[] bytes = new byte[digits / 2];
    int wrong = 0;
    for (int i = 0, at = BEFORE.length; i < bytes.length; i++, at += 2) {
      int value = DIGITS[body[at] & 0xff] << 4 | DIGITS[body[at + 1] & 0xff];
      wrong |= value;
      bytes[i] = (byte) value;
    }
    return wrong < 0 ? null : bytes;
  }
}
