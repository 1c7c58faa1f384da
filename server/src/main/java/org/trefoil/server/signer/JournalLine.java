package org.trefoil.server.signer;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.trefoil.server.keyfile.Pepper;

/**
 * A line of the journal: {@code <64 hex digits> <text>}, the digits a keyed hash over the line
 * before and this one.
 *
 * @param hash 32 bytes
 */
record JournalLine(byte[] hash, String text) {
  /** Bytes of a hash. */
  static final int HASH = 32;

  private static final int DIGITS = 2 * HASH;

  /** What comes after {@code before}. */
  static JournalLine after(byte[] before, String text, Pepper pepper) {
    return new JournalLine(pepper.of(before, text.getBytes(StandardCharsets.UTF_8)), text);
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException or {@link IndexOutOfBoundsException} for what is none
   */
  static JournalLine read(String line) {
    byte[] hash = HexFormat.of().parseHex(line.substring(0, DIGITS));
    return new JournalLine(hash, line.substring(DIGITS + 1));
  }

  boolean follows(byte[] before, Pepper pepper) {
    return MessageDigest.isEqual(hash, after(before, text, pepper).hash);
  }

  byte[] bytes() {
    return (HexFormat.of().formatHex(hash) + " " + text + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
