package org.trefoil.vault.screen;

import org.trefoil.core.policy.HeldRules;
import org.trefoil.core.wire.ToVault;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.wallet.KnownWallet;

/** Shows which rules whoever co-signs holds, and whether it has stopped the wallet. */
final class CheckRulesScreen extends WalletScreen {
  private final ToVault.CheckRules task;

  CheckRulesScreen(Desk desk, ToVault.CheckRules task) {
    super(desk, task.wallet(), task.pin(), "Nothing is known of the co-signer");
    this.task = task;
  }

  @Override
  void begin(KnownWallet wallet) {
    if (task.pin() == null) {
      new FirstLook(desk, wallet, "Check and go on", () -> ask(wallet)).show();
    } else {
      ask(wallet);
    }
  }

  private void ask(KnownWallet wallet) {
    desk.show(Desk.heading("Asking whoever co-signs"));
    desk.rules()
        .ask(wallet, this::show, why -> desk.refuseFinally("The co-signer did not say so", why));
  }

  private void show(HeldRules held) {
    Piece says =
        held.version() == 0
            ? Piece.says("good", "Whoever co-signs holds no rules: its own signature says so.")
                .testId("rules-held")
                .attribute("data-version", "0")
            : RulePieces.holds(held.version());
    Piece stop =
        Piece.says("soft", "It has not stopped this wallet.")
            .testId("held-open")
            .show(!held.stopped());
    desk.show(
        Desk.heading("What the co-signer holds"),
        says,
        stop,
        Piece.of("div").add(RulePieces.news(held)),
        Piece.of("h2").text("Rules that hold there now"),
        RulePieces.lines("held-lines", held.rules()));
  }
}
