package org.trefoil.server.http;

import io.javalin.http.Context;

/**
 * The cookie by which a browser is known again in which somebody signed in. It opens nothing; it
 * outlives the session, and signing out leaves it.
 */
final class BrowserCookie {
  static final String NAME = "__Host-Http-trefoil-browser";

  private static final String A_YEAR = "; Max-Age=31536000";

  private BrowserCookie() {}

  /** What the browser brought along; "" when nothing. */
  static String read(Context ctx) {
    String cookie = ctx.cookie(NAME);
    return cookie == null ? "" : cookie;
  }

  static void write(Context ctx, String cookie) {
    SessionCookie.add(ctx, NAME, cookie + A_YEAR);
  }
}
