package org.trefoil.custody.recover.terminal;

import java.util.ArrayList;
import java.util.List;
import org.trefoil.core.units.Sats;
import org.trefoil.custody.recover.FoundCoins;
import org.trefoil.custody.recover.FoundCoins.FoundCoin;
import org.trefoil.custody.recover.FoundCoins.Unusable;
import org.trefoil.custody.recover.FoundCoins.Why;

/** Found coins in lines for a person; what cannot be spent is named with its reason. */
final class CoinLines {
  private CoinLines() {}

  static List<String> of(FoundCoins coins) {
    List<String> lines = new ArrayList<>();
    for (FoundCoin found : coins.coins()) {
      lines.add(
          "  "
              + found.coin().value().display()
              + " at "
              + found.address()
              + (found.waiting() ? ", not confirmed yet" : ""));
    }
    for (Unusable unusable : coins.unusable()) {
      Sats amount = unusable.amount();
      lines.add(
          "  not spent: "
              + unusable.outpoint()
              + (amount == null ? "" : ", " + amount.display())
              + ", "
              + sentence(unusable.why()));
    }
    lines.add(
        coins.coins().isEmpty()
            ? "No coin of this wallet is in what was read."
            : count(coins.coins().size()) + ", together " + coins.total().display() + ".");
    return lines;
  }

  /** How many coins, in words. */
  static String count(int coins) {
    return coins == 1 ? "1 coin" : coins + " coins";
  }

  private static String sentence(Why why) {
    return switch (why) {
      case NOT_OURS -> "not of this wallet";
      case NO_ADDRESS_NAMED -> "nobody says at which address: add its raw transaction";
      case TRANSACTION_NEEDED -> "add the raw transaction that made it";
      case IMMATURE -> "mined less than 100 blocks ago";
      case SPENT -> "a transaction that was read spends it";
      case NOT_IN_LIST -> "in no list of unspent coins that was read";
    };
  }
}
