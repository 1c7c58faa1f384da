package org.trefoil.core.psbt;

import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;

/**
 * Reads Bitcoin's wire integers and byte strings from foreign bytes. Whatever the bytes are, it
 * either answers or refuses with {@code psbt-malformed}; it never reads past its limit and never
 * allocates more than the bytes that are there.
 */
final class ByteReader {
  private final byte[] bytes;
  private final int limit;
  private int position;

  ByteReader(byte[] bytes) {
    this.bytes = bytes;
    this.limit = bytes.length;
  }

  static RefusedException malformed(String reason) {
    return new RefusedException(Refusal.of(Token.PSBT_MALFORMED, "reason", reason));
  }

  int position() {
    return position;
  }

  int remaining() {
    return limit - position;
  }

  int u8() {
    need(1);
    return bytes[position++] & 0xff;
  }

  int i32() {
    need(4);
    int value =
        bytes[position] & 0xff
            | (bytes[position + 1] & 0xff) << 8
            | (bytes[position + 2] & 0xff) << 16
            | bytes[position + 3] << 24;
    position += 4;
    return value;
  }

  long u32() {
    return i32() & 0xffffffffL;
  }

  long i64() {
    long low = u32();
    return low | (long) i32() << 32;
  }

  byte[] take(int length) {
    need(length);
    byte[] out = new byte[length];
    System.arraycopy(bytes, position, out, 0, length);
    position += length;
    return out;
  }

  void skip(int length) {
    need(length);
    position += length;
  }

  /** A count or length in its shortest form, and no larger than an array can be. */
  int compactSize() {
    int first = u8();
    if (first < 0xfd) {
      return first;
    }
    long value;
    long least;
    if (first == 0xfd) {
      value = u8() | (long) u8() << 8;
      least = 0xfd;
    } else if (first == 0xfe) {
      value = u32();
      least = 0x10000;
    } else {
      value = i64();
      least = 0x100000000L;
    }
    if (value >= 0 && value < least) {
      throw malformed("compact-size-not-canonical");
    }
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw malformed("length-too-large");
    }
    return (int) value;
  }

  /** A byte string with its length before it. */
  byte[] takeSized() {
    return take(compactSize());
  }

  /** A count of things of which each takes at least this many of the bytes that are left. */
  int count(int leastBytesEach) {
    int count = compactSize();
    if (count > remaining() / leastBytesEach) {
      throw malformed("truncated");
    }
    return count;
  }

  void end(String reason) {
    if (position != limit) {
      throw malformed(reason);
    }
  }

  private void need(int length) {
    if (length > limit - position) {
      throw malformed("truncated");
    }
  }
}
