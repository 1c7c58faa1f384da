package org.trefoil.core.keys;

import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.units.Hex;

/**
 * Where a key comes from (BIP-0380).
 *
 * @param fingerprint first four bytes of the master key's hash160, big-endian
 * @param path from the master key to the key
 */
public record KeyOrigin(int fingerprint, KeyPath path) {
  /** Reads {@code [d34db33f/48'/1'/0'/2']}. */
  public static KeyOrigin parse(String text) {
    int end = text.length() - 1;
    if (end < 9 || text.charAt(0) != '[' || text.charAt(end) != ']') {
      throw Refusal.of(Token.KEY_ORIGIN_MALFORMED).exception();
    }
    return new KeyOrigin(
        parseFingerprint(text.substring(1, 9)), KeyPath.parse("m" + text.substring(9, end)));
  }

  /** Reads eight hexadecimal digits. */
  public static int parseFingerprint(String hex) {
    try {
      byte[] b = Hex.parse(hex);
      if (b.length == 4) {
        return b[0] << 24 | (b[1] & 255) << 16 | (b[2] & 255) << 8 | (b[3] & 255);
      }
    } catch (IllegalArgumentException e) {
      // refused below
    }
    throw Refusal.of(Token.KEY_ORIGIN_MALFORMED).exception();
  }

  /** Eight hexadecimal digits. */
  public String fingerprintHex() {
    return Hex.of(
        new byte[] {
          (byte) (fingerprint >> 24),
          (byte) (fingerprint >> 16),
          (byte) (fingerprint >> 8),
          (byte) fingerprint
        });
  }

  /** {@code [d34db33f/48'/1'/0'/2']}. */
  @Override
  public String toString() {
    return "[" + fingerprintHex() + path.toString().substring(1) + "]";
  }
}
