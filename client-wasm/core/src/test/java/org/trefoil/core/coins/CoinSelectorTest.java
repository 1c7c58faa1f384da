package org.trefoil.core.coins;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.proposal.SpendFixture;
import org.trefoil.core.units.FeeRate;
import org.trefoil.core.units.Sats;

class CoinSelectorTest {
  private static final FeeRate RATE = new FeeRate(5_000);

  private final Cosigners cosigners = SpendFixture.twoOfThree(1).cosigners();
  private final byte[] change = cosigners.scriptPubKey(1, 0);
  private final byte[] target = new byte[22];
  private final List<Coin> coins = new ArrayList<>();

  CoinSelectorTest() {
    target[1] = 20;
  }

  @Test
  void anExactSumNeedsNoChange() {
    long fee = fee(2, false);
    add(100_000, 70_000, 30_000, 500_000);
    Selection.Selected selected = selected(100_000 + 30_000 - fee);
    assertThat(values(selected)).containsExactlyInAnyOrder(100_000L, 30_000L);
    assertThat(selected.change()).isNull();
    assertThat(selected.fee().value()).isEqualTo(fee);
  }

  @Test
  void manySmallCoinsAreNotSpentWhenFeesAreHigh() {
    FeeRate high = new FeeRate(60_000);
    for (int i = 0; i < 20; i++) {
      add(30_000);
    }
    add(900_000);
    List<byte[]> one = List.of(target);
    long fee = high.feeFor(SpendSize.vbytes(cosigners, 20, one)).value();
    TxOutput exactly = new TxOutput(new Sats(20 * 30_000 - fee), target);
    Selection chosen = CoinSelector.select(coins, List.of(exactly), change, high, cosigners);
    assertThat(values((Selection.Selected) chosen)).containsExactly(900_000L);
    FeeRate low = new FeeRate(2_000);
    fee = low.feeFor(SpendSize.vbytes(cosigners, 20, one)).value();
    exactly = new TxOutput(new Sats(20 * 30_000 - fee), target);
    chosen = CoinSelector.select(coins, List.of(exactly), change, low, cosigners);
    assertThat(values((Selection.Selected) chosen)).hasSize(20);
  }

  @Test
  void aSumThatIsALittleAboveIsLeftToTheFee() {
    add(100_000, 500_000);
    long fee = fee(1, false);
    Selection.Selected selected = selected(100_000 - fee - 400);
    assertThat(values(selected)).containsExactly(100_000L);
    assertThat(selected.change()).isNull();
    assertThat(selected.fee().value()).isEqualTo(fee + 400);
  }

  @Test
  void theSmallestSingleCoinThatIsEnoughIsTaken() {
    add(40_000, 900_000, 300_000, 70_000);
    Selection.Selected selected = selected(200_000);
    assertThat(values(selected)).containsExactly(300_000L);
    assertThat(selected.change()).isEqualTo(new Sats(100_000 - fee(1, true)));
    assertThat(selected.fee().value()).isEqualTo(fee(1, true));
  }

  @Test
  void theLargestCoinsComeFirstWhenNoneIsEnough() {
    add(40_000, 90_000, 30_000, 70_000);
    Selection.Selected selected = selected(120_000);
    assertThat(values(selected)).containsExactlyInAnyOrder(90_000L, 70_000L);
    assertThat(selected.change()).isEqualTo(new Sats(40_000 - fee(2, true)));
  }

  @Test
  void onlyConfirmedCoinsAndChangeOfOurOwnSendsAreSpent() {
    coins.add(coin(1, 500_000, 0, 0, false));
    coins.add(coin(2, 500_000, 1, 0, false));
    coins.add(coin(3, 500_000, 0, 0, true));
    assertThat(token(100_000)).isEqualTo("insufficient-funds");
    coins.add(coin(4, 400_000, 1, 0, true));
    assertThat(values(selected(100_000))).containsExactly(400_000L);
    coins.add(coin(5, 300_000, 0, 1, false));
    assertThat(values(selected(100_000))).containsExactly(300_000L);
  }

  @Test
  void missingFundsAreNamed() {
    add(50_000, 20_000);
    Selection.NotSelected not = (Selection.NotSelected) select(80_000);
    assertThat(not.refusal().data())
        .containsEntry("have", "0.00070000 BTC")
        .containsEntry("need", new Sats(80_000 + fee(2, false)).display())
        .containsEntry("fee", new Sats(fee(2, false)).display());
  }

  @Test
  void whatIsEnoughWithoutChangeButNotWithItIsSpentWithoutChange() {
    add(50_000, 20_000);
    Selection.Selected selected = selected(70_000 - fee(2, false));
    assertThat(selected.change()).isNull();
    assertThat(token(70_000 - fee(2, false) + 1)).isEqualTo("insufficient-funds");
  }

  @Test
  void coinsThatCostMoreThanTheyHoldAreLeftAlone() {
    add(100_000, 500, 400);
    Selection.Selected all =
        (Selection.Selected) CoinSelector.everything(coins, target, RATE, cosigners);
    assertThat(values(all)).containsExactly(100_000L);
    assertThat(all.sent()).isEqualTo(new Sats(100_000 - fee(1, false)));
  }

