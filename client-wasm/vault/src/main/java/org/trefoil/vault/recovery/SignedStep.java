package org.trefoil.vault.recovery;

import io.nayuki.qrcodegen.DataTooLongException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.trefoil.core.Token;
import org.trefoil.core.proposal.CheckedSpend;
import org.trefoil.core.proposal.FinalTx;
import org.trefoil.custody.recover.CoreQuestions;
import org.trefoil.custody.recover.Signed;
import org.trefoil.vault.browser.SavedFile;
import org.trefoil.vault.screen.Desk;
import org.trefoil.vault.screen.HandOut;
import org.trefoil.vault.view.Field;
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
                    + ". It counts once the network has it. Nothing here has sent it."),
        Piece.of("dl", "facts")
            .add(
                Piece.of("dt").text("Transaction"),
                Piece.of("dd", "mono").testId("txid").text(tx.txid())),
        new CopyText("raw-transaction", "Raw transaction", tx.hex()).box(),
        code(tx),
        new CopyText(
                "send-command",
                "To send it with Bitcoin Core; or paste it into any explorer's “broadcast” page",
                CoreQuestions.broadcastCommand(spend.cosigners().network(), tx.hex()))
            .box(),
        finishedPsbt(),
        door(tx),
        Piece.of("div", "actions")
            .add(
                save(
                    "Save the transaction",
                    "save-transaction",
                    tx.hex().getBytes(StandardCharsets.US_ASCII),
                    "transaction-" + tx.txid().substring(0, 8) + ".txt"),
                again()));
  }

  private void half(Signed.Half half) {
    boolean unsigned = half.by().isEmpty();
    desk.show(
        Desk.heading(unsigned ? "Not signed yet" : "Half-signed"),
        Piece.of("p", "good")
            .attribute("role", "status")
            .testId("half-signed")
            .text(
                (unsigned ? "No key has signed yet: " : "This key has signed: ")
                    + String.join(" ", spend.digestWords())
                    + ". Take it to where "
                    + (half.missing() == 1
                        ? "another key signs."
                        : half.missing() + (unsigned ? " keys sign." : " more keys sign."))),
        handOut(unsigned ? "unsigned" : "half-signed"),
        Piece.of("div", "actions").add(again()));
  }

  private Piece door(FinalTx tx) {
    Field base = NetworkDoor.field();
    return Piece.of("details")
        .testId("send-door")
        .add(
            Piece.of("summary").text("Send it from here"),
            base.box(),
            new NetworkDoor(
                    desk,
                    base,
                    Note.of(spend.cosigners(), List.of(), tx.hex()),
                    Token.EXPLORER_ADDRESS,
                    "Let this page send it",
                    "explorer-send",
                    "It learns from where this transaction comes.")
                .box());
  }

  private Piece handOut(String kind) {
    return new HandOut(desk, spend, signed.psbt(), Map.of(), kind).box();
  }

  private Piece finishedPsbt() {
    return Piece.of("details")
        .testId("signed-psbt")
        .add(
            Piece.of("summary").text("As a PSBT: codes, file and text"),
            Piece.says(
                "hint",
                "For a program that makes the transaction of it and its signatures, and sends it."),
            handOut("signed"));
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

  /**
   * One code where it holds the transaction; those of its finished PSBT are as many as it takes.
   */
  private Piece code(FinalTx tx) {
    try {
      return QrPicture.of(capitals(tx.hex()), "QR code of the raw transaction")
          .testId("transaction-qr")
          .looks("qr dense");
    } catch (DataTooLongException e) {
      return Piece.says(
          "hint", "Too long for one QR code: those under “As a PSBT” carry it, in turn.");
    }
  }
}
