package org.trefoil.core.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trefoil.core.address.Address;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.coins.TxOutput;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.psbt.PsbtDraft;
import org.trefoil.core.psbt.UnsignedTx;
import org.trefoil.core.units.FeeRate;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;

/** What the corpus of hostile PSBTs cannot say: other knowledge, other wishes, other indices. */
class ProposalCheckTest {
  private final SpendFixture wallet = SpendFixture.twoOfThree(3);
  private Recipient recipient;
  private Intent intent;
  private Proposal good;

  @BeforeEach
  void build() {
    wallet.addCoin(400_000);
    wallet.addCoin(410_000);
    recipient = wallet.recipient(500_000);
    intent = wallet.pay(4_000, recipient);
    good = wallet.build(intent);
  }

  @Test
  void whatWasBuiltIsAccepted() {
    CheckedSpend spend = wallet.check(good.psbt(), intent).orThrow();
    assertThat(spend.recipients()).containsExactly(recipient);
    assertThat(spend.change()).isEqualTo(good.change());
    assertThat(spend.digestWords()).hasSize(4);
    assertThat(spend.fee()).isEqualTo(new FeeRate(4_000).feeFor(spend.vsize()));
  }

  @Test
  void theDigestNamesTheTransactionAndItsAmounts() {
    byte[] digest = wallet.check(good.psbt(), intent).orThrow().digest();
    assertThat(wallet.check(good.psbt(), intent).orThrow().digest()).isEqualTo(digest);
    Proposal later =
        Proposals.build(
            new OwnScripts(wallet.cosigners()),
            wallet.coins(),
            intent,
            SpendFixture.CHANGE_INDEX + 1,
            SpendFixture.TIP,
            wallet.previous());
    assertThat(wallet.check(later.psbt(), intent).orThrow().digest()).isNotEqualTo(digest);
  }

  @Test
  void anotherAmountThanWasAskedForIsRefused() {
    Recipient more = new Recipient(recipient.address(), new Sats(500_001));
    assertThat(refusal(good.psbt(), wallet.pay(4_000, more))).isEqualTo("wrong-amount");
  }

  @Test
  void anotherRecipientThanWasAskedForIsRefused() {
    Intent other = wallet.pay(4_000, wallet.recipient(500_000));
    assertThat(refusal(good.psbt(), other)).isEqualTo("surprise-output");
  }

  @Test
  void aRecipientWhoIsLeftOutIsRefused() {
    Intent two = wallet.pay(4_000, recipient, wallet.recipient(20_000));
    assertThat(refusal(good.psbt(), two)).isEqualTo("missing-output");
  }

  @Test
  void theSameRecipientTwiceIsTwoPayments() {
    Intent twice =
        wallet.pay(4_000, recipient, new Recipient(recipient.address(), new Sats(9_000)));
    assertThat(refusal(good.psbt(), twice)).isEqualTo("missing-output");
    assertThat(refusal(wallet.build(twice).psbt(), twice)).isEqualTo("nothing");
    assertThat(refusal(wallet.build(twice).psbt(), intent)).isEqualTo("surprise-output");
  }

  @Test
  void changeMustBeOnTheChangeBranchAndNearEnoughToBeFound() {
    assertThat(refusal(changeTo(1, SpendFixture.CHANGE_INDEX), intent)).isEqualTo("nothing");
    assertThat(refusal(changeTo(1, 0), intent)).isEqualTo("nothing");
    assertThat(refusal(changeTo(1, SpendFixture.CHANGE_INDEX + 20), intent)).isEqualTo("nothing");
    assertThat(refusal(changeTo(1, SpendFixture.CHANGE_INDEX + 21), intent))
        .isEqualTo("foreign-change");
    assertThat(refusal(changeTo(1, Integer.MAX_VALUE), intent)).isEqualTo("foreign-change");
    assertThat(refusal(changeTo(0, 3), intent)).isEqualTo("foreign-change");
  }

  @Test
  void aServerCannotSendChangeOutOfReachByItsIndex() {
    assertThat(refusalWhereTheServerSays(Cosigners.MOST_INDEX)).isEqualTo("nothing");
    for (int index : new int[] {5_000, 10_000, 1_000_000, 2_000_000_000}) {
      assertThat(refusalWhereTheServerSays(index)).as("%d", index).isEqualTo("foreign-change");
    }
  }

  private String refusalWhereTheServerSays(int next) {
    Known known = new Known(wallet.coins(), FeeBounds.standard(), next, SpendFixture.TIP);
    return token(ProposalCheck.check(changeTo(1, next), intent, wallet.cosigners(), known));
  }

  @Test
  void changeThatSaysNothingOfItselfIsKnownAtTheNextIndexOnly() {
    assertThat(refusal(silently(SpendFixture.CHANGE_INDEX), intent)).isEqualTo("nothing");
    assertThat(refusal(silently(SpendFixture.CHANGE_INDEX + 1), intent))
        .isEqualTo("surprise-output");
  }

