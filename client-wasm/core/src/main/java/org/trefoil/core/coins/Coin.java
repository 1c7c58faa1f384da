package org.trefoil.core.coins;

import org.trefoil.core.units.Sats;

/**
 * An unspent output of the wallet.
 *
 * @param outpoint which output of which transaction
 * @param value its amount
 * @param branch 0 for receive addresses, 1 for change
 * @param index the address's number on that branch
 * @param confirmations 0 while it waits in the mempool
 * @param ours made by one of our own sends, so that it may be spent before it confirms
 */
public record Coin(
    Outpoint outpoint, Sats value, int branch, int index, int confirmations, boolean ours) {
  public Coin {
    if (branch < 0 || branch > 1 || index < 0 || confirmations < 0) {
      throw new IllegalArgumentException("not a coin of a wallet");
    }
  }

  /** Whether it may be spent now: confirmed, or change of a send of our own. */
  public boolean spendable() {
    return confirmations > 0 || (ours && branch == 1);
  }
}
