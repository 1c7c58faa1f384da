package org.trefoil.core.psbt;

import org.trefoil.core.keys.Hashes;

/** Hashes of transactions, and their ids as people read them. */
final class Hashing {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private Hashing() {}

  static byte[] sha256Twice(byte[] data) {
    return Hashes.sha256(Hashes.sha256(data));
  }

  /** The id of a transaction without its witnesses: the hash in reversed order. */
  static String txid(byte[] transaction) {
    return displayed(sha256Twice(transaction), 0);
  }

  /** 32 bytes at an offset, in the reversed order in which transaction ids are displayed. */
  static String displayed(byte[] bytes, int offset) {
    char[] out = new char[64];
    for (int i = 0; i < 32; i++) {
      int b = bytes[offset + 31 - i];
      out[2 * i] = HEX[b >> 4 & 15];
      out[2 * i + 1] = HEX[b & 15];
    }
    return new String(out);
  }

  /** The wire order of a displayed transaction id. */
  static byte[] wireOrder(String txid) {
    byte[] out = new byte[32];
    for (int i = 0; i < 32; i++) {
      int high = Character.digit(txid.charAt(2 * i), 16);
      int low = Character.digit(txid.charAt(2 * i + 1), 16);
      out[31 - i] = (byte) (high << 4 | low);
    }
    return out;
  }
}