  @Test
  void everythingOfNothingIsRefused() {
    Selection none = CoinSelector.everything(coins, target, RATE, cosigners);
    assertThat(((Selection.NotSelected) none).refusal().token()).isEqualTo("insufficient-funds");
    add(1_000);
    Selection dusty = CoinSelector.everything(coins, target, RATE, cosigners);
    assertThat(((Selection.NotSelected) dusty).refusal().token())
        .isIn("dust", "insufficient-funds");
  }

  @Test
  void moreThanAStandardTransactionHoldsIsRefused() {
    for (int i = 0; i < 1_200; i++) {
      coins.add(coin(i, 10_000, 0, 6, false));
    }
    assertThat(token(9_300_000)).isEqualTo("too-many-inputs");
    int most = SpendSize.mostInputs(cosigners, List.of(target, change));
    long weight = SpendSize.weight(cosigners, most, List.of(target, change));
    assertThat(weight).isBetween(400_000 - SpendSize.inputWeight(cosigners) - 8, 400_000L);
  }

  @Test
  void everythingOfMoreThanThatGoesInRoundsTheMostValuableCoinsFirst() {
    for (int i = 0; i < 2_000; i++) {
      coins.add(coin(i, 10_000 + i, 0, 6, false));
    }
    int most = SpendSize.mostInputs(cosigners, List.of(target));
    List<Integer> sizes = new ArrayList<>();
    int rounds = CoinSelector.rounds(coins, target, RATE, cosigners);
    assertThat(rounds).isEqualTo(3);
    for (int left = rounds; left > 0; left--) {
      assertThat(CoinSelector.rounds(coins, target, RATE, cosigners)).isEqualTo(left);
      Selection.Selected round =
          (Selection.Selected) CoinSelector.everything(coins, target, RATE, cosigners);
      sizes.add(round.inputs().size());
      long least =
          round.inputs().stream().mapToLong(coin -> coin.value().value()).min().orElseThrow();
      coins.removeAll(round.inputs());
      assertThat(coins).allMatch(coin -> coin.value().value() < least);
    }
    assertThat(sizes).containsExactly(most, most, 2_000 - 2 * most);
  }

  @Test
  void anyOrderOfCoinsGivesTheSameChoiceAndEnoughOfThem() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      coins.clear();
      int count = 1 + random.nextInt(60);
      long have = 0;
      for (int i = 0; i < count; i++) {
        long value = 2_000 + random.nextInt(1 << (8 + random.nextInt(14)));
        coins.add(coin(i, value, random.nextInt(2), random.nextInt(3), random.nextBoolean()));
        have += value;
      }
      long wanted = 1_000 + (long) (random.nextInt(1_000)) * have / 1_100;
      Selection one = select(wanted);
      Collections.shuffle(coins, random);
      assertThat(select(wanted)).isEqualTo(one);
      if (one instanceof Selection.Selected selected) {
        long in = 0;
        for (Coin coin : selected.inputs()) {
          in += coin.value().value();
          assertThat(coin.spendable()).isTrue();
        }
        Sats left = selected.change();
        boolean hasChange = left != null;
        long back = left != null ? left.value() : 0;
        long least = fee(selected.inputs().size(), hasChange);
        assertThat(in).isEqualTo(wanted + back + selected.fee().value());
        if (hasChange) {
          assertThat(back).isGreaterThanOrEqualTo(Dust.least(change).value());
          assertThat(selected.fee().value()).isEqualTo(least);
        } else {
          long excess = selected.fee().value() - least;
          long most = CoinSelector.mostLeftToFee(cosigners, change, RATE).value();
          assertThat(excess).isBetween(0L, most);
        }
      }
    }
  }

  @Test
  void aSearchWithoutAnAnswerEndsSoon() {
    // Powers of two with one odd target: the classic worst case for branch and bound.
    for (int i = 0; i < 40; i++) {
      coins.add(coin(i, (1L << (i % 20)) * 2_000 + (1L << 20), 0, 6, false));
    }
    long start = System.nanoTime();
    select(15_000_001);
    assertThat(System.nanoTime() - start).isLessThan(2_000_000_000L);
  }

  private void add(long... values) {
    for (long value : values) {
      coins.add(coin(coins.size(), value, 0, 6, false));
    }
  }

  private static Coin coin(int number, long value, int branch, int confirmations, boolean ours) {
    String txid = String.format("%064x", number + 1);
    return new Coin(new Outpoint(txid, 0), new Sats(value), branch, number, confirmations, ours);
  }

  private Selection select(long amount) {
    TxOutput output = new TxOutput(new Sats(amount), target);
    return CoinSelector.select(coins, List.of(output), change, RATE, cosigners);
  }

  private Selection.Selected selected(long amount) {
    return (Selection.Selected) select(amount);
  }

  private String token(long amount) {
    return ((Selection.NotSelected) select(amount)).refusal().token();
  }

  private static List<Long> values(Selection.Selected selected) {
    List<Long> values = new ArrayList<>();
    for (Coin coin : selected.inputs()) {
      values.add(coin.value().value());
    }
    return values;
  }

  private long fee(int inputs, boolean withChange) {
    List<byte[]> scripts = withChange ? List.of(target, change) : List.of(target);
    return RATE.feeFor(SpendSize.vbytes(cosigners, inputs, scripts)).value();
  }
}
