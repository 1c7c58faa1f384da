package org.trefoil.server.passkey;

/** The signature algorithms that passkeys may have, by their COSE numbers, the best first. */
final class Algorithms {
  static final int ES256 = -7;
  static final int ED25519 = -8;
  static final int RS256 = -257;

  private Algorithms() {}
}
