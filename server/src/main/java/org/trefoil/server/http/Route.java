package org.trefoil.server.http;

import io.javalin.http.HandlerType;
import org.jspecify.annotations.Nullable;
import org.trefoil.server.account.EvenPace;

/**
 * One row of the table of routes.
 *
 * @param who may call it
 * @param kind how it is called, and so which checks come before it
 * @param limit the rate limit of each call, or null
 * @param maxBody the longest body in bytes
 * @param back the page that says what a form was refused for, so that nobody's browser offers to
 *     send the form again; null for everything that is no form
 */
record Route(
    HandlerType method,
    String path,
    Who who,
    Kind kind,
    RateLimits.@Nullable For limit,
    int maxBody,
    @Nullable String back,
    Handler handler) {
  static final int SMALL = 64 * 1024;
  static final int PSBT = 1536 * 1024;

  /** Who may call a route. */
  enum Who {
    ANYONE,
    /** Whoever gave the right password; the second factor may be missing. */
    HALF,
    /** Whoever gave both. */
    FULL
  }

  /** How a route is called. */
  enum Kind {
    /** A page that a person opens. */
    PAGE,
    /** A form that a page sends. */
    FORM,
    /** JSON read by a page's script. */
    API_READ,
    /** JSON sent by a page's script. */
    API_WRITE,
    /** A file, or the vault document: public, no cookie is looked at. */
    FILE,
    /** A report that a browser sends by itself. */
    REPORT;

    boolean api() {
      return this == API_READ || this == API_WRITE;
    }
  }

  /** What a route does once it is known that it may. */
  interface Handler {
    Answer answer(Visit visit) throws Exception;
  }

  /**
   * For what a stranger can name an address to: how long it takes tells nothing of that address.
   */
  static Handler evenly(Handler handler) {
    EvenPace pace = new EvenPace(System::nanoTime);
    return visit -> pace.keep(() -> handler.answer(visit));
  }

  static Route page(String path, Who who, Handler handler) {
    return new Route(HandlerType.GET, path, who, Kind.PAGE, null, 0, null, handler);
  }

  static Route form(
      String path, Who who, RateLimits.@Nullable For limit, String back, Handler handler) {
    return new Route(HandlerType.POST, path, who, Kind.FORM, limit, SMALL, back, handler);
  }

  static Route read(String path, Who who, Handler handler) {
    return new Route(HandlerType.GET, path, who, Kind.API_READ, null, 0, null, handler);
  }

  static Route write(String path, Who who, RateLimits.For limit, Handler handler) {
    return new Route(HandlerType.POST, path, who, Kind.API_WRITE, limit, SMALL, null, handler);
  }

  static Route file(String path, Handler handler) {
    return new Route(HandlerType.GET, path, Who.ANYONE, Kind.FILE, null, 0, null, handler);
  }

  /**
   * Whether {@code HEAD} is answered like {@code GET}; a stream without an end has no head alone.
   */
  boolean answersHead() {
    return method.equals(HandlerType.GET) && !path.endsWith("/events");
  }

  /** This route, with room for a transaction in its body. */
  Route withPsbt() {
    return new Route(method, path, who, kind, limit, PSBT, back, handler);
  }
}
