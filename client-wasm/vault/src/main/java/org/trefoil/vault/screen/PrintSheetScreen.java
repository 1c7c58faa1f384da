package org.trefoil.vault.screen;

import org.trefoil.core.wire.ToVault;
import org.trefoil.custody.envelope.v1.Opened;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.wallet.KnownWallet;

/** Sheet B once more, of an envelope that is opened first: else paper might be worthless. */
final class PrintSheetScreen extends WalletScreen {
  private final ToVault.PrintSheet task;

  PrintSheetScreen(Desk desk, ToVault.PrintSheet task) {
    super(desk, task.wallet(), task.pin(), "This wallet cannot go on");
    this.task = task;
  }

  @Override
  void begin(KnownWallet wallet) {
    PasscodePrompt prompt =
        new PasscodePrompt(desk, wallet, "Go on", "vault-submit", key -> opened(wallet, key));
    desk.show(
        Desk.heading("Sheet B, once more"),
        Piece.says(
            "soft", "The vault opens your sealed key first, so that the paper is sure to be good."),
        prompt.box(),
        Piece.of("div", "actions").add(prompt.submitButton()));
    prompt.focus();
  }

  private void opened(KnownWallet wallet, Opened key) {
    key.close();
    new SheetStep(desk, wallet, wallet.sealed(), task.born())
        .show(
            "Sheet B, once more",
            Piece.says("It holds your sealed key, which only your present passcode opens."));
  }
}
