package org.trefoil.vault.recovery;

import org.trefoil.core.Token;
import org.trefoil.vault.screen.Desk;
import org.trefoil.vault.view.Field;
import org.trefoil.vault.view.Piece;

/** The way to a Bitcoin Core that this browser can reach, without a terminal. */
final class NodeQuestion {
  private final Piece box;

  NodeQuestion(Desk desk, Wallet wallet) {
    Field base = new Field("node", "Address of its RPC interface");
    base.hint(
        "For example https://node.example. Bitcoin Core alone answers no page: it needs a proxy"
            + " before it that allows pages to ask (CORS). Without one, run the command above.");
    box =
        Piece.of("details")
            .testId("node-details")
            .add(
                Piece.of("summary").text("A node that this browser can reach?"),
                base.box(),
                new NetworkDoor(
                        desk,
                        base,
                        Note.toNode(wallet.cosigners()),
                        Token.NODE_ADDRESS,
                        "Let this page ask it",
                        "node-ask",
                        "Its user and password are asked for then. It learns this wallet's addresses,"
                            + " and from where you ask.")
                    .box());
  }

  Piece box() {
    return box;
  }
}
