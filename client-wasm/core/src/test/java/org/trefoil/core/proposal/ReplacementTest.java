package org.trefoil.core.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trefoil.core.RefusedException;
import org.trefoil.core.address.Address;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.units.FeeRate;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;

/** What may take the place of a transaction that waits, and what may not. */
class ReplacementTest {
  private static final int NEXT = SpendFixture.CHANGE_INDEX;
  private static final int TIP = SpendFixture.TIP;

  private final SpendFixture wallet = SpendFixture.twoOfThree(21);
  private final OwnScripts own = new OwnScripts(wallet.cosigners());
  private final CheckedSpend original = pays(500_000, 150_000);

  private CheckedSpend pays(long first, long second) {
    wallet.coins().clear();
    wallet.addCoin(400_000);
    wallet.addCoin(410_000);
    return waiting(wallet.pay(4_000, wallet.recipient(first), wallet.recipient(second)));
  }

  /** The send as its vault half-signed it, read back. */
  private CheckedSpend waiting(Intent intent) {
    Proposal proposal = wallet.build(intent);
    return Original.of(signed(proposal, 0), proposal.intent(), own, NEXT, TIP);
  }

  private byte[] signed(Proposal proposal, int key) {
    CheckedSpend spend = wallet.check(proposal.psbt(), proposal.intent()).orThrow();
    return wallet.sign(spend, proposal.psbt(), key).serialize();
  }

  private Proposal faster(CheckedSpend old, long rate) {
    return Replacement.faster(own, old, new FeeRate(rate), TIP, wallet.previous());
  }

  private Proposal cancel(CheckedSpend old, long rate) {
    return Replacement.cancel(own, old, new FeeRate(rate), NEXT, TIP, wallet.previous());
  }

  private CheckedSpend checked(Proposal proposal, List<Coin> coins) {
    Known known = new Known(coins, FeeBounds.standard(), NEXT, TIP);
    return ProposalCheck.check(proposal.psbt(), proposal.intent(), own, known).orThrow();
  }

  private Replacement replaces(Proposal proposal, CheckedSpend old) {
    return Replacement.check(checked(proposal, old.inputs()), old, NEXT);
  }

  private static String refusal(Runnable work) {
    try {
      work.run();
      return "nothing";
    } catch (RefusedException e) {
      return e.refusal().token();
    }
  }

  @Test
  void fasterPaysTheSameAndOnlyChangeShrinks() {
    Replacement replacement = replaces(faster(original, 9_000), original);
    CheckedSpend spend = replacement.spend();
    assertThat(spend.recipients()).isEqualTo(original.recipients());
    assertThat(spend.inputs())
        .extracting(Coin::outpoint)
        .isEqualTo(original.inputs().stream().map(Coin::outpoint).toList());
    assertThat(spend.change().index()).isEqualTo(original.change().index());
    assertThat(spend.fee()).isGreaterThan(original.fee());
    assertThat(spend.change().amount().plus(spend.fee()))
        .isEqualTo(original.change().amount().plus(original.fee()));
    assertThat(replacement.cancels()).isFalse();
  }

  @Test
  void changeThatIsNotWorthAnOutputAnyMoreDisappears() {
    CheckedSpend tight = pays(500_000, 306_700);
    assertThat(tight.change()).isNotNull();
    CheckedSpend spend = replaces(faster(tight, 8_000), tight).spend();
    assertThat(spend.change()).isNull();
    assertThat(spend.fee()).isEqualTo(tight.fee().plus(tight.change().amount()));
  }

