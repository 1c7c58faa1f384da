package org.trefoil.custody.recover;

import java.util.ArrayList;
import java.util.List;
import org.trefoil.core.address.Address;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.coins.CoinSelector;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.proposal.CheckedSpend;
import org.trefoil.core.proposal.FeeBounds;
import org.trefoil.core.proposal.Intent;
import org.trefoil.core.proposal.Known;
import org.trefoil.core.proposal.Proposal;
import org.trefoil.core.proposal.ProposalCheck;
import org.trefoil.core.proposal.Proposals;
import org.trefoil.core.proposal.Recipient;
import org.trefoil.core.units.FeeRate;
import org.trefoil.core.units.Sats;

/**
 * Builds spends of found coins, by the same selection and the same check as a send in the wallet:
 * what comes out does what was asked for and nothing else, and is ready to be shown and signed.
 */
public final class Spending {
  private Spending() {}

  /**
   * Sends every coin that is worth its fee to one address, the most valuable where {@link #rounds}
   * is more than one. Refuses as {@link Proposals} and {@link ProposalCheck} do: {@code
   * insufficient-funds}, {@code dust}, {@code fee-too-high}, {@code fee-too-low}, {@code
   * other-network}.
   */
  public static CheckedSpend everything(FoundCoins coins, Address to, FeeRate rate) {
    return checked(coins, new Intent(List.of(new Recipient(to, Sats.ZERO)), true, rate));
  }

  /** Pays these recipients; change goes to the change address behind the last one with a coin. */
  public static CheckedSpend pay(FoundCoins coins, List<Recipient> recipients, FeeRate rate) {
    return checked(coins, new Intent(recipients, false, rate));
  }

  /**
   * How many transactions it takes to send everything. Nothing here remembers what an earlier one
   * spent: the next is built from what is asked for anew, once that one is in a block.
   */
  public static int rounds(FoundCoins coins, Address to, FeeRate rate) {
    return CoinSelector.rounds(coins(coins), to.scriptPubKey(), rate, coins.cosigners());
  }

  private static List<Coin> coins(FoundCoins found) {
    List<Coin> coins = new ArrayList<>();
    for (FoundCoins.FoundCoin each : found.coins()) {
      coins.add(each.coin());
    }
    return coins;
  }

  private static CheckedSpend checked(FoundCoins found, Intent intent) {
    List<Coin> coins = coins(found);
    int change = Math.min(Cosigners.MOST_INDEX, found.highest(Cosigners.CHANGE) + 1);
    Proposal proposal =
        Proposals.build(found.own(), coins, intent, change, 0, found.transactions());
    Known known = new Known(coins, FeeBounds.standard(), change, 0);
    return ProposalCheck.check(proposal.psbt(), proposal.intent(), found.own(), known).orThrow();
  }
}
