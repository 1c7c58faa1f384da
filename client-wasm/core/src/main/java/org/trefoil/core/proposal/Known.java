package org.trefoil.core.proposal;

import java.util.List;
import org.trefoil.core.coins.Coin;

/**
 * What the checking side knows for itself when it looks at a proposal.
 *
 * @param coins the wallet's unspent coins; an input that is not among them is foreign
 * @param fees what a fee may be
 * @param changeIndex the next unused number on the change branch
 * @param tipHeight the height of the chain
 */
public record Known(List<Coin> coins, FeeBounds fees, int changeIndex, int tipHeight) {
  /** Change further ahead than this would not be found by wallets that scan with the usual gap. */
  public static final int CHANGE_GAP = 20;

  /** No wallet has had so much change: an index beyond it would take hours to find again. */
  public static final int MOST_CHANGE_INDEX = 1_000_000;

  public Known {
    coins = List.copyOf(coins);
  }

  /** Whether change at this index would be found again. */
  boolean finds(int index) {
    return index >= 0
        && index <= MOST_CHANGE_INDEX
        && (long) index <= (long) changeIndex + CHANGE_GAP;
  }
}
