package org.trefoil.core.coins;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.trefoil.core.units.Sats;

/** What a search finds is the best that there is. */
class ChangelessSearchTest {
  private static final long EACH = 10;

  /** Every choice is tried, of few coins whose amounts repeat and nearly fit. */
  @Test
  void noChoiceWastesLessOrTheSameWithFewerCoins() {
    Random random = new Random(69);
    int found = 0;
    for (int round = 0; round < 3_000; round++) {
      long[] values = values(random);
      long target = 1 + random.nextInt(120);
      long mostExcess = random.nextInt(12);
      long premium = random.nextInt(4);
      List<Coin> chosen = search(target, mostExcess, premium, values).find();
      long[] best = best(target, mostExcess, premium, values);
      assertThat(chosen == null ? null : describe(chosen, target, premium)).isEqualTo(best);
      found += chosen == null ? 0 : 1;
    }
    assertThat(found).isBetween(500, 2_500);
  }

  private static long[] values(Random random) {
    long[] values = new long[1 + random.nextInt(8)];
    long value = 15 + random.nextInt(60);
    for (int i = 0; i < values.length; i++) {
      values[i] = value;
      value = Math.max(EACH + 1, value - random.nextInt(9) / 2);
    }
    return values;
  }

  /** Waste and number of coins of the best choice; null when none fits. */
  private static long @Nullable [] best(
      long target, long mostExcess, long premium, long... values) {
    long[] best = null;
    for (int choice = 1; choice < 1 << values.length; choice++) {
      int count = Integer.bitCount(choice);
      long excess = -target - EACH * count;
      for (int i = 0; i < values.length; i++) {
        excess += (choice >> i & 1) * values[i];
      }
      long waste = excess + premium * count;
      boolean fits = excess >= 0 && excess <= mostExcess;
      if (fits && (best == null || waste < best[0] || waste == best[0] && count < best[1])) {
        best = new long[] {waste, count};
      }
    }
    return best;
  }

  private static long[] describe(List<Coin> chosen, long target, long premium) {
    long excess = -target - EACH * chosen.size();
    for (Coin coin : chosen) {
      excess += coin.value().value();
    }
    return new long[] {excess + premium * chosen.size(), chosen.size()};
  }

  @Test
  void whatIsLeftOverIsAtMostWhatMayBe() {
    assertThat(search(100, 7, 0, 117).find()).hasSize(1);
    assertThat(search(100, 6, 0, 117).find()).isNull();
    assertThat(search(107, 6, 0, 117).find()).hasSize(1);
    assertThat(search(108, 6, 0, 117).find()).isNull();
  }

  @Test
  void noCoinsAreNoChoice() {
    assertThat(search(100, 1_000, 0).find()).isNull();
    assertThat(search(0, 1_000, 0).find()).isNull();
  }

  private static ChangelessSearch search(
      long target, long mostExcess, long premium, long... values) {
    List<Coin> coins = new ArrayList<>();
    for (long value : values) {
      Outpoint outpoint = new Outpoint("ab".repeat(32), coins.size());
      coins.add(new Coin(outpoint, new Sats(value), 0, 0, 6, false));
    }
    return new ChangelessSearch(coins, target, count -> EACH * count, mostExcess, premium);
  }
}
