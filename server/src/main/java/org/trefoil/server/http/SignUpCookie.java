package org.trefoil.server.http;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.trefoil.core.RefusedException;
import org.trefoil.server.account.Email;

/**
 * The address that somebody signs up with, in that person's own browser until the code of its
 * letter is given, so that a closed tab loses nothing. It proves nothing: who makes one up has
 * typed an address.
 */
final class SignUpCookie {
  static final String NAME = "__Host-Http-trefoil-signup";

  private static final String HALF_AN_HOUR = "; Max-Age=1800";

  private SignUpCookie() {}

  /** The address; "" when there is none. */
  static String read(Context ctx) {
    String cookie = ctx.cookie(NAME);
    if (cookie == null) {
      return "";
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(cookie);
      return Email.parse(new String(bytes, StandardCharsets.UTF_8)).text();
    } catch (IllegalArgumentException | RefusedException e) {
      return "";
    }
  }

  static void write(Context ctx, Email email) {
    byte[] bytes = email.text().getBytes(StandardCharsets.UTF_8);
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    SessionCookie.add(ctx, NAME, text + HALF_AN_HOUR);
  }

  static void clear(Context ctx) {
    if (ctx.cookie(NAME) != null) {
      SessionCookie.clear(ctx, NAME);
    }
  }
}
