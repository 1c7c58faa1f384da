package org.trefoil.core.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trefoil.core.Refusals.refusal;
import static org.trefoil.core.sweep.LoneFixture.TO;
import static org.trefoil.core.sweep.LoneFixture.coins;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.bitcoinj.base.Coin;
import org.bitcoinj.base.Sha256Hash;
import org.bitcoinj.core.Transaction;
import org.bitcoinj.core.TransactionInput;
import org.bitcoinj.core.TransactionOutPoint;
import org.bitcoinj.core.TransactionOutput;
import org.bitcoinj.core.TransactionWitness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trefoil.core.Token;
import org.trefoil.core.coins.SpendSize;
import org.trefoil.core.proposal.FeeBounds;
import org.trefoil.core.units.FeeRate;
import org.trefoil.core.units.Sats;

/** Which coins a sweep takes, into how many transactions, and what they cost. */
class SweepPlanTest {
  private static final FeeRate RATE = new FeeRate(1_000);
  private static final FeeBounds BOUNDS = FeeBounds.standard();

  /** One P2WPKH coin of 272 weight units to a P2WPKH address: 438 units. */
  private static final long ALONE = 110;

  /** What a P2WPKH coin adds, by itself: 68 vB. */
  private static final long EACH = 68;

  @Test
  void aCoinIsTakenThatHoldsMoreThanItCosts() {
    List<LoneCoin> coins = coins(LoneFixture.P2WPKH, EACH, 50_000, EACH + 1);
    Sweep sweep = only(plan(coins));
    assertThat(sweep.coins()).containsExactly(coins.get(1), coins.get(2));
  }

  @Test
  void coinsAreBroughtInWhoseSumIsJustNoDust() {
    Sweep sweep = only(plan(coins(LoneFixture.P2WPKH, ALONE + 294)));
    assertThat(sweep.amount()).isEqualTo(new Sats(294));
    assertThat(sweep.fee()).isEqualTo(new Sats(ALONE));
    assertThat(sweep.rate()).isEqualTo(RATE);
    List<LoneCoin> less = coins(LoneFixture.P2WPKH, ALONE + 293, EACH);
    assertThat(refusal(Token.FOREIGN_COINS_DUST, () -> plan(less)).data())
        .containsEntry("have", new Sats(ALONE + 293 + EACH).display());
  }

  @Test
  void noCoinsAreNothingToBringIn() {
    assertThat(refusal(Token.FOREIGN_COINS_DUST, () -> plan(List.of())).data())
        .containsEntry("have", Sats.ZERO.display());
  }

  @Test
  void inputsAreInTheOrderOfTheirOutpoints() {
    List<LoneCoin> coins = coins(LoneFixture.P2WPKH, 20_000, 40_000, 10_000, 30_000);
    List<LoneCoin> mixed = new ArrayList<>(coins);
    Collections.reverse(mixed);
    assertThat(only(plan(mixed)).coins()).isEqualTo(coins);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 252, 253})
  void theFeeIsTheRateTimesTheSizeThatBitcoinjCounts(int count) {
    Sweep sweep = only(plan(equal(count)));
    Transaction tx = new Transaction();
    for (int i = 0; i < count; i++) {
      TransactionOutPoint from = new TransactionOutPoint(i, Sha256Hash.ZERO_HASH);
      TransactionWitness witness = TransactionWitness.of(new byte[72], new byte[33]);
      tx.addInput(new TransactionInput(tx, new byte[0], from).withWitness(witness));
    }
    tx.addOutput(new TransactionOutput(tx, Coin.SATOSHI, TO.scriptPubKey()));
    assertThat(sweep.fee()).isEqualTo(RATE.feeFor((tx.getWeight() + 3) / 4));
    assertThat(sweep.amount().plus(sweep.fee())).isEqualTo(new Sats(count * 20_000L));
  }

  /** 400,000 weight units: 168 for what is around, and 272 for each coin. */
  @Test
  void asManyCoinsGoWithOneTransactionAsNodesRelay() {
    int most = (int) ((SpendSize.MOST_WEIGHT - 174) / 272);
    assertThat(only(plan(equal(most))).coins()).hasSize(most);
    List<Sweep> two = plan(equal(most + 1));
    assertThat(two).hasSize(2);
    assertThat(two.get(0).coins()).hasSize(most);
    assertThat(two.get(1).coins()).hasSize(1);
  }

  @Test
  void aLastTransactionThatWouldBringInDustIsLeftOut() {
    int most = (int) ((SpendSize.MOST_WEIGHT - 174) / 272);
    long[] values = new long[most + 1];
    Arrays.fill(values, 20_000);
    values[0] = ALONE + 293;
    List<LoneCoin> coins = coins(LoneFixture.P2WPKH, values);
    assertThat(only(plan(coins)).coins()).hasSize(most).doesNotContain(coins.get(0));
  }

  @Test
  void aFeeOutsideItsBoundsIsRefused() {
    List<LoneCoin> coins = coins(LoneFixture.P2WPKH, 250_000);
    refusal(Token.FEE_TOO_LOW, () -> plan(coins, 990));
    refusal(Token.FEE_TOO_HIGH, () -> plan(coins, 501_000));
  }

  /** 54,500 sat are less than a quarter of the coins, and more than one of what arrives. */
  @Test
  void aFeeIsMeasuredAgainstWhatArrives() {
    List<LoneCoin> coins = coins(LoneFixture.P2WPKH, 250_000);
    assertThat(refusal(Token.FEE_TOO_HIGH, () -> plan(coins, 495_455)).data())
        .containsEntry("most", new Sats(50_000).display());
    List<LoneCoin> more = coins(LoneFixture.P2WPKH, 300_000);
    assertThat(only(plan(more, 495_455)).amount()).isEqualTo(new Sats(300_000 - 54_501));
  }

  private static List<LoneCoin> equal(int count) {
    long[] values = new long[count];
    Arrays.fill(values, 20_000);
    return coins(LoneFixture.P2WPKH, values);
  }

  private static List<Sweep> plan(List<LoneCoin> coins) {
    return plan(coins, RATE.satPerKvB());
  }

  private static List<Sweep> plan(List<LoneCoin> coins, long satPerKvB) {
    return Sweep.plan(coins, TO, new FeeRate(satPerKvB), BOUNDS, 0);
  }

  private static Sweep only(List<Sweep> sweeps) {
    assertThat(sweeps).hasSize(1);
    return sweeps.get(0);
  }
}
