package org.trefoil.csp;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The complete security headers of each kind of answer; the one table of them.
 *
 * <p>An answer carries exactly one of these sets. {@code Strict-Transport-Security} is added when
 * the site is reached by https: RFC 6797 §7.2 forbids it on plain http, where browsers ignore it.
 */
public final class PageHeaders {
  /** Where violation reports go, on the same origin. */
  public static final String REPORT_PATH = "/report";

  private static final String NO_STORE = "no-store";
  private static final String ENDPOINT = "csp";
  private static final String PASSKEYS =
      "publickey-credentials-create=%1$s, publickey-credentials-get=%1$s";
  private static final String PERMISSIONS =
      String.join(
          ", ",
          List.of(
              "accelerometer=()",
              "autoplay=()",
              "camera=()",
              "display-capture=()",
              "encrypted-media=()",
              "fullscreen=()",
              "gamepad=()",
              "geolocation=()",
              "gyroscope=()",
              "hid=()",
              "identity-credentials-get=()",
              "idle-detection=()",
              "magnetometer=()",
              "microphone=()",
              "midi=()",
              "otp-credentials=()",
              "payment=()",
              "picture-in-picture=()",
              "serial=()",
              "storage-access=()",
              "usb=()",
              "window-management=()",
              "xr-spatial-tracking=()",
              "clipboard-read=()",
              "clipboard-write=(self)"));

  private final boolean https;

  /** The sets for a site whose visitors arrive by https, or by plain http on localhost. */
  public PageHeaders(boolean https) {
    this.https = https;
  }

  /**
   * A page: server-rendered, with at most one script, one stylesheet, plain forms.
   *
   * @param scripts the digests of its scripts
   * @param framesVault whether it embeds the vault
   */
  public Map<String, String> page(List<Sha384> scripts, boolean framesVault) {
    return page(scripts, framesVault, false);
  }

  /**
   * As {@link #page(List, boolean)}.
   *
   * @param asksPasskeys whether its script may make passkeys and ask them
   */
  public Map<String, String> page(List<Sha384> scripts, boolean framesVault, boolean asksPasskeys) {
    Policy policy =
        Policy.page()
            .with("script-src", hashes(scripts))
            .with("style-src", Source.SELF)
            .with("img-src", Source.SELF)
            .with("connect-src", Source.SELF)
            .with("frame-src", framesVault ? Source.SELF : Source.NONE)
            .with("form-action", Source.SELF)
            .sandbox(
                "allow-scripts",
                "allow-same-origin",
                "allow-forms",
                "allow-downloads",
                "allow-modals")
            .reportTo(ENDPOINT);
    // Forms end in "see other"; every Location of the server is a path of its own.
    Map<String, String> set =
        document(policy, "same-origin", "allow", ", endpoints=(" + ENDPOINT + ")");
    set.put(
        "Reporting-Endpoints",
        ENDPOINT + "=\"" + REPORT_PATH + "\", default=\"" + REPORT_PATH + "\"");
    set.put("X-Frame-Options", "DENY");
    if (asksPasskeys) {
      set.put("Permissions-Policy", permissions("(self)"));
    }
    return done(set);
  }

  /**
   * A page that a window of another origin may hold on to and speak to, as {@link #page} otherwise:
   * for the one page that a launcher opens, which has nothing of anybody in it.
   *
   * @param scripts the digests of its scripts
   */
  public Map<String, String> openedPage(List<Sha384> scripts) {
    Map<String, String> set = new LinkedHashMap<>(page(scripts, false));
    set.put("Cross-Origin-Opener-Policy", "unsafe-none");
    return Collections.unmodifiableMap(set);
  }

  /**
   * The vault document: an opaque origin without network, framed by our own pages only, read by
   * everybody: a launcher takes it from here. It reports nothing to nobody: a report is a way out
   * as well.
   *
   * @param scripts the digests of its external scripts
   * @param style the digest of its one inline style
   */
  public Map<String, String> vault(List<Sha384> scripts, Sha384 style) {
    Source[] hashes = new Source[scripts.size() + 1];
    for (int i = 0; i < scripts.size(); i++) {
      hashes[i] = Source.hash(scripts.get(i));
    }
    hashes[scripts.size()] = Source.WASM;
    Policy policy =
        Policy.page()
            .with("script-src", hashes)
            .with("style-src", Source.hash(style))
            .with("frame-ancestors", Source.SELF)
            .sandbox("allow-scripts", "allow-downloads", "allow-modals");
    // An opaque origin is cross-origin to everybody: under the embedder's COEP the document must
    // allow it by name.
    Map<String, String> set = document(policy, "cross-origin", "block", "");
    set.put("X-Frame-Options", "SAMEORIGIN");
    set.put("Access-Control-Allow-Origin", "*");
    return done(set);
  }

  /** An asset for our own pages: never a page itself, cached by the caller's rule. */
  public Map<String, String> asset() {
    Map<String, String> set = bare("same-origin");
    set.remove("Cache-Control");
    return done(set);
  }

  /**
   * An asset of the vault frame, whose opaque origin must be let in by name. It holds no secret and
   * reads no cookie.
   */
  public Map<String, String> vaultAsset() {
    Map<String, String> set = bare("cross-origin");
    set.remove("Cache-Control");
    set.put("Access-Control-Allow-Origin", "*");
    return done(set);
  }

  /**
   * An answer for scripts, or none at all: JSON, an event stream, a redirect, an error below the
   * pages.
   */
  public Map<String, String> bare() {
    return done(bare("same-origin"));
  }

  private static Map<String, String> bare(String resourcePolicy) {
    return common(Policy.nothing(), resourcePolicy);
  }

  private static Map<String, String> document(
      Policy policy, String resourcePolicy, String redirects, String reports) {
    Map<String, String> set = common(policy, resourcePolicy);
    set.put("Integrity-Policy", "blocked-destinations=(script)" + reports);
    set.put("Connection-Allowlist", "(response-origin);webrtc=block;redirects=" + redirects);
    set.put("Permissions-Policy", permissions("()"));
    return set;
  }

  private static String permissions(String passkeys) {
    return PERMISSIONS + ", " + String.format(PASSKEYS, passkeys);
  }

  private static Map<String, String> common(Policy policy, String resourcePolicy) {
    Map<String, String> set = new LinkedHashMap<>();
    set.put("Content-Security-Policy", policy.header());
    set.put("Cross-Origin-Opener-Policy", "same-origin");
    set.put("Cross-Origin-Embedder-Policy", "require-corp");
    set.put("Cross-Origin-Resource-Policy", resourcePolicy);
    set.put("Origin-Agent-Cluster", "?1");
    set.put("Referrer-Policy", "no-referrer");
    set.put("X-Content-Type-Options", "nosniff");
    set.put("X-Frame-Options", "DENY");
    set.put("X-XSS-Protection", "0");
    set.put("X-DNS-Prefetch-Control", "off");
    set.put("X-Permitted-Cross-Domain-Policies", "none");
    set.put("Cache-Control", NO_STORE);
    return set;
  }

  private Map<String, String> done(Map<String, String> set) {
    if (https) {
      set.put("Strict-Transport-Security", "max-age=63072000; includeSubDomains; preload");
    }
    return Collections.unmodifiableMap(set);
  }

  private static Source[] hashes(List<Sha384> scripts) {
    if (scripts.isEmpty()) {
      return new Source[] {Source.NONE};
    }
    return scripts.stream().map(Source::hash).toArray(Source[]::new);
  }
}
