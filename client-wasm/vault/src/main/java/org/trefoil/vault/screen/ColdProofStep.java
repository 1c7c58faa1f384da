package org.trefoil.vault.screen;

import java.util.function.Consumer;
import org.trefoil.core.RefusedException;
import org.trefoil.core.keys.ColdProof;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.vault.view.Field;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.view.QrPicture;

/** Has the holder of a cold backup key sign a text with it, before money can depend on that key. */
final class ColdProofStep {
  private final Desk desk;
  private final Cosigners cosigners;
  private final String walletId;
  private final Consumer<String> proved;
  private final Field signature =
      new Field("cold-proof", "Signature that the device gives", "textarea");

  /**
   * Draws nothing yet.
   *
   * @param proved gets the signature, checked
   */
  ColdProofStep(Desk desk, Cosigners cosigners, String walletId, Consumer<String> proved) {
    this.desk = desk;
    this.cosigners = cosigners;
    this.walletId = walletId;
    this.proved = proved;
  }

  void begin() {
    signature.input().looks("mono");
    signature.hint("88 characters, alone or as the device wraps them.");
    desk.show(
        Desk.heading("Show that you have the cold key"),
        Piece.says(
            "A key that nobody can sign with would be no backup. Have your device or wallet sign"
                + " this text as a message, with the key at this path. It moves no money."),
        Piece.of("dl", "facts")
            .add(
                Piece.of("dt").text("Text to sign"),
                copied(ColdProof.message(cosigners, walletId), "cold-proof-text"),
                Piece.of("dt").text("Key path"),
                copied(ColdProof.path(cosigners), "cold-proof-path")),
        QrPicture.of(ColdProof.message(cosigners, walletId), "QR code of the text to sign")
            .testId("cold-proof-qr"),
        Piece.of("div", "narrow").add(signature.box()),
        Piece.says(
            "soft",
            "The device is somewhere else? Close this page and come back: the wallet waits, and"
                + " the text stays the same."),
        Piece.of("div", "actions")
            .add(Piece.button("Check the signature", "cold-proof-submit", desk.safely(this::go))));
  }

  private static Piece copied(String text, String testId) {
    return Piece.of("dd", "mono").testId(testId).text(text);
  }

  private void go() {
    String checked;
    try {
      checked = ColdProof.check(cosigners, walletId, signature.text());
    } catch (RefusedException e) {
      desk.outbox().refused(e.refusal());
      signature.refuse(e.refusal());
      return;
    }
    proved.accept(checked);
  }
}
