package org.trefoil.core.proposal;

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
}
