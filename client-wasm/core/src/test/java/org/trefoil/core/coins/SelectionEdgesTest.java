package org.trefoil.core.coins;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trefoil.core.Refusal;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.TestKeys;
import org.trefoil.core.units.FeeRate;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;

/** Coins and amounts that are just enough, and one satoshi or one coin less or more. */
class SelectionEdgesTest {
  /** Below this rate a change output must hold what is no dust, above it what it costs to spend. */
  private static final FeeRate LOW = new FeeRate(1_000);

  private static final long DUST = 330;
  private static final byte[] TARGET = new byte[22];
  private static final byte[] TAPROOT = new byte[34];

  static {
    TARGET[1] = 20;
    TAPROOT[0] = 0x51;
    TAPROOT[1] = 32;
  }

  private final Cosigners cosigners = TestKeys.twoOfThree(Network.REGTEST);
  private final byte[] change = cosigners.scriptPubKey(1, 0);
  private final List<Coin> coins = new ArrayList<>();
  private FeeRate rate = LOW;

  /** 45 vB for the output, and 330 sat, or 105 vB at the rate but at 10 sat/vB at the most. */
  @ParameterizedTest
  @CsvSource({"1000,375", "3000,465", "5000,750", "10000,1500", "60000,3750"})
  void whatMayBeLeftToTheFeeIsWhatChangeWouldCost(long satPerKvB, long most) {
    assertThat(CoinSelector.mostLeftToFee(cosigners, change, new FeeRate(satPerKvB)))
        .isEqualTo(new Sats(most));
  }

  @Test
  void theSmallestCoinIsTakenWhoseChangeIsJustEnough() {
    long wanted = 100_000;
    add(wanted + fee(1, true) + DUST, 500_000);
    assertThat(values(selected(wanted))).containsExactly(wanted + fee(1, true) + DUST);
    assertThat(selected(wanted).change()).isEqualTo(new Sats(DUST));
  }

  @Test
  void noMoreCoinsAreTakenThanThoseWhoseChangeIsJustEnough() {
    long wanted = 100_000;
    add(60_000, 40_000 + fee(2, true) + DUST, 5_000);
    assertThat(selected(wanted).inputs()).hasSize(2);
    assertThat(selected(wanted).change()).isEqualTo(new Sats(DUST));
  }

  /** At 1 sat/vB a change output costs 43 sat, and its spending 105. */
  @Test
  void whatIsLeftToTheFeeWeighsAgainstWhatChangeCosts() {
    long wanted = 100_000;
    add(wanted + fee(1, false) + 149, 500_000);
    assertThat(values(selected(wanted))).containsExactly(500_000L);
    coins.clear();
    add(wanted + fee(1, false) + 147, 500_000);
    assertThat(values(selected(wanted))).containsExactly(wanted + fee(1, false) + 147);
  }

  /** At 30 sat/vB an input costs 105 times 20 sat more than in calmer times. */
  @Test
  void anInputMoreCountsByWhatItCostsToday() {
    rate = new FeeRate(30_000);
    long wanted = 100_000;
    long changeCosts = 43 * 30 + 1_050;
    long dearer = 105 * 20;
    add(60_000, 40_000 + fee(2, false) + changeCosts - dearer - 1, 500_000);
    assertThat(selected(wanted).inputs()).hasSize(2);
    coins.clear();
    add(60_000, 40_000 + fee(2, false) + changeCosts - dearer + 1, 500_000);
    assertThat(values(selected(wanted))).containsExactly(500_000L);
  }

  @Test
  void inputsAreInTheOrderOfTheirOutpointsAndNotOfTheirAmounts() {
    add(50_000, 90_000, 40_000, 80_000);
    Collections.reverse(coins);
    assertThat(values(selected(255_000))).containsExactly(50_000L, 90_000L, 40_000L, 80_000L);
    assertThat(values(everything())).containsExactly(50_000L, 90_000L, 40_000L, 80_000L);
  }

