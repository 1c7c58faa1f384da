package org.trefoil.custody.passcode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.trefoil.custody.secret.SecretBytes;

/**
 * What Argon2id made of a passcode: 32 bytes that encrypt nothing themselves, but through {@link
 * #derive} with the label of one purpose, so that a key for one purpose says nothing about another.
 */
public final class StretchedKey implements AutoCloseable {
  /** Bytes of Argon2id output. */
  public static final int LENGTH = 32;

  private final SecretBytes bytes;

  StretchedKey(byte[] bytes) {
    this.bytes = SecretBytes.takingOver(bytes);
  }

  /** {@code n} bytes of HKDF-SHA256 (RFC 5869) for the purpose named by {@code label}. */
  public SecretBytes derive(String label, byte[] salt, int n) {
    return SecretBytes.takingOver(
        hkdf(bytes.exposed(), salt, label.getBytes(StandardCharsets.US_ASCII), n));
  }

  /**
   * The same of what a passcode and a passkey make together: HKDF-SHA256 of these 32 bytes followed
   * by the passkey's 32, for the label followed by {@code context}.
   */
  public SecretBytes deriveWith(PrfOutput prf, String label, byte[] context, byte[] salt, int n) {
    byte[] both = Arrays.copyOf(bytes.exposed(), LENGTH + PrfOutput.LENGTH);
    System.arraycopy(prf.exposed(), 0, both, LENGTH, PrfOutput.LENGTH);
    byte[] name = label.getBytes(StandardCharsets.US_ASCII);
    byte[] info = Arrays.copyOf(name, name.length + context.length);
    System.arraycopy(context, 0, info, name.length, context.length);
    try {
      return SecretBytes.takingOver(hkdf(both, salt, info, n));
    } finally {
      Arrays.fill(both, (byte) 0);
    }
  }

  /** A copy of the 32 bytes, only to be wrapped under another key. */
  public SecretBytes toWrap() {
    return bytes.copy();
  }

  /** One that was wrapped; takes over {@code bytes}, which must be 32. */
  public static StretchedKey unwrapped(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a stretched key has 32 bytes");
    }
    return new StretchedKey(bytes);
  }

  /** HKDF-SHA256: extract with {@code salt}, expand with {@code info}. */
  static byte[] hkdf(byte[] key, byte[] salt, byte[] info, int n) {
    HKDFBytesGenerator hkdf = new HKDFBytesGenerator(new SHA256Digest());
    hkdf.init(new HKDFParameters(key, salt, info));
    byte[] out = new byte[n];
    hkdf.generateBytes(out, 0, n);
    return out;
  }

  @Override
  public void close() {
    bytes.close();
  }

  @Override
  public String toString() {
    return "StretchedKey[redacted]";
  }
}
