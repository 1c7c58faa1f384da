package org.trefoil.vault.recovery;

import java.util.List;
import org.trefoil.core.units.Sats;
import org.trefoil.custody.recover.FoundCoins;
import org.trefoil.vault.send.Amounts;
import org.trefoil.vault.view.Piece;

/** Draws what was found, and what was named but cannot be spent here, with the reason. */
final class CoinList {
  private static final int MOST_SHOWN = 40;

  private CoinList() {}

  static Piece of(FoundCoins found) {
    List<FoundCoins.FoundCoin> coins = found.coins();
    Piece rows = Piece.of("ul", "coins");
    for (FoundCoins.FoundCoin coin : coins.subList(0, Math.min(MOST_SHOWN, coins.size()))) {
      rows.add(
          Piece.of("li")
              .add(
                  Piece.of("span")
                      .add(
                          Piece.of("span", "mono").text(coin.address()),
                          Piece.of("small", "soft")
                              .text(coin.waiting() ? " · not confirmed yet" : "")),
                  Piece.of("span", "amount").text(Amounts.btc(coin.coin().value()))));
    }
    Piece more = Piece.says("hint", "and " + (coins.size() - MOST_SHOWN) + " more");
    return Piece.of("div", "good")
        .add(
            Piece.of("p")
                .add(
                    Piece.of("span", "amount")
                        .testId("coins-total")
                        .text(Amounts.btc(found.total())),
                    Piece.of("span")
                        .testId("coins-count")
                        .text(
                            coins.size() == 1 ? " in one coin" : " in " + coins.size() + " coins")),
            rows,
            more.show(coins.size() > MOST_SHOWN));
  }

  static Piece unusable(FoundCoins found) {
    List<FoundCoins.Unusable> all = found.unusable();
    Piece rows = Piece.of("ul", "coins");
    for (FoundCoins.Unusable coin : all.subList(0, Math.min(MOST_SHOWN, all.size()))) {
      String address = coin.address();
      Sats amount = coin.amount();
      String name = address == null ? coin.outpoint().txid() : address;
      rows.add(
          Piece.of("li")
              .add(
                  Piece.of("span").add(Piece.of("span", "mono").text(name), why(coin.why())),
                  Piece.of("span", "amount").text(amount == null ? "" : Amounts.btc(amount))));
    }
    Piece more = Piece.says("hint", "and " + (all.size() - MOST_SHOWN) + " more");
    return Piece.of("div", "card")
        .testId("coins-unusable")
        .add(
            Piece.says("Named there, but not to be spent here:"),
            rows,
            more.show(all.size() > MOST_SHOWN))
        .show(!all.isEmpty());
  }

  private static Piece why(FoundCoins.Why why) {
    return Piece.of("small", "soft")
        .text(
            " · "
                + switch (why) {
                  case NOT_OURS -> "of another wallet, and taken out again";
                  case NO_ADDRESS_NAMED -> "no address is named: paste its raw transaction";
                  case TRANSACTION_NEEDED -> "paste the raw transaction that made it";
                  case IMMATURE -> "mined, and not ripe yet";
                  case SPENT -> "spent by another transaction given here";
                  case NOT_IN_LIST -> "not in the list of unspent coins";
                });
  }
}
