package org.trefoil.server.passkey;

import java.net.URI;
import java.util.regex.Pattern;

/**
 * Who asks for passkeys: this site.
 *
 * @param origin as browsers write it, without a path: {@code https://wallet.example}
 */
public record RelyingParty(String origin) {
  private static final Pattern ORIGIN =
      Pattern.compile("(https://[a-z0-9.-]+|http://localhost)(:[0-9]{1,5})?");

  /** The name that passkeys are made for: the host alone. */
  public String id() {
    return URI.create(origin).getHost();
  }

  /**
   * Whether passkeys answer there: https, or this machine; a host, perhaps a port, and nothing
   * else. Such an origin has no character that could pass for another line.
   */
  public boolean isSite() {
    return ORIGIN.matcher(origin).matches() && id() != null;
  }
}
