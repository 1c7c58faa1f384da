package org.trefoil.server.passkey;

import java.net.URI;

/**
 * Who asks for passkeys: this site.
 *
 * @param origin as browsers write it, without a path: {@code https://wallet.example}
 */
public record RelyingParty(String origin) {
  /** The name that passkeys are made for: the host alone. */
  public String id() {
    return URI.create(origin).getHost();
  }
}
