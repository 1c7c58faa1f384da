package org.trefoil.core.coins;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.coins.Selection.NotSelected;
import org.trefoil.core.coins.Selection.Selected;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.units.FeeRate;
import org.trefoil.core.units.Sats;

/**
 * Chooses which coins to spend. The same coins and targets always give the same choice.
 *
 * <p>It looks for coins that need no change ({@link ChangelessSearch}), and for the smallest single
 * coin that is enough or, when there is none, the largest coins until they are; of the two it takes
 * what wastes less (Bitcoin Core's measure), so that fees that are high are not paid for many small
 * coins. Change that would be dust, or cost more to make and spend than it is worth, is left to the
 * fee. Only confirmed coins and the change of our own sends are spent, and no coin that costs more
 * to spend than it holds.
 */
public final class CoinSelector {
  /** 10 sat/vB: what spending a coin costs when there is no hurry, as Bitcoin Core assumes. */
  private static final FeeRate CALM = new FeeRate(10_000);

  private final Cosigners cosigners;
  private final FeeRate feeRate;
  private final List<byte[]> outputScripts = new ArrayList<>();
  private final List<byte[]> scriptsWithChange;
  private final long target;
  private final long changeOutputBytes;
  private final long leastChange;
  private final long mostExcess;
  private final long toSpendLater;
  private final long premium;
  private long outputBytes;

  private CoinSelector(
      Cosigners cosigners, List<TxOutput> targets, byte[] changeScript, FeeRate feeRate) {
    this.cosigners = cosigners;
    this.feeRate = feeRate;
    long sum = 0;
    for (TxOutput output : targets) {
      sum = Math.addExact(sum, output.value().value());
      outputBytes += SpendSize.outputBytes(output.scriptLength());
      outputScripts.add(output.script());
    }
    this.target = sum;
    this.scriptsWithChange = new ArrayList<>(outputScripts);
    scriptsWithChange.add(changeScript);
    this.changeOutputBytes = SpendSize.outputBytes(changeScript.length);
    this.leastChange = leastChange(cosigners, changeScript, feeRate);
    this.mostExcess = mostLeftToFee(cosigners, changeScript, feeRate).value();
    this.toSpendLater = toSpend(cosigners, calm(feeRate));
    this.premium = toSpend(cosigners, feeRate) - toSpendLater;
  }

  /**
   * The most that a choice without change may leave to the fee beyond what its rate asks for: what
   * making a change output would cost, and the least that it would have to hold.
   */
  public static Sats mostLeftToFee(Cosigners cosigners, byte[] changeScript, FeeRate feeRate) {
    // Two bytes more than the output itself, should it make the count of outputs longer.
    Sats toMake = feeRate.feeFor(SpendSize.outputBytes(changeScript.length) + 2);
    return toMake.plus(new Sats(leastChange(cosigners, changeScript, feeRate)));
  }

  /** Change is worth an output when it is no dust and pays for being spent in calmer times. */
  private static long leastChange(Cosigners cosigners, byte[] changeScript, FeeRate feeRate) {
    return Math.max(Dust.least(changeScript).value(), toSpend(cosigners, calm(feeRate)));
  }

  private static long toSpend(Cosigners cosigners, FeeRate feeRate) {
    return feeRate.feeFor((SpendSize.inputWeight(cosigners) + 3) / 4).value();
  }

  private static FeeRate calm(FeeRate feeRate) {
    return feeRate.compareTo(CALM) < 0 ? feeRate : CALM;
  }

  /**
   * Chooses coins for amounts that are known.
   *
   * @param coins what the wallet has; those that cannot be spent now are passed over
   * @param targets what is to be paid, at least one output
   * @param changeScript a scriptPubKey as long as the change's will be
   */
  public static Selection select(
      List<Coin> coins,
      List<TxOutput> targets,
      byte[] changeScript,
      FeeRate feeRate,
      Cosigners cosigners) {
    for (TxOutput output : targets) {
      NotSelected dust = dust(output.value().value(), output.script());
      if (dust != null) {
        return dust;
      }
    }
    return new CoinSelector(cosigners, targets, changeScript, feeRate).choose(coins);
  }

  /**
   * Spends every coin that is worth its fee to one script, or the most valuable of them, as many as
   * one transaction takes; the fee is taken from the amount.
   */
  public static Selection everything(
      List<Coin> coins, byte[] script, FeeRate feeRate, Cosigners cosigners) {
    TxOutput nothing = new TxOutput(new Sats(0), script);
    CoinSelector selector = new CoinSelector(cosigners, List.of(nothing), script, feeRate);
    List<Coin> worth = selector.worthSpending(coins);
    worth = worth.subList(0, Math.min(worth.size(), selector.most()));
    long have = sum(worth);
    long fee = selector.fee(worth.size(), false);
    if (worth.isEmpty() || have <= fee) {
      return selector.insufficient(coins, worth);
    }
    NotSelected dust = dust(have - fee, script);
    if (dust != null) {
      return dust;
    }
    return new Selected(inOrder(worth), new Sats(have - fee), null, new Sats(fee));
  }

  /** How many transactions it takes to spend every coin that is worth its fee to one script. */
  public static int rounds(List<Coin> coins, byte[] script, FeeRate feeRate, Cosigners cosigners) {
    TxOutput nothing = new TxOutput(new Sats(0), script);
    CoinSelector selector = new CoinSelector(cosigners, List.of(nothing), script, feeRate);
    int worth = selector.worthSpending(coins).size();
    return (worth + selector.most() - 1) / selector.most();
  }

