package org.trefoil.core.psbt;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a PSBT claims about where a public key comes from: a claim, to be compared with a derivation
 * of one's own.
 */
public final class KeyDerivation {
  private final byte[] publicKey;
  private final byte[] origin;

  /**
   * Copies both.
   *
   * @param publicKey 33 bytes, or 65
   * @param origin 4 bytes of master fingerprint, then each step of the path, 4 bytes little-endian
   */
  public KeyDerivation(byte[] publicKey, byte[] origin) {
    if (origin.length < 4 || origin.length % 4 != 0) {
      throw new IllegalArgumentException("not a key origin");
    }
    this.publicKey = publicKey.clone();
    this.origin = origin.clone();
  }

  /** Builds the origin from its numbers. */
  public static KeyDerivation of(byte[] publicKey, int fingerprint, int... steps) {
    return new KeyDerivation(publicKey, origin(fingerprint, steps));
  }

  private static byte[] origin(int fingerprint, int... steps) {
    ByteSink out = new ByteSink(4 + 4 * steps.length);
    out.u8(fingerprint >> 24).u8(fingerprint >> 16).u8(fingerprint >> 8).u8(fingerprint);
    for (int step : steps) {
      out.i32(step);
    }
    return out.toBytes();
  }

  public byte[] publicKey() {
    return publicKey.clone();
  }

  /** The fingerprint and path as the PSBT has them, a copy. */
  public byte[] origin() {
    return origin.clone();
  }

  /** The master key's fingerprint, its first byte highest. */
  public int fingerprint() {
    return (origin[0] & 0xff) << 24
        | (origin[1] & 0xff) << 16
        | (origin[2] & 0xff) << 8
        | origin[3] & 0xff;
  }

  public int stepCount() {
    return origin.length / 4 - 1;
  }

  /** A step of the path; the highest bit says that it is hardened. */
  public int step(int number) {
    if (number < 0 || number >= stepCount()) {
      throw new IndexOutOfBoundsException("no step " + number);
    }
    int at = 4 + 4 * number;
    return origin[at] & 0xff
        | (origin[at + 1] & 0xff) << 8
        | (origin[at + 2] & 0xff) << 16
        | origin[at + 3] << 24;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof KeyDerivation that
        && Arrays.equals(publicKey, that.publicKey)
        && Arrays.equals(origin, that.origin);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(publicKey) + Arrays.hashCode(origin);
  }
}
