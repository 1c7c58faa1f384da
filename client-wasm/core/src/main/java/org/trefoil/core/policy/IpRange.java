package org.trefoil.core.policy;

import org.jspecify.annotations.Nullable;

/**
 * Network addresses that begin alike, as {@code 192.0.2.0/24} or {@code 2001:db8::/32}; a single
 * one without the slash.
 */
public final class IpRange {
  private static final String MAPPED = "::ffff:";

  private final byte[] bytes;
  private final int bits;

  private IpRange(byte[] bytes, int bits) {
    this.bytes = bytes;
    this.bits = bits;
  }

  /** Reads a range. Refuses {@code rules-malformed} for anything else. */
  public static IpRange parse(String text) {
    int slash = text.indexOf('/');
    byte[] bytes = bytes(slash < 0 ? text : text.substring(0, slash));
    if (bytes == null) {
      throw RulesCheck.malformed("networks");
    }
    int all = bytes.length * 8;
    int bits = slash < 0 ? all : number(text.substring(slash + 1), 10, 3);
    if (bits < 0 || bits > all) {
      throw RulesCheck.malformed("networks");
    }
    return new IpRange(bytes, bits);
  }

  /** Whether an address lies in it; false for what is no address. */
  public boolean has(String address) {
    byte[] other = bytes(address);
    return other != null && beginsAlike(other);
  }

  /** Whether every address of the other range lies in this one. */
  public boolean holds(IpRange other) {
    return other.bits >= bits && beginsAlike(other.bytes);
  }

  private boolean beginsAlike(byte[] other) {
    if (other.length != bytes.length) {
      return false;
    }
    for (int i = 0; i < bits; i++) {
      int mask = 0x80 >> i % 8;
      if ((bytes[i / 8] & mask) != (other[i / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  /** What IPv6 writes for an IPv4 address counts as that. */
  private static byte @Nullable [] bytes(String text) {
    if (text.startsWith(MAPPED) && text.indexOf('.') > 0) {
      return four(text.substring(MAPPED.length()));
    }
    return text.indexOf(':') < 0 ? four(text) : sixteen(text);
  }

  private static byte @Nullable [] four(String text) {
    byte[] out = new byte[4];
    int at = 0;
    for (int i = 0; i < 4; i++) {
      int dot = i < 3 ? text.indexOf('.', at) : text.length();
      int value = dot < at ? -1 : number(text.substring(at, dot), 10, 3);
      if (value < 0 || value > 255) {
        return null;
      }
      out[i] = (byte) value;
      at = dot + 1;
    }
    return out;
  }

  /** Groups of hex digits with at most one gap. */
  private static byte @Nullable [] sixteen(String text) {
    int gap = text.indexOf("::");
    if (gap != text.lastIndexOf("::")) {
      return null;
    }
    byte[] out = new byte[16];
    int front = groups(gap < 0 ? text : text.substring(0, gap), out, 0);
    if (gap < 0) {
      return front == 16 ? out : null;
    }
    byte[] tail = new byte[16];
    int back = groups(text.substring(gap + 2), tail, 0);
    if (front < 0 || back < 0 || front + back > 14) {
      return null;
    }
    System.arraycopy(tail, 0, out, 16 - back, back);
    return out;
  }

  /** Writes groups and answers how many bytes they are; -1 for what is none. */
  private static int groups(String text, byte[] out, int start) {
    int at = start;
    int from = 0;
    while (from < text.length() || (from == text.length() && from > 0)) {
      int colon = text.indexOf(':', from);
      int end = colon < 0 ? text.length() : colon;
      int value = number(text.substring(from, end), 16, 4);
      if (value < 0 || at > 14) {
        return -1;
      }
      out[at++] = (byte) (value >> 8);
      out[at++] = (byte) value;
      if (colon < 0) {
        break;
      }
      from = colon + 1;
    }
    return at;
  }

  /** Digits only, at most {@code most} of them; -1 for anything else. */
  private static int number(String text, int radix, int most) {
    if (text.isEmpty() || text.length() > most) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = Character.digit(text.charAt(i), radix);
      if (digit < 0 || text.charAt(i) > 'f') {
        return -1;
      }
      value = value * radix + digit;
    }
    return value;
  }
}
