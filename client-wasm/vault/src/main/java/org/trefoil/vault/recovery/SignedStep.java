package org.trefoil.vault.recovery;

import io.nayuki.qrcodegen.DataTooLongException;
import java.nio.charset.StandardCharsets;
import org.trefoil.core.proposal.CheckedSpend;
import org.trefoil.core.proposal.FinalTx;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.custody.recover.CoreQuestions;
import org.trefoil.custody.recover.Signed;
import org.trefoil.vault.browser.SavedFile;
import org.trefoil.vault.screen.Desk;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.view.QrPicture;

/** The signed transaction, or the half-signed one, as text, file and QR code. */
final class SignedStep {
  private final Desk desk;
  private final CheckedSpend spend;
  private final Signed signed;
  private final Runnable back;

  SignedStep(Desk desk, CheckedSpend spend, Signed signed, Runnable back) {
    this.desk = desk;
    this.spend = spend;
    this.signed = signed;
    this.back = back;
  }

  void show() {
    if (signed instanceof Signed.Whole whole) {
      whole(whole.tx());
    } else if (signed instanceof Signed.Half half) {
      half(half);
    }
  }

  private void whole(FinalTx tx) {
    desk.show(
        Desk.heading("Signed"),
        Piece.of("p", "good")
            .attribute("role", "status")
            .testId("signed")
            .text(
                "This transaction is complete: "
                    + String.join(" ", spend.digestWords())
                    + ". It counts once the network has it. Nothing here sends it."),
        Piece.of("dl", "facts")
            .add(
                Piece.of("dt").text("Transaction"),
                Piece.of("dd", "mono").testId("txid").text(tx.txid())),
        new CopyText("raw-transaction", "Raw transaction", tx.hex()).box(),
        code("transaction-qr", "QR code of the raw transaction", capitals(tx.hex())),
        new CopyText(
                "send-command",
                "To send it with Bitcoin Core; or paste it into any explorer's “broadcast” page",
                CoreQuestions.broadcastCommand(spend.cosigners().network(), tx.hex()))
            .box(),
        Piece.of("div", "actions")
            .add(
                save(
                    "Save the transaction",
                    "save-transaction",
                    tx.hex().getBytes(StandardCharsets.US_ASCII),
                    "transaction-" + tx.txid().substring(0, 8) + ".txt"),
                savePsbt().looks("quiet"),
                again()));
  }

  private void half(Signed.Half half) {
    Psbt psbt = half.psbt();
    desk.show(
        Desk.heading("Half-signed"),
        Piece.of("p", "good")
            .attribute("role", "status")
            .testId("half-signed")
            .text(
                "This key has signed: "
                    + String.join(" ", spend.digestWords())
                    + ". Take the PSBT to where "
                    + (half.missing() == 1
                        ? "another key signs."
                        : half.missing() + " more keys sign.")),
        new CopyText("psbt-signed", "PSBT", psbt.base64()).box(),
        code("psbt-qr", "QR code of the PSBT", psbt.base64()),
        Piece.of("div", "actions").add(savePsbt(), again()));
  }

  private Piece savePsbt() {
    String name = "transaction-" + spend.digestWords().get(0) + ".psbt";
    return save("Save the PSBT", "save-psbt", signed.psbt().serialize(), name);
  }

  private Piece again() {
    return Piece.button("Back to the transaction", "signed-back", desk.safely(back)).looks("quiet");
  }

  private Piece save(String title, String testId, byte[] bytes, String name) {
    return Piece.button(
        title,
        testId,
        desk.safely(() -> new SavedFile(bytes, "application/octet-stream", name).save()));
  }

  /** A code holds half as many again of these. */
  private static String capitals(String hex) {
    char[] text = hex.toCharArray();
    for (int i = 0; i < text.length; i++) {
      if (text[i] >= 'a') {
        text[i] -= 'a' - 'A';
      }
    }
    return new String(text);
  }

  /** The code where one code can hold it. */
  private static Piece code(String testId, String name, String text) {
    try {
      return QrPicture.of(text, name).testId(testId);
    } catch (DataTooLongException e) {
      return Piece.says("hint", "Too long for one QR code: take the text or the file.");
    }
  }
}
