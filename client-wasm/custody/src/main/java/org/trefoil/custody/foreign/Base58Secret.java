package org.trefoil.custody.foreign;

import java.util.Arrays;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.keys.Hashes;

/**
 * Base58 with a checksum, for texts that are secret: bitcoinj's takes a {@code String}, which
 * nobody can wipe.
 */
final class Base58Secret {
  private static final String ALPHABET =
      "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final int CHECKSUM = 4;

  private Base58Secret() {}

  /**
   * What stands before the checksum, the caller's to wipe. Refuses {@code foreign-key-mistyped}
   * {position} for a character that is none of Base58, {@code foreign-key-checksum}, and {@code
   * foreign-key-malformed} for another length.
   *
   * @param length how many bytes it must hold, without the checksum
   */
  static byte[] decode(char[] text, int length) {
    byte[] number = new byte[length + CHECKSUM];
    boolean fits = true;
    for (int i = 0; i < text.length; i++) {
      int carry = ALPHABET.indexOf(text[i]);
      if (carry < 0) {
        Arrays.fill(number, (byte) 0);
        throw Refusal.of(Token.FOREIGN_KEY_MISTYPED, "position", Integer.toString(i + 1))
            .exception();
      }
      for (int at = number.length - 1; at >= 0; at--) {
        carry += 58 * (number[at] & 255);
        number[at] = (byte) carry;
        carry >>= 8;
      }
      fits &= carry == 0;
    }
    byte[] content = Arrays.copyOf(number, length);
    byte[] hash = Hashes.sha256(Hashes.sha256(content));
    for (int i = 0; i < CHECKSUM; i++) {
      fits &= hash[i] == number[length + i];
    }
    Arrays.fill(number, (byte) 0);
    if (!fits) {
      Arrays.fill(content, (byte) 0);
      throw Refusal.of(Token.FOREIGN_KEY_CHECKSUM).exception();
    }
    return content;
  }
}
