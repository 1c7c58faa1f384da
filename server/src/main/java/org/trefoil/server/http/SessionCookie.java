package org.trefoil.server.http;

import io.javalin.http.Context;
import org.jspecify.annotations.Nullable;

/**
 * The cookie that matters: the token of the session.
 *
 * <p>Its prefix makes browsers refuse it from scripts, from subdomains and over plain http. On
 * localhost's plain http Chromium 156 and Firefox 153 ESR take it all the same (tried on
 * 2026-11-21), so there is one name everywhere.
 */
final class SessionCookie {
  static final String NAME = "__Host-Http-trefoil-sess";

  private static final String ATTRIBUTES = "; Secure; HttpOnly; SameSite=Strict; Path=/";

  private SessionCookie() {}

  static @Nullable String read(Context ctx) {
    String token = ctx.cookie(NAME);
    return token == null || token.isEmpty() ? null : token;
  }

  static void write(Context ctx, String token) {
    add(ctx, NAME, token);
  }

  static void clear(Context ctx) {
    clear(ctx, NAME);
  }

  /** Sets a cookie of any name under the same rules. */
  static void add(Context ctx, String name, String value) {
    ctx.res().addHeader("Set-Cookie", name + "=" + value + ATTRIBUTES);
  }

  static void clear(Context ctx, String name) {
    add(ctx, name, "; Max-Age=0");
  }
}
