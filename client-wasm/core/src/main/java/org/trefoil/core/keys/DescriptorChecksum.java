package org.trefoil.core.keys;

import org.trefoil.core.Refusal;
import org.trefoil.core.Token;

/** The eight characters after the {@code #} of a descriptor (BIP-0380). */
public final class DescriptorChecksum {
  static final String INPUT =
      "0123456789()[],'/*abcdefgh@:$%{}"
          + "IJKLMNOPQRSTUVWXYZ&+-.;<=>?!^_|~"
          + "ijklmnopqrstuvwxyzABCDEFGH`#\"\\ ";
  static final String OUTPUT = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
  private static final long[] GENERATOR = {
    0xf5dee51989L, 0xa9fdca3312L, 0x1bab10e32dL, 0x3706b1677aL, 0x644d626ffdL
  };

  private DescriptorChecksum() {}

  /** The checksum of {@code body}, which carries none. */
  public static String of(String body) {
    long c = remainder(body);
    StringBuilder text = new StringBuilder(8);
    for (int i = 0; i < 8; i++) {
      text.append(OUTPUT.charAt((int) (c >> (5 * (7 - i))) & 31));
    }
    return text.toString();
  }

  /** The checksum as 40 bits, its first character highest. */
  static long remainder(String body) {
    long c = 1;
    int group = 0;
    int inGroup = 0;
    for (int i = 0; i < body.length(); i++) {
      int at = INPUT.indexOf(body.charAt(i));
      if (at < 0) {
        String position = Integer.toString(i + 1);
        throw Refusal.of(Token.DESCRIPTOR_MALFORMED, "position", position).exception();
      }
      c = step(c, at & 31);
      group = group * 3 + (at >> 5);
      if (++inGroup == 3) {
        c = step(c, group);
        group = 0;
        inGroup = 0;
      }
    }
    if (inGroup > 0) {
      c = step(c, group);
    }
    for (int i = 0; i < 8; i++) {
      c = step(c, 0);
    }
    return c ^ 1;
  }

  static long step(long c, int value) {
    int top = (int) (c >> 35);
    long next = (c & 0x7ffffffffL) << 5 ^ value;
    for (int i = 0; i < 5; i++) {
      if ((top >> i & 1) != 0) {
        next ^= GENERATOR[i];
      }
    }
    return next;
  }
}
