package org.trefoil.server.policy;

import java.time.Instant;
import java.util.List;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;

/** What the policies say of a spend, with every reason. */
public sealed interface Verdict {
  /** Why; empty when nothing speaks against it. */
  List<Refusal> reasons();

  /** Nothing speaks against it. */
  record Allowed() implements Verdict {
    @Override
    public List<Refusal> reasons() {
      return List.of();
    }
  }

  /** It may be signed later; until then it can be cancelled. */
  sealed interface Waits extends Verdict {
    /** When it is to be looked at again, if nothing happens before. */
    Instant until();
  }

  /** It may be signed, but not before a time. */
  record Held(Instant until, List<Refusal> reasons) implements Waits {
    public Held {
      reasons = List.copyOf(reasons);
    }
  }

  /** It may be signed once enough members said yes; when they did not in time, it may not. */
  record NeedsApproval(Instant until, List<Refusal> reasons) implements Waits {
    public NeedsApproval {
      reasons = List.copyOf(reasons);
    }
  }

  /** It may not be signed; there is at least one reason. */
  record Refused(List<Refusal> reasons) implements Verdict {
    public Refused {
      reasons = List.copyOf(reasons);
    }

    /** Whether it may be signed later, as it is: only time or the owner has to pass. */
    public boolean passes() {
      return reasons.stream()
          .allMatch(
              why ->
                  why.is(Token.WALLET_FROZEN)
                      || why.is(Token.OUTSIDE_HOURS)
                      || why.is(Token.HOLD_AMOUNT)
                      || why.is(Token.NEEDS_APPROVAL)
                      || why.is(Token.HOLD_FIRST_TIME)
                      || why.is(Token.HOLD_NEW_KEYS)
                      || why.is(Token.HOLD_NEW_DEVICE));
    }

    /** The first reason. */
    public Refusal refusal() {
      return reasons.get(0);
    }
  }
}
