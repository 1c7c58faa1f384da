package org.trefoil.server.regain;

import java.util.function.Supplier;

/** Addresses of our pages as they stand in a mail. */
public final class SiteLinks {
  private final Supplier<String> origin;

  /** Over an origin such as {@code https://wallet.example}, asked each time. */
  public SiteLinks(Supplier<String> origin) {
    this.origin = origin;
  }

  String signIn() {
    return origin.get() + "/signin";
  }

  String newPassword(String token) {
    return origin.get() + "/new-password/" + token;
  }

  String newFactor(String token) {
    return origin.get() + "/new-factor/" + token;
  }

  String newEmail(String token) {
    return origin.get() + "/new-email/" + token;
  }

  String cancel(String link) {
    return origin.get() + "/cancel/" + link;
  }
}
