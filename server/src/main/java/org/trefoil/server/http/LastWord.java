package org.trefoil.server.http;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.wire.Json;

/**
 * Why the last form was refused, on its way to the page that says it: a cookie that lives for one
 * page, or a minute. A refusal holds nothing secret, and who makes one up tells it to himself.
 */
final class LastWord {
  static final String NAME = "__Host-Http-trefoil-said";

  private static final int LONGEST = 2_000;

  private LastWord() {}

  static void write(Context ctx, Refusal why) {
    String json =
        Json.object().put("token", why.token()).putTextMap("data", why.data()).json().write();
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    SessionCookie.add(
        ctx, NAME, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + "; Max-Age=60");
  }

  /** What waits to be said, which it does once; null when nothing does. */
  static @Nullable Refusal take(Context ctx) {
    Refusal waiting = look(ctx);
    String cookie = ctx.cookie(NAME);
    if (cookie != null && !cookie.isEmpty()) {
      SessionCookie.clear(ctx, NAME);
    }
    return waiting;
  }

  /** The same, which waits on. */
  static @Nullable Refusal look(Context ctx) {
    String cookie = ctx.cookie(NAME);
    if (cookie == null || cookie.isEmpty()) {
      return null;
    }
    try {
      String json = new String(Base64.getUrlDecoder().decode(cookie), StandardCharsets.UTF_8);
      return Json.parse(json, LONGEST)
          .read(fields -> new Refusal(fields.text("token"), fields.textMap("data")));
    } catch (IllegalArgumentException | RefusedException e) {
      return null;
    }
  }
}