  @Test
  void whatChangeCannotPayIsRefused() {
    CheckedSpend tight = pays(500_000, 306_700);
    assertThat(refusal(() -> faster(tight, 20_000))).isEqualTo("replacement-no-room");
    Proposal all = wallet.build(new Intent(List.of(wallet.recipient(0)), true, new FeeRate(4_000)));
    CheckedSpend everything = Original.of(signed(all, 0), all.intent(), own, NEXT, TIP);
    assertThat(refusal(() -> faster(everything, 5_000))).isEqualTo("replacement-no-room");
    assertThat(refusal(() -> cancel(everything, 9_000_000))).isEqualTo("replacement-no-room");
    assertThat(replaces(cancel(everything, 6_000), everything).cancels()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(ScriptType.class)
  void cancellingPaysNobodyButOurselves(ScriptType type) {
    SpendFixture other = new SpendFixture(5, type, 2, 3);
    OwnScripts scripts = new OwnScripts(other.cosigners());
    other.addCoin(700_000);
    Proposal sent = other.build(other.pay(3_000, other.recipient(200_000)));
    CheckedSpend spend = other.check(sent.psbt(), sent.intent()).orThrow();
    byte[] half = other.sign(spend, sent.psbt(), 0).serialize();
    CheckedSpend old = Original.of(half, sent.intent(), scripts, NEXT, TIP);
    FeeRate rate = new FeeRate(6_000);
    Proposal back = Replacement.cancel(scripts, old, rate, NEXT, TIP, other.previous());
    Known known = new Known(old.inputs(), FeeBounds.standard(), NEXT, TIP);
    CheckedSpend checked =
        ProposalCheck.check(back.psbt(), back.intent(), scripts, known).orThrow();
    assertThat(Replacement.check(checked, old, NEXT).cancels()).isTrue();
    assertThat(checked.psbt().unsignedTx().outputs()).hasSize(1);
    assertThat(checked.psbt().unsignedTx().outputs().get(0).script())
        .isEqualTo(other.cosigners().scriptPubKey(Cosigners.CHANGE, old.change().index()));
  }

  @Test
  void aCancelToAnAddressThatIsNotChangeIsAnotherRecipient() {
    for (byte[] script :
        List.of(
            wallet.script(3),
            wallet.cosigners().scriptPubKey(Cosigners.RECEIVE, NEXT),
            wallet.cosigners().scriptPubKey(Cosigners.CHANGE, NEXT + Cosigners.GAP + 1))) {
      Recipient elsewhere = new Recipient(Address.ofScript(Network.REGTEST, script), Sats.ZERO);
      Intent all = new Intent(List.of(elsewhere), true, new FeeRate(9_000));
      assertThat(refusal(() -> replaces(wallet.build(all), original)))
          .isEqualTo("replacement-other-recipients");
    }
  }

  @Test
  void otherCoinsAreRefused() {
    wallet.addCoin(90_000);
    Intent same = new Intent(original.recipients(), false, new FeeRate(20_000));
    List<Coin> fewer = List.of(wallet.coins().get(0), wallet.coins().get(1), wallet.coins().get(2));
    wallet.coins().set(1, wallet.addCoin(3_000_000));
    Proposal swapped = wallet.build(same);
    List<Coin> all = new ArrayList<>(fewer);
    all.addAll(wallet.coins());
    assertThat(refusal(() -> Replacement.check(checked(swapped, all), original, NEXT)))
        .isEqualTo("replacement-other-coins");
  }

  @Test
  void theLeastFeeIsTakenAndOneStepLessIsNot() {
    long vsize = original.vsize();
    long least = Replacement.leastRate(original, vsize).satPerKvB();
    assertThat(refusal(() -> replaces(faster(original, least), original))).isEqualTo("nothing");
    assertThat(refusal(() -> replaces(faster(original, least - 20), original)))
        .isEqualTo("replacement-fee-too-low");
    assertThat(refusal(() -> replaces(faster(original, 4_000), original)))
        .isEqualTo("replacement-fee-too-low");
    assertThat(Replacement.leastFee(original, vsize).value())
        .isGreaterThanOrEqualTo(original.fee().value() + vsize);
  }

  @Test
  void aLargerOneMustPayTheHigherRateAsWell() {
    SpendFixture rich = SpendFixture.twoOfThree(8);
    rich.addCoin(40_000_000);
    Recipient small = new Recipient(Address.ofScript(Network.REGTEST, rich.script(0)), Sats.ZERO);
    Intent all = new Intent(List.of(small), true, new FeeRate(400_000));
    Proposal sent = rich.build(all);
    CheckedSpend old = rich.check(sent.psbt(), sent.intent()).orThrow();
    long larger = old.vsize() + 12;
    // its signature may be so much shorter that its own rate is as high as this
    assertThat(Replacement.leastFee(old, larger).value() * (old.vsize() - 1))
        .isGreaterThan(old.fee().value() * larger);
    assertThat(Replacement.leastFee(old, larger).value())
        .isGreaterThan(400 * larger)
        .isGreaterThan(old.fee().value() + larger);
  }

  @Test
  void anOriginalIsWhatAKeyOfThePersonSignedAndNothingElse() {
    Intent asked = wallet.pay(4_000, wallet.recipient(300_000));
    Proposal proposal = wallet.build(asked);
    assertThat(reading(proposal.psbt().serialize(), asked)).isEqualTo("signature-missing");
    assertThat(reading(signed(proposal, 2), asked)).isEqualTo("signature-wrong");
    assertThat(reading(signed(proposal, 1), asked)).isEqualTo("nothing");
    assertThat(reading(signed(proposal, 0), asked)).isEqualTo("nothing");
    Intent more =
        wallet.pay(4_000, new Recipient(asked.recipients().get(0).address(), new Sats(300_001)));
    assertThat(reading(signed(proposal, 0), more)).isEqualTo("wrong-amount");
    Intent other = wallet.pay(4_000, wallet.recipient(300_000));
    assertThat(reading(signed(proposal, 0), other)).isEqualTo("surprise-output");
    SpendFixture stranger = SpendFixture.twoOfThree(99);
    OwnScripts theirs = new OwnScripts(stranger.cosigners());
    assertThat(refusal(() -> Original.of(signed(proposal, 0), asked, theirs, NEXT, TIP)))
        .isEqualTo("foreign-input");
  }

  private String reading(byte[] psbt, Intent said) {
    return refusal(() -> Original.of(psbt, said, own, NEXT, TIP));
  }

  /**
   * A replacement that does what its own request says, but not what the original did: both the
   * transaction and the claim about it are bent, as somebody would who holds the page.
   */
  @Test
  void everyBentReplacementIsRefused() {
    Random random = new Random(20261121);
    for (int i = 0; i < 400; i++) {
      List<Recipient> bent = new ArrayList<>(original.recipients());
      int which = random.nextInt(bent.size());
      Recipient victim = bent.get(which);
      switch (random.nextInt(5)) {
        case 0 -> bent.set(which, wallet.recipient(victim.amount().value()));
        case 1 -> {
          long off = 1 + random.nextInt(3_000);
          long amount = victim.amount().value() + (random.nextBoolean() ? off : -off);
          bent.set(which, new Recipient(victim.address(), new Sats(amount)));
        }
        case 2 -> bent.remove(which);
        case 3 -> bent.add(wallet.recipient(1_000 + random.nextInt(20_000)));
        default -> bent.add(victim.amount().value() > 140_000 ? small(victim) : victim);
      }
      Intent intent = new Intent(bent, false, new FeeRate(6_000 + random.nextInt(9_000)));
      Proposal proposal = built(intent);
      assertThat(refusal(() -> replaces(proposal, original)))
          .as("case " + i)
          .isEqualTo("replacement-other-recipients");
    }
  }

  private static Recipient small(Recipient victim) {
    return new Recipient(victim.address(), new Sats(2_000));
  }

  /** Over the original's coins, all of them. */
  private Proposal built(Intent intent) {
    return Replacement.faster(own, like(intent), intent.feeRate(), TIP, wallet.previous());
  }

  /** A spend with the original's coins and change, and other recipients. */
  private CheckedSpend like(Intent intent) {
    return new CheckedSpend(
        original.psbt(), intent, own, original.inputs(), original.fee(), original.change());
  }

  @Test
  void changeAtAnotherIndexIsAnotherRecipient() {
    CheckedSpend elsewhere =
        new CheckedSpend(
            original.psbt(),
            original.intent(),
            own,
            original.inputs(),
            original.fee(),
            new Change(original.change().index() + 1, original.change().amount()));
    Proposal proposal =
        Replacement.faster(own, elsewhere, new FeeRate(9_000), TIP, wallet.previous());
    assertThat(refusal(() -> replaces(proposal, original)))
        .isEqualTo("replacement-other-recipients");
  }

  @Test
  void absurdFeesAreRefusedByTheSameBoundsAsForAnySend() {
    SpendFixture rich = SpendFixture.twoOfThree(9);
    rich.addCoin(500_000_000);
    OwnScripts scripts = new OwnScripts(rich.cosigners());
    Proposal sent = rich.build(rich.pay(1_000, rich.recipient(30_000)));
    CheckedSpend old = rich.check(sent.psbt(), sent.intent()).orThrow();
    Known known = new Known(old.inputs(), FeeBounds.standard(), NEXT, TIP);
    for (long rate : new long[] {400_000, 2_000_000}) {
      Proposal bump = Replacement.faster(scripts, old, new FeeRate(rate), TIP, rich.previous());
      assertThatThrownBy(
              () -> ProposalCheck.check(bump.psbt(), bump.intent(), scripts, known).orThrow())
          .hasMessage("fee-too-high");
    }
  }

  @Test
  void aChildLiftsThePackageToTheRateAskedFor() {
    wallet.coins().clear();
    Coin paid = wallet.addCoin(800_000, 0, 3, 0, false);
    ChildSpend parent = new ChildSpend(new Sats(220), 200);
    for (long rate : new long[] {3_000, 12_345, 40_000}) {
      Proposal proposal = child(parent, List.of(paid), rate);
      CheckedSpend spend = checked(proposal, wallet.coins());
      parent.check(spend, paid.outpoint().txid(), NEXT);
      assertThat(parent.packageRate(spend).satPerKvB()).isBetween(rate, rate + 10);
      assertThat(spend.comesBack(NEXT)).isTrue();
    }
  }

  private Proposal child(ChildSpend parent, List<Coin> coins, long rate) {
    return parent.build(own, coins, new FeeRate(rate), NEXT, TIP, wallet.previous());
  }

  @Test
  void aChildSpendsNothingElseAndPaysNobodyElse() {
    wallet.coins().clear();
    Coin paid = wallet.addCoin(800_000, 0, 3, 0, false);
    Coin other = wallet.addCoin(700_000, 0, 4, 0, false);
    Coin old = wallet.addCoin(600_000, 0, 5, 3, false);
    ChildSpend parent = new ChildSpend(new Sats(4_000), 200);
    String txid = paid.outpoint().txid();
    for (List<Coin> coins : Arrays.asList(List.of(paid, other), List.of(paid, old))) {
      CheckedSpend spend = checked(child(parent, coins, 30_000), wallet.coins());
      assertThat(refusal(() -> parent.check(spend, txid, NEXT)))
          .isEqualTo("replacement-other-coins");
    }
    Coin ready = new Coin(paid.outpoint(), paid.value(), 0, 3, 1, false);
    Intent away = new Intent(List.of(wallet.recipient(0)), true, new FeeRate(40_000));
    Proposal stolen = Proposals.build(own, List.of(ready), away, NEXT, TIP, wallet.previous());
    CheckedSpend spend = checked(stolen, List.of(paid));
    assertThat(refusal(() -> parent.check(spend, txid, NEXT)))
        .isEqualTo("replacement-other-recipients");
  }

  @Test
  void aChildThatDoesNotLiftTheRateIsRefused() {
    wallet.coins().clear();
    Coin paid = wallet.addCoin(800_000, 0, 3, 0, false);
    Proposal cheap = child(new ChildSpend(Sats.ZERO, 1), List.of(paid), 5_000);
    CheckedSpend spend = checked(cheap, wallet.coins());
    ChildSpend dear = new ChildSpend(new Sats(4_000), 200);
    assertThat(refusal(() -> dear.check(spend, paid.outpoint().txid(), NEXT)))
        .isEqualTo("replacement-fee-too-low");
  }

  @Test
  void aSizeOrFeeThatNoPackageHasIsRefused() {
    assertThat(refusal(() -> new ChildSpend(Sats.ZERO, 0))).isEqualTo("wrong-value");
    assertThat(refusal(() -> new ChildSpend(Sats.ZERO, 1_000_001))).isEqualTo("wrong-value");
    assertThat(refusal(() -> new ChildSpend(new Sats(Sats.MAX), 200))).isEqualTo("wrong-value");
  }
}
