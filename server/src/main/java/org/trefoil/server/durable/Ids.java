package org.trefoil.server.durable;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Names for new things: 128 random bits as 32 hex digits. They are no secrets. */
public final class Ids {
  private Ids() {}

  public static String random(SecureRandom random) {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Whether {@code text} has the form of an id. */
  public static boolean isId(String text) {
    if (text.length() != 32) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
        return false;
      }
    }
    return true;
  }
}
