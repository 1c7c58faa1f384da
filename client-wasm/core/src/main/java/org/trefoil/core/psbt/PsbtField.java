package org.trefoil.core.psbt;

import java.util.Arrays;

/** One key-value pair of a PSBT. The key is whole: its type and, where there is one, its data. */
final class PsbtField {
  final byte[] key;
  final byte[] value;

  /** Keeps both arrays as they are: this room does not change them. */
  PsbtField(byte[] key, byte[] value) {
    this.key = key;
    this.value = value;
  }

  /** A field whose key is its type alone. */
  static PsbtField of(int type, byte[] value) {
    return new PsbtField(new byte[] {(byte) type}, value);
  }

  /** A field whose key has data after its type. */
  static PsbtField of(int type, byte[] keyData, byte[] value) {
    byte[] key = new byte[1 + keyData.length];
    key[0] = (byte) type;
    System.arraycopy(keyData, 0, key, 1, keyData.length);
    return new PsbtField(key, value);
  }

  /** The key's type where that is one byte, else −1: no type we know is longer. */
  int type() {
    int first = key[0] & 0xff;
    return first < 0xfd ? first : -1;
  }

  byte[] keyData() {
    byte[] data = new byte[key.length - 1];
    System.arraycopy(key, 1, data, 0, data.length);
    return data;
  }

  boolean hasKey(byte[] other) {
    return Arrays.equals(key, other);
  }

  /** An order of keys, to find equal ones side by side. */
  static int compareKeys(PsbtField a, PsbtField b) {
    int shorter = Math.min(a.key.length, b.key.length);
    for (int i = 0; i < shorter; i++) {
      if (a.key[i] != b.key[i]) {
        return (a.key[i] & 0xff) - (b.key[i] & 0xff);
      }
    }
    return a.key.length - b.key.length;
  }
}
