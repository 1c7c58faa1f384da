package org.trefoil.core.proposal;

import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.units.FeeRate;
import org.trefoil.core.units.Sats;

/**
 * What a fee may be, whatever was asked for.
 *
 * @param floor below this rate nodes do not relay
 * @param ceiling above this rate it must be a mistake
 * @param most the most for one transaction
 * @param mostPercent the most as a share of what is paid, once the fee is above {@code unshared}
 * @param unshared a fee up to this is not measured against what is paid
 */
public record FeeBounds(FeeRate floor, FeeRate ceiling, Sats most, int mostPercent, Sats unshared) {
  /** The highest rate that anybody is offered or may choose: 500 sat/vB. */
  public static final long CEILING = 500_000;

  /**
   * Bounds for these rates: at most 0.1 BTC, and above 50,000 sat at most a quarter of what is
   * paid.
   */
  public static FeeBounds of(FeeRate floor, FeeRate ceiling) {
    return new FeeBounds(floor, ceiling, new Sats(10_000_000), 25, new Sats(50_000));
  }

  /** 1 to 500 sat/vB. */
  public static FeeBounds standard() {
    return of(new FeeRate(1_000), new FeeRate(CEILING));
  }

  /**
   * Refuses {@code fee-too-low} or {@code fee-too-high}, both {fee, least or most}, what no
   * transaction of this size that pays so much may cost.
   */
  public void refuseOutside(long fee, long vbytes, Sats paid) {
    long least = floor.feeFor(vbytes).value();
    long highest = ceiling.feeFor(vbytes).value();
    if (fee < least) {
      throw refusal(Token.FEE_TOO_LOW, fee, "least", least);
    }
    if (fee > highest) {
      throw refusal(Token.FEE_TOO_HIGH, fee, "most", highest);
    }
    refuseAbove(fee, paid);
  }

  /** Refuses {@code fee-too-high} {fee, most}, whatever the size. */
  void refuseAbove(long fee, Sats paid) {
    if (fee > most.value()) {
      throw refusal(Token.FEE_TOO_HIGH, fee, "most", most.value());
    }
    long share = paid.value() / 100 * mostPercent;
    if (fee > unshared.value() && fee > share) {
      throw refusal(Token.FEE_TOO_HIGH, fee, "most", Math.max(share, unshared.value()));
    }
  }

  static RefusedException refusal(Token token, long fee, String bound, long value) {
    String paid = new Sats(Math.max(0, fee)).display();
    return Refusal.of(token, "fee", paid, bound, new Sats(value).display()).exception();
  }
}
