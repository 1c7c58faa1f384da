package org.trefoil.vault.screen;

import org.trefoil.core.address.Address;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.proposal.CheckedSpend;
import org.trefoil.core.wire.ToVault;
import org.trefoil.vault.send.Funds;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.wallet.KnownWallet;
import org.trefoil.vault.wallet.Lineage;

/**
 * Moves what older keys hold to the keys that came after them, and nowhere else. The user key or
 * the backup key signs.
 */
final class MoveScreen extends WalletScreen {
  private static final String NOTE = "Moved to the new keys";

  private final ToVault.Move task;

  MoveScreen(Desk desk, ToVault.Move task) {
    super(desk, task.wallet(), task.pin(), "Nothing is moved");
    this.task = task;
  }

  @Override
  void begin(KnownWallet wallet) {
    KnownWallet heir = Lineage.heir(wallet, task.heirs().line(), task.heirPin());
    Address to = heir.receiveAddress(task.heirs().index(), task.heirs().address());
    Funds funds = new Funds(wallet, task.spendable(), task.seen());
    SendForm[] form = new SendForm[1];
    form[0] =
        new SendForm(
            desk,
            wallet.cosigners().network(),
            funds,
            NOTE,
            spend -> review(wallet, heir, funds, form[0], spend),
            () -> {});
    form[0].onlyTo(
        to,
        "Move it to your new keys",
        "This is the next address of the wallet with your new keys. All that lies here goes there"
            + " at once; where a day's limit is lower, move a part each day.");
    form[0].show();
  }

  private void review(
      KnownWallet wallet, KnownWallet heir, Funds funds, SendForm form, CheckedSpend spend) {
    SignStep step =
        new SignStep(desk, wallet, task.pin(), form::note, funds.previous(), form::show);
    String by = task.heirs().line().get(0).succession().by();
    step.showEither(draw(heir, form, spend), spend, by.equals(KeyRole.BACKUP.id()));
  }

  private Piece draw(KnownWallet heir, SendForm form, CheckedSpend spend) {
    Piece words =
        Piece.of("span")
            .add(
                Piece.of("span", "words")
                    .testId("heir-words")
                    .text(String.join(" ", heir.cosigners().words())),
                Piece.of("small").text(" · as on the new sheets"));
    return Review.draw(
        spend,
        task.wallet(),
        task.spendable().fees(),
        form.note(),
        false,
        facts -> Review.fact(facts, "New keys", words));
  }
}
