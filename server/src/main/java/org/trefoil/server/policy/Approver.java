package org.trefoil.server.policy;

import java.security.MessageDigest;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.proposal.HalfSigned;
import org.trefoil.core.units.Sats;

/**
 * Decides whether a half-signed spend may be co-signed.
 *
 * <p>Whoever calls holds the wallet's lock, so that what was spent before cannot change meanwhile.
 */
public final class Approver {
  private final Ceilings ceilings;

  public Approver(Ceilings ceilings) {
    this.ceilings = ceilings;
  }

  public Ceilings ceilings() {
    return ceilings;
  }

  /**
   * Holds a spend against the policies.
   *
   * @param leaves what it lets out of the wallet, its fee included, beyond what is counted already
   * @param spentInADay what the wallet sent in the last 24 hours, fees included
   */
  public Verdict judge(Sats leaves, Sats spentInADay) {
    Sats limit = ceilings.perDay();
    if (limit != null) {
      long wanted = spentInADay.value() + leaves.value();
      if (wanted > limit.value()) {
        long left = Math.max(0, limit.value() - spentInADay.value());
        String shown = new Sats(left).display();
        return new Verdict.Refused(
            Refusal.of(Token.LIMIT_DAILY, "limit", limit.display(), "left", shown));
      }
    }
    return new Verdict.Allowed();
  }

  /**
   * Approves a spend that was judged, on the second factor given for exactly it.
   *
   * @throws IllegalStateException when the confirmation is for another transaction, or when other
   *     owners have to sign first
   */
  public ApprovedSpend approve(String walletId, HalfSigned half, Confirmation confirmation) {
    if (!MessageDigest.isEqual(half.spend().digest(), confirmation.digest())) {
      throw new IllegalStateException("the second factor was given for another transaction");
    }
    if (half.missing() != 0) {
      throw new IllegalStateException("other owners have to sign first");
    }
    return new ApprovedSpend(walletId, half);
  }
}
