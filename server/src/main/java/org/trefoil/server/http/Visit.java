package org.trefoil.server.http;

import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.wire.Json;
import org.trefoil.server.http.Services.Session;

/** One request on its way through the door, with the session it belongs to. */
final class Visit {
  /** Where browsers' own serialisation of a passkey's answer keeps its PRF output. */
  private static final Set<String> PRF = Set.of("prf", "clientExtensionResults");

  private static final int BODY_SECONDS = 10;
  private static final int MOST_DRAINED = 4 * 1024 * 1024;

  private final Context ctx;
  private final Route route;
  private final String address;
  private final @Nullable String token;
  private final @Nullable Session session;

  Visit(
      Context ctx, Route route, String address, @Nullable String token, @Nullable Session session) {
    this.ctx = ctx;
    this.route = route;
    this.address = address;
    this.token = token;
    this.session = session;
  }

  Context ctx() {
    return ctx;
  }

  /** The visitor's network address. */
  /** From where, for what asks who confirms. */
  Services.Whence whence() {
    return new Services.Whence(address, BrowserCookie.read(ctx));
  }

  String address() {
    return address;
  }

  @Nullable Session session() {
    return session;
  }

  /** The session of a route that demands one. */
  Session known() {
    if (session == null) {
      throw Refusal.of(Token.NOT_SIGNED_IN).exception();
    }
    return session;
  }

  String accountId() {
    return known().accountId();
  }

  String token() {
    if (token == null) {
      throw Refusal.of(Token.NOT_SIGNED_IN).exception();
    }
    return token;
  }

  /** A part of the path that is one of our identifiers; anything else names nothing. */
  String id(String name) {
    String id = ctx.pathParam(name);
    if (!id.matches("[0-9a-f]{1,80}")) {
      throw Refusal.of(Token.NOT_FOUND).exception();
    }
    return id;
  }

  /** A path of ours with the identifiers of this one in it. */
  String filled(String path) {
    return Pattern.compile("\\{([a-z]+)}").matcher(path).replaceAll(name -> id(name.group(1)));
  }

  /** What {@code ?before=} asks a list to go on from; null for its beginning. */
  @Nullable String before() {
    return ctx.queryParam("before");
  }

  /**
   * The body as strict JSON. Refuses {@code prf-in-body} when it names what a passkey makes for the
   * vault alone: a page that sends that is broken, or not ours.
   */
  Json json() {
    Json json = Json.parse(body(), route.maxBody());
    if (json.names(PRF)) {
      throw Refusal.of(Token.PRF_IN_BODY).exception();
    }
    return json;
  }

  /**
   * The one field of a form; empty when it is not there. Refuses {@code unknown-field} for anything
   * else in it, the same field again included.
   */
  String field(String name) {
    String body = body();
    if (body.isEmpty()) {
      return "";
    }
    int equals = body.indexOf('=');
    String known = decoded(equals < 0 ? body : body.substring(0, equals));
    int more = body.indexOf('&');
    if (!known.equals(name) || more >= 0) {
      String second = body.substring(more + 1).split("=", 2)[0];
      String unknown = known.equals(name) ? decoded(second) : known;
      throw Refusal.of(
              Token.UNKNOWN_FIELD, "field", unknown.substring(0, Math.min(40, unknown.length())))
          .exception();
    }
    return equals < 0 ? "" : decoded(body.substring(equals + 1)).strip();
  }

  String body() {
    byte[] bytes = bytes();
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException e) {
      throw Refusal.of(Token.JSON_MALFORMED).exception();
    }
  }

  /**
   * The whole body, or {@code too-large}; never holds more than the limit, and never waits longer
   * than {@value #BODY_SECONDS} seconds for somebody who sends it byte by byte.
   */
  private byte[] bytes() {
    int limit = route.maxBody();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(BODY_SECONDS);
    try {
      InputStream in = ctx.req().getInputStream();
      if (ctx.req().getContentLengthLong() > limit) {
        drain(in, end);
        throw tooLarge(limit);
      }
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      byte[] piece = new byte[8192];
      for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
        body.write(piece, 0, n);
        if (body.size() > limit) {
          drain(in, end);
          throw tooLarge(limit);
        }
        if (System.nanoTime() > end) {
          throw Refusal.of(Token.JSON_MALFORMED).exception();
        }
      }
      return body.toByteArray();
    } catch (IOException e) {
      throw Refusal.of(Token.JSON_MALFORMED).exception();
    }
  }

  /**
   * Takes and forgets what is still coming, within bounds: a connection closed over unread bytes is
   * reset, and the sender would never read why it was refused.
   */
  private static void drain(InputStream in, long end) throws IOException {
    byte[] piece = new byte[8192];
    int drained = 0;
    for (int n = in.read(piece); n >= 0 && drained < MOST_DRAINED; n = in.read(piece)) {
      drained += n;
      if (System.nanoTime() > end) {
        return;
      }
    }
  }

  private static RefusedException tooLarge(int limit) {
    return Refusal.of(Token.TOO_LARGE, "limit", limit / 1024 + " KB").exception();
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
