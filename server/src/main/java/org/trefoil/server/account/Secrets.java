package org.trefoil.server.account;

import java.security.SecureRandom;
import java.util.Base64;
import org.trefoil.core.keys.Hashes;
import org.trefoil.core.units.Utf8;

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
    return Hashes.sha256(Utf8.of(secret));
  }
}
