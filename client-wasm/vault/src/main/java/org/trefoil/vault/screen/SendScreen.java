package org.trefoil.vault.screen;

import java.util.List;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.proposal.CheckedSpend;
import org.trefoil.core.proposal.HalfSigned;
import org.trefoil.core.wire.ToVault;
import org.trefoil.vault.send.Funds;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.wallet.KnownWallet;

/** A send from form to review. */
final class SendScreen extends WalletScreen {
  private final ToVault.Send task;

  SendScreen(Desk desk, ToVault.Send task) {
    super(desk, task.wallet(), task.pin(), "Nothing can be sent");
    this.task = task;
  }

  @Override
  void begin(KnownWallet wallet) {
    Funds funds = new Funds(wallet, task.spendable(), task.seen());
    SendForm[] form = new SendForm[1];
    form[0] =
        new SendForm(
            desk,
            wallet.cosigners().network(),
            funds,
            task.note(),
            spend -> review(wallet, funds, form[0], spend),
            () -> bring(wallet, funds, form[0]));
    form[0].show();
  }

  private SignStep step(KnownWallet wallet, Funds funds, SendForm form) {
    return new SignStep(desk, wallet, task.pin(), form::note, funds.previous(), form::show);
  }

  private Piece drawn(CheckedSpend spend, SendForm form) {
    return Review.draw(spend, task.wallet(), task.spendable().fees(), form.note());
  }

  private void review(KnownWallet wallet, Funds funds, SendForm form, CheckedSpend spend) {
    step(wallet, funds, form).show(drawn(spend, form), spend);
  }

  /** Takes a transaction that was handed out before and signed elsewhere. */
  private void bring(KnownWallet wallet, Funds funds, SendForm form) {
    BringBack bring =
        new BringBack(
            desk,
            returned -> {
              HalfSigned half = returned.on(funds.brought(returned));
              brought(step(wallet, funds, form), form, half);
            });
    Piece back = Piece.button("Back", "bring-back", desk.safely(form::show)).looks("quiet");
    desk.show(
        Desk.heading("Bring a signed transaction"),
        Piece.says(
            "soft", "One that you took from here unsigned, and that another key has signed since."),
        bring.box(),
        Piece.of("div", "actions").add(bring.button(), back));
  }

  private void brought(SignStep step, SendForm form, HalfSigned half) {
    Piece go =
        Piece.button("Send it", "brought-send", desk.safely(() -> step.handInFromElsewhere(half)));
    Piece back = Piece.button("Not this", "brought-back", desk.safely(form::show)).looks("quiet");
    desk.show(
        Desk.heading("Is this right?"),
        Piece.says(
            "soft", "The vault read this from the transaction that you brought, and checked it."),
        drawn(half.spend(), form),
        Piece.says(
            "good",
            half.by().equals(List.of(KeyRole.BACKUP))
                ? "Your backup key has signed it."
                : half.by().equals(List.of(KeyRole.USER))
                    ? "Your user key has signed it."
                    : half.by().size() + " of its owners signed it."),
        Piece.of("div", "actions").add(go, back));
  }
}
