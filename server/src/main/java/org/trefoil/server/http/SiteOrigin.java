package org.trefoil.server.http;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where visitors reach this site, and so which {@code Host} and {@code Origin} are its own.
 *
 * <p>Either one configured origin, or plain http on this machine's own names. Any other {@code
 * Host} is somebody else's name that points here.
 */
final class SiteOrigin {
  private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

  private final @Nullable URI origin;

  SiteOrigin(@Nullable String origin) {
    this.origin = origin == null ? null : parse(origin);
  }

  private static URI parse(String text) {
    URI origin = URI.create(text);
    boolean web = "https".equals(origin.getScheme()) || "http".equals(origin.getScheme());
    boolean bare =
        origin.getHost() != null
            && origin.getRawPath().isEmpty()
            && origin.getRawQuery() == null
            && origin.getUserInfo() == null;
    if (!web || !bare) {
      throw new IllegalArgumentException(
          "an origin looks like https://wallet.example, not " + text);
    }
    if ("http".equals(origin.getScheme()) && !LOCAL.contains(origin.getHost())) {
      throw new IllegalArgumentException(
          "plain http is for this machine alone, not for " + origin.getHost());
    }
    return origin;
  }

  boolean https() {
    return origin != null && "https".equals(origin.getScheme());
  }

  /** Whether a request with this {@code Host} header is for this site. */
  boolean ownHost(@Nullable String host) {
    if (host == null) {
      return false;
    }
    if (origin != null) {
      return host.toLowerCase(Locale.ROOT).equals(origin.getRawAuthority());
    }
    String name = host.replaceFirst(":[0-9]{1,5}$", "");
    return LOCAL.contains(name.toLowerCase(Locale.ROOT));
  }

  /**
   * Whether this {@code Origin} header is the site itself, for a request that came to {@code host}.
   */
  boolean ownOrigin(@Nullable String header, String host) {
    String own = origin != null ? origin.toString() : "http://" + host;
    return own.equals(header);
  }
}
