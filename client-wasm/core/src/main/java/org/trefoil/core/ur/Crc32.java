package org.trefoil.core.ur;

/** The checksum of ISO-3309, reflected, as in zip files. */
final class Crc32 {
  private static final int POLYNOMIAL = 0xedb88320;

  private Crc32() {}

  static int of(byte[] bytes, int length) {
    int crc = -1;
    for (int i = 0; i < length; i++) {
      crc ^= bytes[i] & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ POLYNOMIAL;
      }
    }
    return ~crc;
  }
}
