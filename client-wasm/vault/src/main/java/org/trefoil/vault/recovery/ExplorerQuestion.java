package org.trefoil.vault.recovery;

import java.util.List;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.address.Address;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.custody.recover.EsploraQuestions;
import org.trefoil.vault.screen.Desk;
import org.trefoil.vault.view.Field;
import org.trefoil.vault.view.Piece;

/** The way without a node: a command that asks an explorer, to be run elsewhere. */
final class ExplorerQuestion {
  /** Addresses asked for on each branch. */
  private static final int EACH = 100;

  private final Wallet wallet;
  private final Desk desk;
  private final Field base = NetworkDoor.field();
  private final Piece command = Piece.of("div");
  private final Piece box;

  ExplorerQuestion(Desk desk, Wallet wallet) {
    this.desk = desk;
    this.wallet = wallet;
    base.hint(
        "For example https://explorer.example/api. Whoever answers learns that these addresses"
            + " belong together; nobody learns a key.");
    Runnable make = desk.safely(this::make);
    base.onEnter(make);
    base.with(Piece.button("Make the command", "explorer-make", make).looks("quiet small"));
    box =
        Piece.of("details")
            .add(
                Piece.of("summary").text("No node at hand? Ask an explorer"),
                base.box(),
                command,
                new NetworkDoor(
                        desk,
                        base,
                        Note.of(wallet.cosigners(), List.of(), ""),
                        Token.EXPLORER_ADDRESS,
                        "Let this page ask it",
                        "explorer-ask",
                        "It learns all addresses of this wallet and that they belong together, and"
                            + " from where you ask.")
                    .box());
  }

  Piece box() {
    return box;
  }

  private void make() {
    String url = NetworkDoor.url(base);
    if (url.isEmpty()) {
      Refusal why = Refusal.of(Token.EXPLORER_ADDRESS);
      desk.outbox().refused(why);
      base.refuse(why);
      return;
    }
    StringBuilder addresses = new StringBuilder();
    Cosigners cosigners = wallet.cosigners();
    for (int index = 0; index < EACH; index++) {
      for (int branch = Cosigners.RECEIVE; branch <= Cosigners.CHANGE; branch++) {
        addresses.append(cosigners.address(branch, index)).append(' ');
      }
    }
    Address first = Address.parse(cosigners.address(Cosigners.RECEIVE, 0), cosigners.network());
    String path = EsploraQuestions.utxoPath(first).replace(first.text(), "$a");
    String text =
        "for a in " + addresses + "; do echo $a; curl -fsS " + url + path + " || break; echo; done";
    command.hold(
        new CopyText("explorer-command", "Command for the first 100 addresses a branch", text)
            .box());
  }
}