  @Test
  void changeToTheKeysOfAnotherWalletIsRefused() {
    SpendFixture other = SpendFixture.twoOfThree(4);
    OwnScript theirs = new OwnScripts(other.cosigners()).at(1, SpendFixture.CHANGE_INDEX);
    assertThat(refusal(withChange(theirs), intent)).isEqualTo("foreign-change");
  }

  @Test
  void aCoinThatIsNotKnownIsForeign() {
    List<Coin> fewer = wallet.coins().subList(0, 1);
    Known known = new Known(fewer, FeeBounds.standard(), 7, SpendFixture.TIP);
    assertThat(token(check(known))).isEqualTo("foreign-input");
  }

  @Test
  void aCoinOfAnotherAmountOrAddressThanKnownIsRefused() {
    assertThat(token(check(knownWith(new Sats(400_001), 0)))).isEqualTo("wrong-input-amount");
    assertThat(token(check(knownWith(new Sats(400_000), 1)))).isEqualTo("foreign-input");
  }

  @Test
  void feesOutsideOfTheBoundsAreRefused() {
    assertThat(token(check(bounds(5_000, 900_000, 10_000_000, 50)))).isEqualTo("fee-too-low");
    assertThat(token(check(bounds(1_000, 3_999, 10_000_000, 50)))).isEqualTo("fee-too-high");
    assertThat(token(check(bounds(1_000, 900_000, 100, 50)))).isEqualTo("fee-too-high");
    assertThat(token(check(bounds(1_000, 900_000, 10_000_000, 0)))).isEqualTo("fee-too-high");
    assertThat(token(check(bounds(4_000, 4_000, 10_000_000, 1)))).isEqualTo("nothing");
  }

  @Test
  void aRateThatWasNotAskedForIsRefusedToTheSatoshi() {
    assertThat(refusal(good.psbt(), wallet.pay(4_010, recipient))).isEqualTo("fee-too-low");
    assertThat(refusal(good.psbt(), wallet.pay(3_990, recipient))).isEqualTo("fee-too-high");
  }

  @Test
  void anAbsurdShareIsRefusedByTheStandardBounds() {
    SpendFixture rich = SpendFixture.twoOfThree(9);
    rich.addCoin(50_000_000);
    Intent absurd = rich.pay(900_000, rich.recipient(30_000));
    assertThat(token(rich.check(rich.build(absurd).psbt(), absurd))).isEqualTo("fee-too-high");
  }

  @Test
  void aLockTimeAfterTheTipIsRefused() {
    Known before = new Known(wallet.coins(), FeeBounds.standard(), 7, SpendFixture.TIP - 1);
    assertThat(token(check(before))).isEqualTo("locktime-surprise");
  }

  @Test
  void everythingLeavesNoRoomForChange() {
    Intent all = new Intent(List.of(recipient), true, new FeeRate(4_000));
    assertThat(refusal(good.psbt(), all)).isEqualTo("surprise-output");
    Proposal everything = wallet.build(all);
    assertThat(everything.change()).isNull();
    assertThat(refusal(everything.psbt(), everything.intent())).isEqualTo("nothing");
    assertThat(refusal(everything.psbt(), all)).isEqualTo("wrong-amount");
  }

  @Test
  void anAddressOfAnotherNetworkIsRefused() {
    Recipient main =
        new Recipient(Address.ofScript(Network.MAINNET, wallet.script(0)), new Sats(5_000));
    assertThatThrownBy(() -> wallet.build(wallet.pay(4_000, main))).hasMessage("other-network");
    assertThat(refusal(good.psbt(), wallet.pay(4_000, main))).isEqualTo("other-network");
  }

  @Test
  void nothingToSendIsRefused() {
    assertThatThrownBy(() -> wallet.build(wallet.pay(4_000))).hasMessage("nothing-to-send");
    assertThatThrownBy(() -> wallet.build(wallet.pay(4_000, wallet.recipient(0))))
        .hasMessage("nothing-to-send");
  }

  @Test
  void dustAndMissingFundsAreRefusedWithTheirAmounts() {
    Recipient dusty =
        new Recipient(Address.ofScript(Network.REGTEST, wallet.script(0)), new Sats(293));
    assertThatThrownBy(() -> wallet.build(wallet.pay(4_000, dusty))).hasMessage("dust");
    assertThatThrownBy(() -> wallet.build(wallet.pay(4_000, wallet.recipient(900_000))))
        .hasMessage("insufficient-funds");
  }

