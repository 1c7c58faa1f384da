package org.trefoil.core.ur;

import java.util.Arrays;

/** Writes the kinds of CBOR that uniform resources need, in their shortest form. */
final class CborSink {
  static final int UNSIGNED = 0x00;
  static final int BYTES = 0x40;
  static final int ARRAY = 0x80;

  private byte[] bytes;
  private int size;

  CborSink(int room) {
    bytes = new byte[room + 32];
  }

  /** The head of an item: its kind and a number below 2^32. */
  CborSink head(int kind, long number) {
    if (number < 24) {
      return u8(kind | (int) number);
    }
    int length = number < 0x100 ? 1 : number < 0x10000 ? 2 : 4;
    u8(kind | (length == 1 ? 24 : length == 2 ? 25 : 26));
    for (int shift = 8 * (length - 1); shift >= 0; shift -= 8) {
      u8((int) (number >> shift));
    }
    return this;
  }

  CborSink put(byte[] more) {
    for (byte b : more) {
      u8(b);
    }
    return this;
  }

  private CborSink u8(int value) {
    if (size == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * size);
    }
    bytes[size++] = (byte) value;
    return this;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }
}
