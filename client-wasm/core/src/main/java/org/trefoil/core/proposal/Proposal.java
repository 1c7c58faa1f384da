package org.trefoil.core.proposal;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.units.Sats;

/**
 * A transaction as it was built, before anybody checked it.
 *
 * @param psbt without signatures
 * @param intent what was asked for; with everything, the recipient's amount filled in
 * @param inputs the coins it spends, in the transaction's order
 * @param change what comes back, null when nothing does
 */
public record Proposal(
    Psbt psbt, Intent intent, List<Coin> inputs, Sats fee, @Nullable Change change) {
  public Proposal {
    inputs = List.copyOf(inputs);
  }
}
