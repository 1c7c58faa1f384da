package org.trefoil.server.policy;

import org.trefoil.core.proposal.HalfSigned;

/**
 * A spend that may be co-signed: checked, half-signed, and approved by {@link Approver}, the only
 * one who makes these.
 */
public final class ApprovedSpend {
  private final String walletId;
  private final HalfSigned half;

  ApprovedSpend(String walletId, HalfSigned half) {
    this.walletId = walletId;
    this.half = half;
  }

  public String walletId() {
    return walletId;
  }

  public HalfSigned half() {
    return half;
  }
}
