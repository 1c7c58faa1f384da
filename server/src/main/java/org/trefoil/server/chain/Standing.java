package org.trefoil.server.chain;

import java.util.List;
import org.trefoil.core.coins.Coin;

/**
 * How a wallet stands on the chain.
 *
 * @param tip height of the last block followed
 * @param changeIndex of the next change address that was never paid
 * @param coins as {@link ChainIndex#coins}
 */
public record Standing(int tip, int changeIndex, List<Coin> coins) {
  public Standing {
    coins = List.copyOf(coins);
  }
}
