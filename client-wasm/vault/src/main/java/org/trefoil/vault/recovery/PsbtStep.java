package org.trefoil.vault.recovery;

import org.trefoil.core.RefusedException;
import org.trefoil.core.proposal.CheckedSpend;
import org.trefoil.custody.recover.BroughtSpend;
import org.trefoil.vault.screen.Desk;
import org.trefoil.vault.screen.Review;
import org.trefoil.vault.view.Field;
import org.trefoil.vault.view.Piece;

/** A transaction of this wallet that was made elsewhere: it is shown before it is signed. */
final class PsbtStep {
  private final Desk desk;
  private final Wallet wallet;
  private final Runnable back;
  private final Field pasted =
      new Field("psbt", "PSBT (BIP-0174), base64 or hexadecimal", "textarea");
  private final PsbtCodes codes;

  PsbtStep(Desk desk, Wallet wallet, Runnable back) {
    this.desk = desk;
    this.wallet = wallet;
    this.back = back;
    pasted.input().looks("mono");
    codes = new PsbtCodes(desk, bytes -> review(BroughtSpend.read(bytes, wallet.places())));
  }

  void show() {
    desk.show(
        Desk.heading("Sign a transaction made elsewhere"),
        Piece.says("soft", "It is shown before any key is asked for."),
        codes.box(),
        pasted.box(),
        Piece.of("div", "actions")
            .add(
                Piece.button("Show it", "psbt-continue", desk.safely(this::submit)),
                Piece.button("Back", "psbt-back", desk.safely(this::leave)).looks("quiet")));
    pasted.input().focus();
  }

  private void submit() {
    if (pasted.text().isEmpty()) {
      pasted.input().focus();
      return;
    }
    try {
      review(BroughtSpend.read(pasted.text(), wallet.places()));
    } catch (RefusedException e) {
      desk.outbox().refused(e.refusal());
      pasted.refuse(e.refusal());
    }
  }

  private void leave() {
    codes.close();
    back.run();
  }

  private void review(BroughtSpend brought) {
    codes.close();
    CheckedSpend spend = brought.spend();
    Piece drawn = Review.drawAlone(spend, 0, 0);
    new KeysStep(desk, wallet, spend, drawn, brought.signedBy(), this::show).show();
  }
}
