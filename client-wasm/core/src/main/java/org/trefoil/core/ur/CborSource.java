package org.trefoil.core.ur;

import java.util.Arrays;

/** Reads the kinds of CBOR that uniform resources need; whatever else comes is refused. */
final class CborSource {
  private final byte[] bytes;
  private int at;

  CborSource(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The number in the head of an item of this kind. */
  long head(int kind) {
    int first = u8();
    if ((first & 0xe0) != kind) {
      throw Ur.malformed("cbor");
    }
    int form = first & 0x1f;
    if (form < 24) {
      return form;
    }
    if (form > 26) {
      throw Ur.malformed("cbor");
    }
    long number = 0;
    for (int left = 1 << form - 24; left > 0; left--) {
      number = number << 8 | u8();
    }
    return number;
  }

  /** A number at most {@code most}. */
  int count(int most) {
    long number = head(CborSink.UNSIGNED);
    if (number > most) {
      throw Ur.malformed("too-large");
    }
    return (int) number;
  }

  byte[] bytes() {
    long length = head(CborSink.BYTES);
    if (length > bytes.length - at) {
      throw Ur.malformed("cbor");
    }
    at += (int) length;
    return Arrays.copyOfRange(bytes, at - (int) length, at);
  }

  void end() {
    if (at != bytes.length) {
      throw Ur.malformed("cbor");
    }
  }

  private int u8() {
    if (at == bytes.length) {
      throw Ur.malformed("cbor");
    }
    return bytes[at++] & 0xff;
  }
}
