package org.trefoil.vault.screen;

import org.trefoil.core.proposal.CheckedSpend;
import org.trefoil.core.wire.ToVault;
import org.trefoil.vault.send.Funds;
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
            spend -> review(wallet, form[0], spend));
    form[0].show();
  }

  private void review(KnownWallet wallet, SendForm form, CheckedSpend spend) {
    new SignStep(desk, wallet, task.pin(), form::note, form::show)
        .show(Review.draw(spend, task.wallet(), task.spendable().fees(), form.note()), spend);
  }
}
