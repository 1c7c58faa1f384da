package org.trefoil.server.passkey;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256, 32 bytes. */
public final class Sha256 {
  private Sha256() {}

  /** Of bytes: 32. */
  public static byte[] of(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is missing", e);
    }
  }

  /** Of a text of ASCII alone. */
  static byte[] of(String ascii) {
    return of(ascii.getBytes(StandardCharsets.US_ASCII));
  }
}
