package org.trefoil.server.secondfactor;

import org.trefoil.server.passkey.Assertion;

/** The second factor as it is given for a send. */
public sealed interface GivenFactor {
  /** What it is, as the record says: {@code passkey}, {@code code} or {@code recovery-code}. */
  String kind();

  /** A code of the app or a recovery code, as it was typed. */
  final class Code implements GivenFactor {
    private final String typed;

    public Code(String typed) {
      this.typed = typed;
    }

    public String typed() {
      return typed;
    }

    @Override
    public String kind() {
      return RecoveryCodes.isOne(typed) ? "recovery-code" : "code";
    }

    @Override
    public String toString() {
      return "Code[redacted]";
    }
  }

  /** What a passkey signed. */
  record Signed(Assertion assertion) implements GivenFactor {
    @Override
    public String kind() {
      return "passkey";
    }
  }
}
