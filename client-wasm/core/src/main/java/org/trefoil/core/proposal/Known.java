package org.trefoil.core.proposal;

import java.util.List;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.keys.Cosigners;

/**
 * What the checking side knows for itself when it looks at a proposal.
 *
 * @param coins the wallet's unspent coins; an input that is not among them is foreign
 * @param fees what a fee may be
 * @param changeIndex the next unused number on the change branch, as this side believes it: the
 *     server from its chain, the vault as far as the server's word fits what its browser saw
 * @param tipHeight the height of the chain
 */
public record Known(List<Coin> coins, FeeBounds fees, int changeIndex, int tipHeight) {
  public Known {
    coins = List.copyOf(coins);
  }

  /**
   * Whether change at this index would be found again: at most {@link Cosigners#GAP} beyond the
   * next unused one, and never beyond {@link Cosigners#MOST_INDEX}, whoever says what is unused.
   */
  boolean finds(int index) {
    return index >= 0
        && index <= Cosigners.MOST_INDEX
        && (long) index <= (long) changeIndex + Cosigners.GAP;
  }
}
