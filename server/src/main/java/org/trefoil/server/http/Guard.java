package org.trefoil.server.http;

import io.javalin.http.Context;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.server.config.ReleaseNumber;

/**
 * Is this request one that our own pages (or a person's address bar) make?
 *
 * <p>What changes state must say so in three ways that another site cannot: its own {@code Origin},
 * {@code Sec-Fetch-Site: same-origin}, and for scripts a header and a content type that need a
 * preflight which is never granted. Browsers send a form's {@code Origin} as {@code null} under
 * {@code Referrer-Policy: no-referrer}; then {@code Sec-Fetch-Site} alone decides.
 */
final class Guard {
  private final SiteOrigin site;
  private final @Nullable ReleaseNumber least;

  /**
   * @param least the oldest release whose scripts are answered; null for any
   */
  Guard(SiteOrigin site, @Nullable ReleaseNumber least) {
    this.site = site;
    this.least = least;
  }

  /** Throws when the request does not look like one of {@code kind}. */
  void check(Context ctx, Route.Kind kind) {
    String host = ctx.header("Host");
    if (host == null || !site.ownHost(host)) {
      throw wrongOrigin("host");
    }
    switch (kind) {
      case PAGE -> checkPage(ctx);
      case FORM -> checkForm(ctx, host);
      case API_READ -> checkScript(ctx);
      case API_WRITE -> {
        checkScript(ctx);
        checkWrite(ctx, host);
      }
      case REPORT -> checkReport(ctx);
      case FILE -> {}
    }
  }

  private static void checkPage(Context ctx) {
    String dest = ctx.header("Sec-Fetch-Dest");
    if (dest != null && !dest.equals("document") && !dest.equals("empty")) {
      throw wrongOrigin("destination");
    }
  }

  private void checkForm(Context ctx, String host) {
    contentType(ctx, "application/x-www-form-urlencoded");
    fromOurOwnPage(ctx);
    String origin = ctx.header("Origin");
    if (origin != null && !origin.equals("null") && !site.ownOrigin(origin, host)) {
      throw wrongOrigin("origin");
    }
  }

  /** Every browser that can run the vault says so by itself, and no script can. */
  private static void fromOurOwnPage(Context ctx) {
    if (!"same-origin".equals(ctx.header("Sec-Fetch-Site"))) {
      throw wrongOrigin("site");
    }
  }

  /** A script of ours asks: not a navigation, not another site. */
  private void checkScript(Context ctx) {
    String from = ctx.header("Sec-Fetch-Site");
    String dest = ctx.header("Sec-Fetch-Dest");
    if (from != null && !from.equals("same-origin")) {
      throw wrongOrigin("site");
    }
    if (dest != null && !dest.equals("empty")) {
      throw wrongOrigin("destination");
    }
    checkRelease(ctx);
  }

  /**
   * A page that stays open keeps the scripts and the vault that it was loaded with. A stream of
   * events can say nothing of itself; what it leads to is asked for anew, and refused then.
   */
  private void checkRelease(Context ctx) {
    if (least == null || "text/event-stream".equals(ctx.header("Accept"))) {
      return;
    }
    String said = ctx.header("X-Trefoil-Client");
    boolean old =
        ReleaseNumber.parse(said == null ? "" : said)
            .map(release -> release.compareTo(least) < 0)
            .orElse(true);
    if (old) {
      throw Refusal.of(Token.CLIENT_TOO_OLD, "least", least.toString()).exception();
    }
  }

  private void checkWrite(Context ctx, String host) {
    fromOurOwnPage(ctx);
    if (!site.ownOrigin(ctx.header("Origin"), host)) {
      throw wrongOrigin("origin");
    }
    if (!"1".equals(ctx.header("X-Trefoil"))) {
      throw wrongOrigin("header");
    }
    contentType(ctx, "application/json");
  }

  private static void checkReport(Context ctx) {
    String type = type(ctx.contentType());
    if (!type.equals("application/reports+json") && !type.equals("application/csp-report")) {
      throw Refusal.of(Token.WRONG_CONTENT_TYPE).exception();
    }
  }

  private static void contentType(Context ctx, String wanted) {
    if (!type(ctx.contentType()).equals(wanted)) {
      throw Refusal.of(Token.WRONG_CONTENT_TYPE).exception();
    }
  }

  private static String type(@Nullable String header) {
    return header == null ? "" : header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  private static RefusedException wrongOrigin(String what) {
    return Refusal.of(Token.WRONG_ORIGIN, "what", what).exception();
  }
}
