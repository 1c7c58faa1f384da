package org.trefoil.server.chain;

import java.util.List;
import java.util.Set;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.coins.Outpoint;

/**
 * How a wallet stands on the chain, as far as a spend needs to know.
 *
 * @param tip height of the last block followed
 * @param changeIndex of the next change address that was never paid
 * @param coins as {@link ChainIndex#coins}, those that the transactions asked for made
 * @param held which of them somebody has reserved
 */
public record Standing(int tip, int changeIndex, List<Coin> coins, Set<Outpoint> held) {
  public Standing {
    coins = List.copyOf(coins);
    held = Set.copyOf(held);
  }
}
