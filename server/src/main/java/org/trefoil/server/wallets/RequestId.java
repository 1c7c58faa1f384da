package org.trefoil.server.wallets;

import org.trefoil.core.Refusal;
import org.trefoil.core.Token;

/** The name a client gives a request so that sending it again does nothing twice. */
public final class RequestId {
  private static final int MAX = 64;

  private RequestId() {}

  /** Refuses what is not 8 to 64 letters, digits, {@code -} or {@code _}. */
  public static void check(String id) {
    boolean fits = id.length() >= 8 && id.length() <= MAX;
    for (int i = 0; fits && i < id.length(); i++) {
      char c = id.charAt(i);
      fits =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '-'
              || c == '_';
    }
    if (!fits) {
      throw Refusal.of(Token.REQUEST_ID_MALFORMED).exception();
    }
  }
}
