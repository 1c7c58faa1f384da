package org.trefoil.custody.recover;

import org.jspecify.annotations.Nullable;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.units.Sats;

/**
 * An output as a source names it: as much as it says.
 *
 * @param amount null where it does not say
 * @param script the scriptPubKey; null where it does not say
 * @param address what the source wrote, in no form that was checked; null where it does not say
 * @param confirmations -1 where it does not say
 * @param coinbase whether it says that the output pays a miner
 */
record NamedCoin(
    Outpoint outpoint,
    @Nullable Sats amount,
    byte @Nullable [] script,
    @Nullable String address,
    int confirmations,
    boolean coinbase) {

  static final int UNKNOWN = -1;

  /** What both say of one output; where both speak, this one's word counts. */
  NamedCoin and(NamedCoin other) {
    return new NamedCoin(
        outpoint,
        amount == null ? other.amount : amount,
        script == null ? other.script : script,
        address == null ? other.address : address,
        Math.max(confirmations, other.confirmations),
        coinbase || other.coinbase);
  }
}
