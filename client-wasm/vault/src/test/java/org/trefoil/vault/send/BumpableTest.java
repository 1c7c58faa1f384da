package org.trefoil.vault.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.trefoil.core.RefusedException;
import org.trefoil.core.proposal.CheckedSpend;
import org.trefoil.core.proposal.Recipient;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.units.FeeRate;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.Fees;
import org.trefoil.core.wire.Original;
import org.trefoil.core.wire.RecipientLine;
import org.trefoil.core.wire.SendKind;
import org.trefoil.core.wire.Spendable;
import org.trefoil.core.wire.SpendableCoin;
import org.trefoil.core.wire.Waiting;
import org.trefoil.custody.keys.AccountKey;
import org.trefoil.custody.sign.HalfSigner;
import org.trefoil.custody.slices.SlicedWork;
import org.trefoil.vault.wallet.KnownWallet;
import org.trefoil.vault.wallet.SampleWallet;

class BumpableTest {
  private static final String TO = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";
  private static final Fees FEES = new Fees(1000, 2500, 6000, 1000, 500_000);

  private final KnownWallet wallet = SampleWallet.known();
  private final SpendableCoin coin = FundsTest.coin(wallet, 5_000_000, 5_000_000, 0);
  private final CheckedSpend sent = sends("0.01", false);

  private CheckedSpend sends(String btc, boolean everything) {
    Funds funds = new Funds(wallet, new Spendable(List.of(coin), FEES, 0, 150, 150), null);
    Wish wish = new Wish(List.of(new Line(TO, btc, false, everything)), new Wish.Fee(2500, ""), "");
    return wish.spend(funds, Network.REGTEST);
  }

  private static Psbt signed(CheckedSpend spend, int key) {
    try (AccountKey account = SampleWallet.account(key)) {
      SlicedWork<Psbt> signer = HalfSigner.begin(spend, account);
      while (signer.step()) {}
      return signer.finish();
    }
  }

  private static Original original(CheckedSpend spend, String psbt) {
    List<RecipientLine> lines = new ArrayList<>();
    for (Recipient to : spend.recipients()) {
      lines.add(new RecipientLine(to.address().text(), to.amount().value()));
    }
    return new Original(
        psbt, lines, spend.intent().everything(), spend.intent().feeRate().satPerKvB());
  }

  private static Waiting waiting(Original original, long fee, long vsize, SpendableCoin... coins) {
    return new Waiting(new Spendable(List.of(coins), FEES, 1, 151, 151), original, fee, vsize);
  }

  private Bumpable bump(CheckedSpend spend, SendKind how) {
    String psbt = signed(spend, 1).base64();
    return new Bumpable(wallet, null, how, waiting(original(spend, psbt), 0, 0));
  }

  private static String refusal(Runnable work) {
    try {
      work.run();
      return "nothing";
    } catch (FieldRefused e) {
      return e.refusal().token();
    } catch (RefusedException e) {
      return e.refusal().token();
    }
  }

  @Test
  void fasterPaysTheSameAndOnlyChangeShrinks() {
    CheckedSpend faster = bump(sent, SendKind.BUMP).spend(new Wish.Fee(6000, ""));
    assertThat(faster.recipients()).isEqualTo(sent.recipients());
    assertThat(faster.fee()).isEqualTo(new FeeRate(6000).feeFor(faster.vsize()));
    assertThat(faster.change().amount().plus(faster.fee()))
        .isEqualTo(sent.change().amount().plus(sent.fee()));
  }

  @Test
  void takingBackPaysNobodyElse() {
    Bumpable back = bump(sent, SendKind.CANCEL);
    CheckedSpend spend = back.spend(new Wish.Fee(back.offers().normal(), ""));
    assertThat(spend.comesBack(1)).isTrue();
    assertThat(spend.psbt().unsignedTx().outputs()).hasSize(1);
  }

  @Test
  void noRateOnOfferIsTooLow() {
    for (SendKind how : List.of(SendKind.BUMP, SendKind.CANCEL)) {
      Bumpable bump = bump(sent, how);
      Fees offers = bump.offers();
      for (long rate : List.of(offers.slow(), offers.normal(), offers.fast())) {
        assertThat(refusal(() -> bump.spend(new Wish.Fee(rate, "")))).isEqualTo("nothing");
      }
      assertThat(refusal(() -> bump.spend(new Wish.Fee(2600, ""))))
          .isEqualTo("replacement-fee-too-low");
      assertThat(refusal(() -> bump.spend(new Wish.Fee(0, "x")))).isEqualTo("fee-rate-malformed");
      assertThat(refusal(() -> bump.spend(new Wish.Fee(0, "9999")))).isEqualTo("fee-too-high");
    }
  }

  @Test
  void everythingToSomebodyCanBeTakenBackButNotSpedUp() {
    CheckedSpend all = sends("", true);
    assertThat(refusal(() -> bump(all, SendKind.BUMP).spend(new Wish.Fee(9000, ""))))
        .isEqualTo("replacement-no-room");
    assertThat(refusal(() -> bump(all, SendKind.CANCEL).spend(new Wish.Fee(9000, ""))))
        .isEqualTo("nothing");
  }

  @Test
  void aTransactionThatTheUserKeyDidNotSignIsNoOriginal() {
    Original unsigned = original(sent, sent.psbt().base64());
    Original byAnother = original(sent, signed(sent, 1).base64().replace('A', 'B'));
    RecipientLine thief = new RecipientLine(TO, 2_000_000);
    Original other = new Original(signed(sent, 1).base64(), List.of(thief), false, 2500);
    assertThat(reading(unsigned)).isEqualTo("signature-missing");
    assertThat(reading(byAnother)).isNotEqualTo("nothing");
    assertThat(reading(other)).isEqualTo("wrong-amount");
  }

  private String reading(Original original) {
    return refusal(() -> new Bumpable(wallet, null, SendKind.BUMP, waiting(original, 0, 0)));
  }

  @Test
  void aChildLiftsBothToTheRateAskedFor() {
    Bumpable bump = new Bumpable(wallet, null, SendKind.CHILD, waiting(null, 300, 200, coin));
    CheckedSpend child = bump.spend(new Wish.Fee(6000, ""));
    assertThat(bump.rate(child).satPerKvB()).isBetween(6000L, 6010L);
    assertThat(child.fee().compareTo(new FeeRate(6000).feeFor(child.vsize() + 100))).isPositive();
    assertThat(bump.offers().slow()).isGreaterThanOrEqualTo(2500);
  }

  @Test
  void aCoinThatIsNotWhatTheServerSaysIsRefused() {
    SpendableCoin lie = FundsTest.coin(wallet, 4_000_000, 5_000_000, 0);
    RefusedException e =
        catchThrowableOfType(
            RefusedException.class,
            () -> new Bumpable(wallet, null, SendKind.CHILD, waiting(null, 300, 200, lie)));
    assertThat(e).hasMessage("wrong-input-amount");
    assertThat(refusal(() -> new Bumpable(wallet, null, SendKind.CHILD, waiting(null, 300, 200))))
        .isEqualTo("not-replaceable");
  }
}