  /** With 252 payments the change is the output that makes their count two bytes longer. */
  @Test
  void theFeeKnowsThatChangeMayMakeTheCountOfOutputsLonger() {
    List<TxOutput> targets = Collections.nCopies(252, output(1_000, TARGET));
    List<byte[]> scripts = new ArrayList<>(Collections.nCopies(252, TARGET));
    add(1_000_000);
    Selection.Selected selected = (Selection.Selected) select(targets);
    scripts.add(change);
    long vbytes = SpendSize.vbytes(cosigners, 1, scripts);
    assertThat(selected.fee()).isEqualTo(rate.feeFor(vbytes));
  }

  @Test
  void aPaymentIsTakenThatIsJustNoDust() {
    add(100_000);
    assertThat(selected(294).sent()).isEqualTo(new Sats(294));
    Refusal refusal = refusal(select(List.of(output(5_000, TARGET), output(293, TARGET))));
    assertThat(refusal.token()).isEqualTo("dust");
    assertThat(refusal.data())
        .containsEntry("amount", new Sats(293).display())
        .containsEntry("minimum", new Sats(294).display());
  }

  @Test
  void aCoinIsWorthSpendingThatHoldsMoreThanItCosts() {
    add(100_000, 105, 106);
    assertThat(values(everything())).containsExactly(100_000L, 106L);
  }

  @Test
  void everythingIsRefusedThatIsNoMoreThanItsFeeAndDust() {
    long fee = fee(1, false);
    add(fee);
    assertThat(refusal(all()).token()).isEqualTo("insufficient-funds");
    coins.clear();
    add(fee + 1);
    assertThat(refusal(all()).token()).isEqualTo("dust");
    coins.clear();
    add(fee + 293);
    assertThat(refusal(all()).data()).containsEntry("amount", new Sats(293).display());
    coins.clear();
    add(fee + 294);
    assertThat(everything().sent()).isEqualTo(new Sats(294));
    assertThat(everything().fee()).isEqualTo(new Sats(fee));
  }

  @Test
  void theNextTransactionIsForTheFirstCoinBeyondTheMostThatOneTakes() {
    assertThat(rounds()).isZero();
    int most = SpendSize.mostInputs(cosigners, List.of(TARGET));
    addEqual(most, 10_000);
    assertThat(rounds()).isEqualTo(1);
    assertThat(everything().inputs()).hasSize(most);
    add(10_000);
    assertThat(rounds()).isEqualTo(2);
  }

  private int rounds() {
    return CoinSelector.rounds(coins, TARGET, rate, cosigners);
  }

  @Test
  void asManyCoinsAsOneTransactionTakesAreTakenWithoutChange() {
    int most = SpendSize.mostInputs(cosigners, List.of(TARGET));
    addEqual(most + 1, 10_000);
    long wanted = most * 10_000L - fee(most, false);
    assertThat(selected(wanted).inputs()).hasSize(most);
    Refusal refusal = refusal(select(List.of(output(wanted + 1, TARGET))));
    assertThat(refusal.token()).isEqualTo("too-many-inputs");
  }

  /** To a Taproot address 956 coins go with one transaction, but only 955 and change. */
  @Test
  void asManyCoinsAsOneTransactionTakesLeaveRoomForTheirChange() {
    List<byte[]> scripts = List.of(TAPROOT, change);
    int most = SpendSize.mostInputs(cosigners, scripts);
    assertThat(most).isEqualTo(SpendSize.mostInputs(cosigners, List.of(TAPROOT)) - 1);
    addEqual(most + 1, 10_000);
    long fee = rate.feeFor(SpendSize.vbytes(cosigners, most, scripts)).value();
    Selection taken = select(List.of(output(most * 10_000L - fee - DUST, TAPROOT)));
    assertThat(((Selection.Selected) taken).inputs()).hasSize(most);
    assertThat(((Selection.Selected) taken).change()).isEqualTo(new Sats(DUST));
    long changeless = rate.feeFor(SpendSize.vbytes(cosigners, most, List.of(TAPROOT))).value();
    Selection more = select(List.of(output(most * 10_000L - changeless + 1, TAPROOT)));
    assertThat(refusal(more).token()).isEqualTo("too-many-inputs");
    assertThat(refusal(more).data())
        .containsEntry("count", Integer.toString(most + 1))
        .containsEntry("most", Integer.toString(most));
  }

