package org.trefoil.server.http;

import io.javalin.http.Context;
import org.jspecify.annotations.Nullable;

/**
 * The one cookie: the token of the session.
 *
 * <p>{@code __Host-Http-} makes browsers refuse it from scripts, from subdomains and over plain
 * http. On this machine's plain http browsers refuse the prefixes, so there (and nowhere else) it
 * has a plain name; it stays {@code Secure}, which they accept from localhost.
 */
final class SessionCookie {
  private final String name;

  SessionCookie(boolean https) {
    name = https ? "__Host-Http-trefoil-sess" : "trefoil-sess";
  }

  @Nullable String read(Context ctx) {
    String token = ctx.cookie(name);
    return token == null || token.isEmpty() ? null : token;
  }

  void write(Context ctx, String token) {
    ctx.res().addHeader("Set-Cookie", name + "=" + token + attributes());
  }

  void clear(Context ctx) {
    ctx.res().addHeader("Set-Cookie", name + "=; Max-Age=0" + attributes());
  }

  private static String attributes() {
    return "; Secure; HttpOnly; SameSite=Strict; Path=/";
  }
}
