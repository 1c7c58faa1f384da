package org.trefoil.server.signer;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * How far a journal is: how many lines it ever had, and the hash of the last one.
 *
 * @param hash 64 hex digits
 */
record Head(long number, String hash) {
  static final Head NONE = new Head(0, "0".repeat(64));

  static Head of(long number, byte[] hash) {
    return new Head(number, HexFormat.of().formatHex(hash));
  }

  /** {@code <number, 19 digits>:<hash>}, always of one length. */
  String text() {
    return String.format("%019d:%s", number, hash);
  }

  /** Reads it; null for what is none. */
  static @Nullable Head read(String text) {
    return text.matches("[0-9]{19}:[0-9a-f]{64}")
        ? new Head(Long.parseLong(text.substring(0, 19)), text.substring(20))
        : null;
  }
}
