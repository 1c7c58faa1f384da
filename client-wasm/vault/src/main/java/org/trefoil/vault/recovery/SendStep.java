package org.trefoil.vault.recovery;

import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.psbt.PreviousTx;
import org.trefoil.core.units.Hex;
import org.trefoil.custody.recover.EsploraQuestions;
import org.trefoil.vault.browser.LookUp;
import org.trefoil.vault.screen.Desk;
import org.trefoil.vault.view.Piece;

/** Hands a signed transaction to the one server that this load of the page may reach. */
final class SendStep {
  private final Desk desk;
  private final String url;
  private final Note note;
  private final Piece result = Piece.of("div");
  private final Piece send;

  SendStep(Desk desk, String url, Note note) {
    this.desk = desk;
    this.url = url;
    this.note = note;
    send = Piece.button("Send it now", "send-now", desk.safely(this::send));
  }

  void show() {
    desk.show(
        Desk.heading("Send it by " + LookUpStep.host(url)),
        Piece.says("soft", "That server learns from where this transaction comes."),
        Piece.of("dl", "facts")
            .add(
                Piece.of("dt").text("Transaction"),
                Piece.of("dd", "mono")
                    .testId("txid")
                    .text(PreviousTx.parse(Hex.parse(note.send())).txid())),
        result,
        Piece.of("div", "actions")
            .add(
                send,
                Piece.button(
                        "Go back",
                        "look-up-back",
                        desk.safely(() -> LookUp.close(note.withoutSend().write())))
                    .looks("quiet")));
  }

  private void send() {
    send.enable(false);
    result.hold();
    LookUp.ask(
        url + EsploraQuestions.broadcastPath(),
        note.send(),
        (status, text) -> desk.safely(() -> answered(status, text)).run(),
        desk.safely(
            () -> failed(Refusal.of(Token.EXPLORER_UNREACHABLE, "host", LookUpStep.host(url)))));
  }

  private void answered(int status, String text) {
    if (status != 200) {
      failed(LookUpStep.refused(url, status, text));
      return;
    }
    send.show(false);
    result.hold(
        Piece.of("p", "good")
            .attribute("role", "status")
            .testId("sent")
            .text("Sent. It counts once it is in a block."));
  }

  private void failed(Refusal why) {
    desk.outbox().refused(why);
    send.enable(true);
    result.hold(Desk.alert(why));
  }
}