  @Test
  void sendingToOneselfIsAcceptedAndSaid() {
    byte[] own = wallet.cosigners().scriptPubKey(Cosigners.RECEIVE, 11);
    Recipient self = new Recipient(Address.ofScript(Network.REGTEST, own), new Sats(30_000));
    Intent toSelf = wallet.pay(4_000, self);
    CheckedSpend spend = wallet.check(wallet.build(toSelf).psbt(), toSelf).orThrow();
    assertThat(spend.recipientIsOurs(0, 12, 8)).isTrue();
    assertThat(spend.recipientIsOurs(0, 11, 8)).isFalse();
  }

  @Test
  void aWalletWithoutWitnessesMustSeeWholePreviousTransactions() {
    SpendFixture legacy = new SpendFixture(5, ScriptType.P2SH, 2, 3);
    legacy.addCoin(100_000);
    Intent small = legacy.pay(2_000, legacy.recipient(40_000));
    assertThat(token(legacy.check(legacy.build(small).psbt(), small))).isEqualTo("nothing");
    Proposal blind =
        Proposals.build(legacy.cosigners(), legacy.coins(), small, 7, SpendFixture.TIP);
    assertThat(token(legacy.check(blind.psbt(), small))).isEqualTo("psbt-malformed");
  }

  @Test
  void aHalfSignedOneOfAnotherTransactionIsRefused() {
    CheckedSpend spend = wallet.check(good.psbt(), intent).orThrow();
    Psbt other = changeTo(1, 1);
    assertThatThrownBy(() -> HalfSigned.verify(spend, other, KeyRole.USER))
        .hasMessage("psbt-malformed");
    assertThatThrownBy(() -> HalfSigned.verify(spend, good.psbt(), KeyRole.USER))
        .hasMessage("signature-missing");
    Psbt byBackup = wallet.sign(spend, good.psbt(), 1);
    assertThatThrownBy(() -> HalfSigned.verify(spend, byBackup, KeyRole.USER))
        .hasMessage("signature-wrong");
    HalfSigned half = HalfSigned.verify(spend, byBackup, KeyRole.BACKUP);
    assertThat(half.by()).containsExactly(KeyRole.BACKUP);
    assertThat(half.psbt()).isSameAs(byBackup);
  }

  private Psbt changeTo(int branch, int index) {
    return withChange(new OwnScripts(wallet.cosigners()).at(branch, index));
  }

  /** The good transaction with its change sent to another script, which the PSBT says is ours. */
  private Psbt withChange(OwnScript change) {
    return rebuilt(change, true);
  }

  private Psbt silently(int index) {
    return rebuilt(new OwnScripts(wallet.cosigners()).at(1, index), false);
  }

  private Psbt rebuilt(OwnScript change, boolean claims) {
    List<Outpoint> outpoints = new ArrayList<>();
    for (Coin coin : good.inputs()) {
      outpoints.add(coin.outpoint());
    }
    TxOutput back =
        new TxOutput(Objects.requireNonNull(good.change()).amount(), change.scriptPubKey());
    TxOutput paid = new TxOutput(recipient.amount(), recipient.address().scriptPubKey());
    UnsignedTx tx =
        UnsignedTx.of(outpoints, (int) Proposals.SEQUENCE, List.of(back, paid), SpendFixture.TIP);
    PsbtDraft draft = new PsbtDraft(tx);
    for (Coin coin : good.inputs()) {
      OwnScript from = new OwnScripts(wallet.cosigners()).at(coin.branch(), coin.index());
      SpendFixture.input(draft, from, coin);
    }
    if (claims) {
      draft.output(null, change.witnessScript(), change.derivations());
    } else {
      draft.output();
    }
    return draft.output().finish();
  }

  private Known knownWith(Sats value, int indexShift) {
    List<Coin> changed = new ArrayList<>();
    for (Coin coin : wallet.coins()) {
      boolean first = coin.value().value() == 400_000;
      changed.add(
          new Coin(
              coin.outpoint(),
              first ? value : coin.value(),
              coin.branch(),
              coin.index() + (first ? indexShift : 0),
              coin.confirmations(),
              coin.ours()));
    }
    return new Known(changed, FeeBounds.standard(), 7, SpendFixture.TIP);
  }

  private Known bounds(long floor, long ceiling, long most, int percent) {
    FeeBounds fees =
        new FeeBounds(
            new FeeRate(floor), new FeeRate(ceiling), new Sats(most), percent, new Sats(10));
    return new Known(wallet.coins(), fees, 7, SpendFixture.TIP);
  }

  private Outcome check(Known known) {
    return ProposalCheck.check(good.psbt(), intent, wallet.cosigners(), known);
  }

  private String refusal(Psbt psbt, Intent asked) {
    return token(wallet.check(psbt, asked));
  }

  private static String token(Outcome outcome) {
    return outcome instanceof Outcome.Refused refused ? refused.refusal().token() : "nothing";
  }
}
