package org.trefoil.server.policy;

import java.security.MessageDigest;
import org.trefoil.core.proposal.HalfSigned;

/** Makes a half-signed spend that {@link Judge} allows one that may be co-signed. */
public final class Approver {
  private final Ceilings ceilings;
  private final Seals seals;

  public Approver(Ceilings ceilings, Seals seals) {
    this.ceilings = ceilings;
    this.seals = seals;
  }

  public Seals seals() {
    return seals;
  }

  public Ceilings ceilings() {
    return ceilings;
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
