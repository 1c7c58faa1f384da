package org.trefoil.server.policy;

import org.jspecify.annotations.Nullable;
import org.trefoil.core.proposal.FeeBounds;
import org.trefoil.core.units.FeeRate;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.Fees;

/**
 * What this server co-signs at most, whatever a wallet allows; set by the operator.
 *
 * @param perDay most that one wallet may send in any 24 hours, fees included; null for no limit
 * @param together most that all wallets together may; null for no limit
 */
public record Ceilings(@Nullable Sats perDay, @Nullable Sats together) {
  /** The fees that are reasonable now. */
  public FeeBounds fees(Fees now) {
    return FeeBounds.of(new FeeRate(now.floor()), new FeeRate(now.ceiling()));
  }
}
