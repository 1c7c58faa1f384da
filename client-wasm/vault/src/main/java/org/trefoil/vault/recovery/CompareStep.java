package org.trefoil.vault.recovery;

import org.trefoil.custody.recover.FirstAddresses;
import org.trefoil.vault.screen.Desk;
import org.trefoil.vault.view.Piece;

/** Shows what the sheets must show as well, before anything is built on it. */
final class CompareStep {
  private final Desk desk;
  private final Wallet wallet;
  private final Runnable spend;
  private final Runnable psbt;
  private final Runnable back;

  CompareStep(Desk desk, Wallet wallet, Runnable spend, Runnable psbt, Runnable back) {
    this.desk = desk;
    this.wallet = wallet;
    this.spend = spend;
    this.psbt = psbt;
    this.back = back;
  }

  void show() {
    Piece addresses = Piece.of("ol", "addresses").testId("first-addresses");
    for (String address : FirstAddresses.of(wallet.cosigners())) {
      addresses.add(Piece.of("li").add(Piece.of("span", "mono").text(address)));
    }
    desk.show(
        Desk.heading("Is it this wallet?"),
        Piece.says(
            "soft", "Both sheets show these four words and the first of these addresses. Compare."),
        Piece.of("p", "words")
            .testId("key-words")
            .text(String.join(" ", wallet.cosigners().words())),
        addresses,
        Piece.of("div", "choices")
            .add(
                desk.choice(
                    "recover-spend",
                    "Yes: find and spend its coins",
                    "Paste what a node or an explorer says about them.",
                    spend),
                desk.choice(
                    "recover-psbt",
                    "Yes: sign a transaction made elsewhere",
                    "A PSBT, unsigned or half-signed, as text or file.",
                    psbt)),
        OtherSoftware.files(desk, wallet),
        Piece.of("div", "actions")
            .add(
                Piece.button("No, take another sheet", "compare-back", desk.safely(back))
                    .looks("quiet")));
  }
}
