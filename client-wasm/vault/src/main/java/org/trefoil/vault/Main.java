package org.trefoil.vault;

import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.wire.FromVault;
import org.trefoil.custody.entropy.Entropy;
import org.trefoil.vault.browser.BrowserEntropy;
import org.trefoil.vault.browser.Globals;
import org.trefoil.vault.browser.HeightWatch;
import org.trefoil.vault.port.Outbox;
import org.trefoil.vault.recovery.RecoveryScreen;
import org.trefoil.vault.screen.Desk;
import org.trefoil.vault.screen.Frame;
import org.trefoil.vault.selftest.KnownAnswers;
import org.trefoil.vault.view.Piece;

/** The vault's entry point: the loader calls it once the port is there. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Outbox outbox = new Outbox(Globals.port());
    Piece area = Piece.of("main");
    boolean alone = Globals.recoveryDigest().isEmpty();
    Globals.document().getBody().replaceChildren();
    if (alone) {
      Globals.document().getBody().appendChild(RecoveryScreen.head().element());
    }
    Globals.document().getBody().appendChild(area.element());
    Desk desk = new Desk(area, outbox, Entropy.checked(new BrowserEntropy()));
    Frame frame = new Frame(desk, alone ? () -> new RecoveryScreen(desk) : null);
    Globals.port()
        .setOnmessage(
            event -> {
              String text = event.getData();
              desk.safely(() -> frame.hear(text)).run();
            });
    HeightWatch.start(px -> outbox.send(new FromVault.Height(px)));
    if (!KnownAnswers.wrong().isEmpty()) {
      Refusal why = Refusal.of(Token.VAULT_SELFTEST_FAILED);
      desk.refuseFinally("The vault did not start", why);
      outbox.close(why.token());
      return;
    }
    outbox.send(new FromVault.Ready("ok"));
  }
}
