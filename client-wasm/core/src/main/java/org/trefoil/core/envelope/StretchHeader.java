package org.trefoil.core.envelope;

import java.util.Arrays;

/**
 * The first 41 bytes of what is sealed under something stretched, in the layout that {@link
 * SealedUserKey} gives: magic (4), version (1), key derivation (1), its costs (7), salt (16), nonce
 * (12).
 */
final class StretchHeader {
  static final int LENGTH = 41;
  static final int SALT_LENGTH = 16;
  static final int NONCE_LENGTH = 12;

  /** Argon2id version 1.3, then HKDF-SHA256. */
  static final int ARGON2ID = 1;

  private StretchHeader() {}

  /**
   * Puts one together.
   *
   * @param memoryKiB below 2^31
   * @param iterations below 2^16
   * @param parallelism below 2^8
   */
  static byte[] of(
      byte[] magic,
      int version,
      int memoryKiB,
      int iterations,
      int parallelism,
      byte[] salt,
      byte[] nonce) {
    if (memoryKiB < 0
        || iterations >>> 16 != 0
        || parallelism >>> 8 != 0
        || salt.length != SALT_LENGTH
        || nonce.length != NONCE_LENGTH) {
      throw new IllegalArgumentException("envelope header");
    }
    byte[] header = Arrays.copyOf(magic, LENGTH);
    header[4] = (byte) version;
    header[5] = ARGON2ID;
    for (int i = 0; i < 4; i++) {
      header[6 + i] = (byte) (memoryKiB >>> (24 - 8 * i));
    }
    header[10] = (byte) (iterations >>> 8);
    header[11] = (byte) iterations;
    header[12] = (byte) parallelism;
    System.arraycopy(salt, 0, header, 13, SALT_LENGTH);
    System.arraycopy(nonce, 0, header, 29, NONCE_LENGTH);
    return header;
  }

  static boolean hasMagic(byte[] bytes, byte[] magic) {
    return Arrays.equals(magic, 0, 4, bytes, 0, 4);
  }

  static boolean isVersion(byte[] bytes, int version) {
    return bytes[4] == version && bytes[5] == ARGON2ID;
  }

  static int memoryKiB(byte[] bytes) {
    return (bytes[6] & 255) << 24
        | (bytes[7] & 255) << 16
        | (bytes[8] & 255) << 8
        | (bytes[9] & 255);
  }

  static int iterations(byte[] bytes) {
    return (bytes[10] & 255) << 8 | (bytes[11] & 255);
  }

  static int parallelism(byte[] bytes) {
    return bytes[12] & 255;
  }

  static byte[] salt(byte[] bytes) {
    return Arrays.copyOfRange(bytes, 13, 29);
  }

  static byte[] nonce(byte[] bytes) {
    return Arrays.copyOfRange(bytes, 29, LENGTH);
  }
}
