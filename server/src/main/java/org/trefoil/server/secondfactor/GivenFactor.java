package org.trefoil.server.secondfactor;

import org.trefoil.server.passkey.Assertion;

/** The second factor as it is given for a send. */
public sealed interface GivenFactor {
  /** A code of the app or a recovery code, as it was typed. */
  final class Code implements GivenFactor {
    private final String typed;

    public Code(String typed) {
      this.typed = typed;
    }

    String typed() {
      return typed;
    }

    @Override
    public String toString() {
      return "Code[redacted]";
    }
  }

  /** What a passkey signed. */
  record Signed(Assertion assertion) implements GivenFactor {}
}
