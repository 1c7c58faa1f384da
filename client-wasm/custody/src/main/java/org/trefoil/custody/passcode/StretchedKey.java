package org.trefoil.custody.passcode;

import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.trefoil.custody.secret.SecretBytes;

/**
 * What Argon2id made of a passcode: 32 bytes that are never used as they are, only through {@link
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
