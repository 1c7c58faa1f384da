package org.trefoil.core.psbt;

/** Collects Bitcoin's wire integers and byte strings into one array. */
final class ByteSink {
  private byte[] bytes;
  private int length;

  ByteSink(int expected) {
    bytes = new byte[Math.max(16, expected)];
  }

  ByteSink u8(int value) {
    room(1);
    bytes[length++] = (byte) value;
    return this;
  }

  ByteSink i32(int value) {
    room(4);
    bytes[length++] = (byte) value;
    bytes[length++] = (byte) (value >> 8);
    bytes[length++] = (byte) (value >> 16);
    bytes[length++] = (byte) (value >> 24);
    return this;
  }

  ByteSink i64(long value) {
    return i32((int) value).i32((int) (value >> 32));
  }

  ByteSink compactSize(int value) {
    if (value < 0xfd) {
      return u8(value);
    }
    if (value <= 0xffff) {
      return u8(0xfd).u8(value).u8(value >> 8);
    }
    return u8(0xfe).i32(value);
  }

  ByteSink put(byte[] source) {
    return put(source, 0, source.length);
  }

  ByteSink put(byte[] source, int from, int count) {
    room(count);
    System.arraycopy(source, from, bytes, length, count);
    length += count;
    return this;
  }

  ByteSink putSized(byte[] source) {
    return compactSize(source.length).put(source);
  }

  byte[] toBytes() {
    if (length == bytes.length) {
      return bytes;
    }
    byte[] out = new byte[length];
    System.arraycopy(bytes, 0, out, 0, length);
    return out;
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      byte[] larger = new byte[Math.max(bytes.length * 2, length + more)];
      System.arraycopy(bytes, 0, larger, 0, length);
      bytes = larger;
    }
  }
}
