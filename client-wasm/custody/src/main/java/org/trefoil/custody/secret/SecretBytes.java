package org.trefoil.custody.secret;

import java.util.Arrays;

/**
 * Secret bytes that are wiped when closed.
 *
 * <p>Guarantee: one copy, owned here; {@link #close} overwrites it; nothing printable. Limit: a
 * garbage collector may have moved the array before, and code that was handed {@link #exposed} can
 * copy it, so that name is what a reviewer searches for.
 */
public final class SecretBytes implements AutoCloseable {
  private final byte[] bytes;
  private boolean closed;

  private SecretBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Takes over {@code bytes}: the caller must neither keep nor wipe them. */
  public static SecretBytes takingOver(byte[] bytes) {
    return new SecretBytes(bytes);
  }

  /** Copies {@code bytes}; wiping the original stays the caller's duty. */
  public static SecretBytes copyOf(byte[] bytes) {
    return new SecretBytes(bytes.clone());
  }

  /** The live array, not a copy. Do not keep it beyond this secret's life. */
  public byte[] exposed() {
    if (closed) {
      throw new IllegalStateException("secret used after it was wiped");
    }
    return bytes;
  }

  /** Number of bytes. */
  public int length() {
    return bytes.length;
  }

  /** Another holder with its own copy. */
  public SecretBytes copy() {
    return copyOf(exposed());
  }

  /** Compares without an early exit; only the length may show in the time it takes. */
  public boolean equalsInConstantTime(SecretBytes other) {
    return equalsInConstantTime(exposed(), other.exposed());
  }

  /** Compares two arrays without an early exit; only the lengths may show in the time it takes. */
  public static boolean equalsInConstantTime(byte[] a, byte[] b) {
    int difference = a.length ^ b.length;
    int n = Math.min(a.length, b.length);
    for (int i = 0; i < n; i++) {
      difference |= a[i] ^ b[i];
    }
    return difference == 0;
  }

  @Override
  public void close() {
    Arrays.fill(bytes, (byte) 0);
    closed = true;
  }

  @Override
  public String toString() {
    return "SecretBytes[redacted]";
  }
}