  /** Takes all of these coins and no other; change comes back when it is worth an output. */
  public static Selection exactly(
      List<Coin> coins,
      List<TxOutput> targets,
      byte[] changeScript,
      FeeRate feeRate,
      Cosigners cosigners) {
    CoinSelector selector = new CoinSelector(cosigners, targets, changeScript, feeRate);
    return sum(coins) < selector.target + selector.fee(coins.size(), false)
        ? selector.insufficient(coins, coins)
        : selector.withChange(coins);
  }

  /** The most coins that one transaction with these outputs and no change takes. */
  private int most() {
    return SpendSize.mostInputs(cosigners, outputScripts);
  }

  private Selection choose(List<Coin> coins) {
    List<Coin> worth = worthSpending(coins);
    Selection other = fewest(coins, worth);
    int most = most();
    List<Coin> exact =
        new ChangelessSearch(worth, target, this::changelessFee, mostExcess, premium).find();
    if (exact == null || exact.size() > most) {
      return other;
    }
    Selected changeless = selected(exact, null);
    boolean better = !(other instanceof Selected with) || waste(changeless) <= waste(with);
    return better ? changeless : other;
  }

  /** The smallest coin that is enough alone, or as many of the largest as are enough. */
  private Selection fewest(List<Coin> coins, List<Coin> worth) {
    Coin single = null;
    for (Coin coin : worth) {
      if (coin.value().value() - target - fee(1, true) >= leastChange) {
        single = coin;
      }
    }
    if (single != null) {
      return fitting(withChange(List.of(single)));
    }
    List<Coin> largest = new ArrayList<>();
    long sum = 0;
    for (Coin coin : worth) {
      if (sum >= target + fee(largest.size(), true) + leastChange) {
        break;
      }
      largest.add(coin);
      sum += coin.value().value();
    }
    if (largest.isEmpty() || sum < target + fee(largest.size(), false)) {
      return insufficient(coins, worth);
    }
    return fitting(withChange(largest));
  }

  /**
   * What a choice costs beyond the payment itself: dear inputs, and change or what is left over.
   */
  private long waste(Selected choice) {
    int inputs = choice.inputs().size();
    long left = choice.fee().value() - fee(inputs, false);
    return inputs * premium + left + (choice.change() == null ? 0 : toSpendLater);
  }

  private Selected withChange(List<Coin> inputs) {
    long change = sum(inputs) - target - fee(inputs.size(), true);
    return selected(inputs, change >= leastChange ? new Sats(change) : null);
  }

  private Selected selected(List<Coin> inputs, @Nullable Sats change) {
    long fee = sum(inputs) - target - (change == null ? 0 : change.value());
    return new Selected(inOrder(inputs), new Sats(target), change, new Sats(fee));
  }

  /** Coins that may be spent and hold more than they cost, the largest first. */
  private List<Coin> worthSpending(List<Coin> coins) {
    long cost = toSpend(cosigners, feeRate);
    List<Coin> worth = new ArrayList<>();
    for (Coin coin : coins) {
      if (coin.spendable() && coin.value().value() > cost) {
        worth.add(coin);
      }
    }
    worth.sort(
        Comparator.comparingLong((Coin coin) -> -coin.value().value())
            .thenComparing(Coin::outpoint));
    return worth;
  }

  private static List<Coin> inOrder(List<Coin> coins) {
    List<Coin> sorted = new ArrayList<>(coins);
    sorted.sort(Comparator.comparing(Coin::outpoint));
    return sorted;
  }

  private long changelessFee(int inputs) {
    return fee(inputs, false);
  }

  private long fee(int inputs, boolean change) {
    long weight =
        SpendSize.weight(
            cosigners,
            inputs,
            outputScripts.size() + (change ? 1 : 0),
            outputBytes + (change ? changeOutputBytes : 0));
    return feeRate.feeFor((weight + 3) / 4).value();
  }

  private static long sum(List<Coin> coins) {
    long sum = 0;
    for (Coin coin : coins) {
      sum = Math.addExact(sum, coin.value().value());
    }
    return sum;
  }

  private static @Nullable NotSelected dust(long amount, byte[] script) {
    long least = Dust.least(script).value();
    return amount >= least
        ? null
        : new NotSelected(
            Refusal.of(
                Token.DUST,
                "amount",
                new Sats(amount).display(),
                "minimum",
                new Sats(least).display()));
  }

  /**
   * The choice, unless one transaction does not take so many coins, with change if there is any.
   */
  private Selection fitting(Selected choice) {
    int inputs = choice.inputs().size();
    int most =
        choice.change() == null ? most() : SpendSize.mostInputs(cosigners, scriptsWithChange);
    return inputs <= most
        ? choice
        : new NotSelected(
            Refusal.of(
                Token.TOO_MANY_INPUTS,
                "count",
                Integer.toString(inputs),
                "most",
                Integer.toString(most)));
  }

  /** What can be spent, and what is needed with the least fee. */
  private NotSelected insufficient(List<Coin> coins, List<Coin> worth) {
    long have = 0;
    for (Coin coin : coins) {
      have += coin.spendable() ? coin.value().value() : 0;
    }
    long fee = fee(Math.max(1, worth.size()), false);
    return new NotSelected(
        Refusal.of(
            Token.INSUFFICIENT_FUNDS,
            "have",
            new Sats(have).display(),
            "need",
            new Sats(Math.min(Sats.MAX, target + fee)).display(),
            "fee",
            new Sats(fee).display()));
  }
}
