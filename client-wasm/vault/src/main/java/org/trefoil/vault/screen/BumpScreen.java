package org.trefoil.vault.screen;

import org.trefoil.core.proposal.CheckedSpend;
import org.trefoil.core.proposal.Recipient;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.SendKind;
import org.trefoil.core.wire.ToVault;
import org.trefoil.core.wire.WalletState;
import org.trefoil.vault.send.Amounts;
import org.trefoil.vault.send.Bumpable;
import org.trefoil.vault.send.FieldRefused;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.wallet.KnownWallet;

/** Another version of a send that waits, or a child of a payment that waits: fee and review. */
final class BumpScreen extends WalletScreen {
  private final ToVault.Bump task;

  BumpScreen(Desk desk, ToVault.Bump task) {
    super(desk, task.wallet(), task.pin(), "It stays as it is");
    this.task = task;
  }

  @Override
  void begin(KnownWallet wallet) {
    choose(wallet, new Bumpable(wallet, task.seen(), task.how(), task.waiting()));
  }

  private void choose(KnownWallet wallet, Bumpable waits) {
    FeeChoice[] fee = new FeeChoice[1];
    fee[0] = new FeeChoice(waits.offers(), desk.safely(() -> estimate(waits, fee[0])));
    Runnable review = desk.safely(() -> review(wallet, waits, fee[0]));
    fee[0].rate().onEnter(review);
    show(waits, fee[0], review);
  }

  private void show(Bumpable waits, FeeChoice fee, Runnable review) {
    Piece first = Piece.of("dl", "facts");
    CheckedSpend original = waits.original();
    if (original != null) {
      for (Recipient recipient : original.recipients()) {
        Review.fact(
            first, "The send pays", Piece.of("p", "address").text(recipient.address().grouped()));
        Review.fact(first, "Amount", Review.amount("waiting-amount", recipient.amount()));
      }
      Review.fact(first, "Fee so far", fee("waiting-fee", original));
    }
    desk.show(
        Desk.heading(task.how() == SendKind.CANCEL ? "Take it back" : "A higher fee"),
        first,
        fee.box(),
        Piece.of("div", "actions").add(Piece.button("Review", "review", review)));
    estimate(waits, fee);
  }

  private static Piece fee(String testId, CheckedSpend spend) {
    return Review.amount(testId, spend.fee())
        .add(Piece.of("small").text(" · " + Amounts.rate(spend.intent().feeRate())));
  }

  private void estimate(Bumpable waits, FeeChoice fee) {
    String text = "";
    try {
      Sats cost = waits.spend(fee.fee()).fee();
      text = "The fee: " + Amounts.btc(cost) + " (" + Amounts.sat(cost) + ")";
    } catch (FieldRefused e) {
      // not finished typing: the review says what is wrong
    }
    fee.estimate(text);
  }

  private void review(KnownWallet wallet, Bumpable waits, FeeChoice fee) {
    CheckedSpend spend;
    try {
      spend = waits.spend(fee.fee());
    } catch (FieldRefused e) {
      desk.outbox().refused(e.refusal());
      fee.refuse(e.refusal());
      return;
    }
    Piece facts =
        Review.draw(
            spend,
            task.wallet(),
            waits.offers(),
            "",
            waits.comesBack(),
            drawn -> compare(drawn, waits, spend));
    Runnable back = () -> choose(wallet, waits);
    SignStep step = new SignStep(desk, wallet, task.pin(), () -> "", waits.previous(), back);
    if (task.wallet().state() == WalletState.REPLACED) {
      step.showEither(facts, spend, waits.signedByPaper());
    } else {
      step.show(facts, spend);
    }
  }

  private static void compare(Piece facts, Bumpable waits, CheckedSpend spend) {
    CheckedSpend original = waits.original();
    if (original != null) {
      Sats extra = spend.fee().minus(original.fee());
      Review.fact(facts, "Fee before", fee("review-before", original));
      Review.fact(facts, "Extra", Review.amount("review-extra", extra));
    } else {
      String both = Amounts.rate(waits.rate(spend));
      Review.fact(facts, "Both together", Piece.of("span").testId("review-package").text(both));
    }
  }
}
