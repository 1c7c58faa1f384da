package org.trefoil.server.regain;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.trefoil.core.keys.Hashes;
import org.trefoil.core.units.Utf8;

/** The secret in a link: 256 random bits as 64 hex digits, of which only SHA-256 is stored. */
final class LinkToken {
  private static final int BYTES = 32;

  private LinkToken() {}

  static String fresh(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  static byte[] hash(String token) {
    return Hashes.sha256(Utf8.of(token));
  }
}
