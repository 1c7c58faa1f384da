package org.trefoil.vault.screen;

import java.util.ArrayList;
import java.util.List;
import org.trefoil.core.RefusedException;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.proposal.Change;
import org.trefoil.core.proposal.CheckedSpend;
import org.trefoil.core.proposal.HalfSigned;
import org.trefoil.core.proposal.Recipient;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.wire.FromVault;
import org.trefoil.core.wire.RecipientLine;
import org.trefoil.core.wire.ToVault;
import org.trefoil.custody.keys.AccountKey;
import org.trefoil.custody.keys.UserSeed;
import org.trefoil.custody.sign.HalfSigner;
import org.trefoil.vault.send.Funds;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.wallet.KnownWallet;

/** A send from form to half-signed: what is signed is what was drawn. */
final class SendScreen implements Screen {
  private final Desk desk;
  private final ToVault.Send task;

  SendScreen(Desk desk, ToVault.Send task) {
    this.desk = desk;
    this.task = task;
  }

  @Override
  public void begin() {
    try {
      KnownWallet wallet = KnownWallet.of(task.wallet(), task.pin());
      Funds funds = new Funds(wallet, task.spendable(), task.seen());
      SendForm[] form = new SendForm[1];
      form[0] =
          new SendForm(
              desk,
              wallet.cosigners().network(),
              funds,
              task.note(),
              spend -> review(wallet, form[0], spend));
      form[0].show();
    } catch (RefusedException e) {
      desk.refuseFinally("Nothing can be sent", e.refusal());
    }
  }

  private void review(KnownWallet wallet, SendForm form, CheckedSpend spend) {
    PasscodePrompt[] prompt = new PasscodePrompt[1];
    prompt[0] =
        new PasscodePrompt(
            desk, wallet, "Sign", "sign", seed -> sign(wallet, form, spend, prompt[0], seed));
    Piece back = Piece.button("Change it", "review-back", desk.safely(form::show)).looks("quiet");
    desk.show(
        Desk.heading("Is this right?"),
        Piece.says(
            "soft", "The vault drew this from the transaction that it will sign, and checked it."),
        Review.draw(spend, task.wallet(), task.spendable().fees(), form.note()),
        prompt[0].box(),
        Piece.of("div", "actions").add(prompt[0].submitButton(), back));
  }

  private void sign(
      KnownWallet wallet, SendForm form, CheckedSpend spend, PasscodePrompt prompt, UserSeed seed) {
    AccountKey account;
    try (seed) {
      account = seed.account(wallet.cosigners().network());
    }
    desk.work(
        "Signing",
        HalfSigner.begin(spend, account),
        prompt.progress(),
        psbt -> {
          account.close();
          signed(wallet, form, spend, psbt);
        },
        why -> {
          account.close();
          prompt.refuse(why);
        });
  }

  private void signed(KnownWallet wallet, SendForm form, CheckedSpend spend, Psbt psbt) {
    HalfSigned.verify(spend, psbt, KeyRole.USER);
    if (task.pin() == null) {
      desk.outbox().send(new FromVault.Pinned(wallet.fingerprint()));
    }
    Change change = spend.change();
    List<RecipientLine> lines = new ArrayList<>();
    for (Recipient recipient : spend.recipients()) {
      lines.add(new RecipientLine(recipient.address().text(), recipient.amount().value()));
    }
    desk.sayFinally(
        "Half-signed",
        Piece.says(
            "good",
            "One of two signatures is on it: "
                + String.join(" ", spend.digestWords())
                + ". The page asks for your second factor now."));
    desk.outbox()
        .send(
            new FromVault.HalfSigned(
                psbt.base64(),
                lines,
                spend.intent().everything(),
                spend.intent().feeRate().satPerKvB(),
                form.note(),
                change == null ? null : change.index(),
                spend.digestWords()));
  }
}
