package org.trefoil.core.coins;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Looks for coins whose sum is what a payment and its fee come to, or so little above that change
 * would cost more (Murch's branch and bound).
 *
 * <p>Depth first over coins sorted by value, largest first; each step takes a coin or leaves it
 * out. A branch ends when its sum is too large, or when all coins that are left would not make it
 * enough. Of equal coins, one is left out only together with those after it. It stops after {@value
 * #TRIES} steps with the best it has seen: the least waste, then the fewest coins. Waste is the
 * excess, and what the coins cost more today than they would in calmer times.
 */
final class ChangelessSearch {
  static final int TRIES = 100_000;

  private final List<Coin> coins;
  private final long[] need;
  private final long mostExcess;
  private final long premium;
  private final long[] rest;

  /**
   * @param coins sorted by value, largest first
   * @param feeOf the fee of a spend of so many coins without change; grows with their number
   * @param mostExcess the most that may be left to the fee
   * @param premium what spending a coin costs more today than in calmer times
   */
  ChangelessSearch(
      List<Coin> coins, long target, IntToLongFunction feeOf, long mostExcess, long premium) {
    this.coins = coins;
    this.need = new long[coins.size() + 2];
    for (int count = 0; count < need.length; count++) {
      need[count] = target + feeOf.applyAsLong(count);
    }
    this.mostExcess = mostExcess;
    this.premium = premium;
    this.rest = new long[coins.size() + 1];
    for (int i = coins.size() - 1; i >= 0; i--) {
      rest[i] = rest[i + 1] + coins.get(i).value().value();
    }
  }

  /** The best choice seen, or null when there is none. */
  @Nullable List<Coin> find() {
    int[] taken = new int[coins.size()];
    int depth = 0;
    long sum = 0;
    int next = 0;
    long leastWaste = Long.MAX_VALUE;
    int[] best = new int[0];
    for (int tries = 0; tries < TRIES; tries++) {
      long excess = sum - need[depth];
      boolean enough = depth > 0 && excess >= 0;
      if (enough
          && excess <= mostExcess
          && better(excess + depth * premium, depth, leastWaste, best.length)) {
        leastWaste = excess + depth * premium;
        best = new int[depth];
        System.arraycopy(taken, 0, best, 0, depth);
      }
      boolean hopeless = sum + rest[next] < need[depth + 1];
      if (!enough && !hopeless && next < coins.size()) {
        taken[depth++] = next;
        sum += coins.get(next).value().value();
        next++;
        continue;
      }
      if (depth == 0) {
        break;
      }
      int left = taken[--depth];
      long value = coins.get(left).value().value();
      sum -= value;
      next = left + 1;
      while (next < coins.size() && coins.get(next).value().value() == value) {
        next++;
      }
    }
    return best.length == 0 ? null : chosen(best);
  }

  private static boolean better(long waste, int count, long leastWaste, int bestCount) {
    return waste < leastWaste || (waste == leastWaste && count < bestCount);
  }

  private List<Coin> chosen(int[] numbers) {
    List<Coin> chosen = new ArrayList<>(numbers.length);
    for (int number : numbers) {
      chosen.add(coins.get(number));
    }
    return chosen;
  }
}
