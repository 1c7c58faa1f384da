package org.trefoil.server.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The secrets of cookies: 256 random bits, base64url without padding, of which the SHA-256 is kept.
 */
final class Secrets {
  private static final int BYTES = 32;
  private static final int MOST_CHARS = 64;

  private Secrets() {}

  static String fresh(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Whether a text that came in a cookie may be one. */
  static boolean plausible(String secret) {
    return !secret.isEmpty() && secret.length() <= MOST_CHARS;
  }

  static byte[] hash(String secret) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is missing", e);
    }
  }
}