  @Test
  void theseCoinsAndNoOthersPayWithChangeThatIsWorthIt() {
    add(60_000, 50_000);
    long wanted = 110_000 - fee(2, true);
    Selection.Selected selected = (Selection.Selected) exactly(wanted - DUST);
    assertThat(values(selected)).containsExactly(60_000L, 50_000L);
    assertThat(selected.change()).isEqualTo(new Sats(DUST));
    selected = (Selection.Selected) exactly(wanted - DUST + 1);
    assertThat(selected.change()).isNull();
    assertThat(selected.fee()).isEqualTo(new Sats(fee(2, true) + DUST - 1));
  }

  @Test
  void theseCoinsAndNoOthersPayWithoutChangeUntilTheyAreTooFew() {
    add(60_000, 50_000);
    long wanted = 110_000 - fee(2, false);
    Selection.Selected selected = (Selection.Selected) exactly(wanted);
    assertThat(selected.fee()).isEqualTo(new Sats(fee(2, false)));
    assertThat(selected.sent()).isEqualTo(new Sats(wanted));
    Refusal refusal = refusal(exactly(wanted + 1));
    assertThat(refusal.token()).isEqualTo("insufficient-funds");
    assertThat(refusal.data())
        .containsEntry("have", new Sats(110_000).display())
        .containsEntry("need", new Sats(110_001).display());
  }

  /** The most that there is to have is 21 million bitcoins, and no refusal names more. */
  @Test
  void whatIsMissingIsNeverMoreThanThereIs() {
    add(60_000);
    Refusal refusal = refusal(select(List.of(output(Sats.MAX, TARGET))));
    assertThat(refusal.data()).containsEntry("need", new Sats(Sats.MAX).display());
  }

  private void add(long... values) {
    for (long value : values) {
      coins.add(coin(coins.size(), value));
    }
  }

  private void addEqual(int count, long value) {
    for (int i = 0; i < count; i++) {
      add(value);
    }
  }

  private static Coin coin(int number, long value) {
    String txid = String.format("%064x", number + 1);
    return new Coin(new Outpoint(txid, 0), new Sats(value), 0, number, 6, false);
  }

  private static TxOutput output(long value, byte[] script) {
    return new TxOutput(new Sats(value), script);
  }

  private Selection select(List<TxOutput> targets) {
    return CoinSelector.select(coins, targets, change, rate, cosigners);
  }

  private Selection.Selected selected(long amount) {
    return (Selection.Selected) select(List.of(output(amount, TARGET)));
  }

  private Selection exactly(long amount) {
    return CoinSelector.exactly(coins, List.of(output(amount, TARGET)), change, rate, cosigners);
  }

  private Selection all() {
    return CoinSelector.everything(coins, TARGET, rate, cosigners);
  }

  private Selection.Selected everything() {
    return (Selection.Selected) all();
  }

  private static Refusal refusal(Selection selection) {
    return ((Selection.NotSelected) selection).refusal();
  }

  private static List<Long> values(Selection.Selected selected) {
    return selected.inputs().stream().map(coin -> coin.value().value()).toList();
  }

  private long fee(int inputs, boolean withChange) {
    List<byte[]> scripts = withChange ? List.of(TARGET, change) : List.of(TARGET);
    return rate.feeFor(SpendSize.vbytes(cosigners, inputs, scripts)).value();
  }
}
