package org.trefoil.server.http;

/** A release's manifest as this server writes it, for tests of other rooms. */
public final class ReleaseTexts {
  private ReleaseTexts() {}

  public static String manifest() {
    return SignedRelease.served().text();
  }
}
