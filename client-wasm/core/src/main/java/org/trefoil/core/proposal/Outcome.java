package org.trefoil.core.proposal;

import org.trefoil.core.Refusal;

/** What the check of a proposal says. */
public sealed interface Outcome {
  /** The transaction does what was asked for and nothing else. */
  record Accepted(CheckedSpend spend) implements Outcome {}

  /** It does not, and why. */
  record Refused(Refusal refusal) implements Outcome {}

  /** The checked spend; throws the refusal where there is none. */
  default CheckedSpend orThrow() {
    if (this instanceof Refused refused) {
      throw refused.refusal().exception();
    }
    return ((Accepted) this).spend();
  }
}
