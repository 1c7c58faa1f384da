package org.trefoil.custody.recover;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.proposal.OwnScripts;
import org.trefoil.core.units.Sats;

/** The wallet's coins among all that was named, and everything else, so that nothing is dropped. */
public final class FoundCoins {
  /**
   * A coin that can be spent.
   *
   * @param address where it lies
   * @param proved whether the transaction that made it was at hand and agrees
   * @param waiting whether the source says that it has no confirmation yet
   */
  public record FoundCoin(Coin coin, String address, boolean proved, boolean waiting) {}

  /**
   * Something that was named and cannot be spent here.
   *
   * @param amount null where nobody says
   * @param address null where it has none or nobody says
   */
  public record Unusable(
      Outpoint outpoint, @Nullable Sats amount, @Nullable String address, Why why) {}

  /** Why it cannot be spent here. */
  public enum Why {
    /** No address of this wallet up to the last one that is ever used. */
    NOT_OURS,
    /** Ours or not: nobody says which address or script it has. Paste its transaction. */
    NO_ADDRESS_NAMED,
    /** Ours, but what made it must be seen (P2SH, or no amount). Paste its transaction. */
    TRANSACTION_NEEDED,
    /** Ours, mined less than 100 blocks ago. */
    IMMATURE,
    /** Ours, and one of the transactions that were pasted spends it. */
    SPENT,
    /** Ours, in a transaction that was pasted, but in no list of unspent coins. */
    NOT_IN_LIST
  }

  private final OwnScripts own;
  private final List<FoundCoin> coins;
  private final List<Unusable> unusable;
  private final Map<String, byte[]> transactions;

  FoundCoins(
      OwnScripts own,
      List<FoundCoin> coins,
      List<Unusable> unusable,
      Map<String, byte[]> transactions) {
    this.own = own;
    this.coins = List.copyOf(coins);
    this.unusable = List.copyOf(unusable);
    this.transactions = Map.copyOf(transactions);
  }

  public Cosigners cosigners() {
    return own.cosigners();
  }

  /** The coins that can be spent. */
  public List<FoundCoin> coins() {
    return coins;
  }

  /** Everything else that was named. */
  public List<Unusable> unusable() {
    return unusable;
  }

  /** What was named and is another wallet's. */
  public Set<Outpoint> strangers() {
    Set<Outpoint> strangers = new HashSet<>();
    for (Unusable each : unusable) {
      if (each.why() == Why.NOT_OURS) {
        strangers.add(each.outpoint());
      }
    }
    return strangers;
  }

  /** What the coins hold together. */
  public Sats total() {
    Sats sum = Sats.ZERO;
    for (FoundCoin found : coins) {
      sum = sum.plus(found.coin().value());
    }
    return sum;
  }

  /** The highest index of a branch at which a coin lies; -1 when there is none. */
  public int highest(int branch) {
    int highest = -1;
    for (FoundCoin found : coins) {
      if (found.coin().branch() == branch) {
        highest = Math.max(highest, found.coin().index());
      }
    }
    return highest;
  }

  OwnScripts own() {
    return own;
  }

  Map<String, byte[]> transactions() {
    return transactions;
  }
}
