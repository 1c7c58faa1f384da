package org.trefoil.vault.screen;

import org.trefoil.core.envelope.Marks;
import org.trefoil.core.wire.FromVault;
import org.trefoil.core.wire.ToVault;
import org.trefoil.custody.envelope.v1.Opened;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.wallet.KnownWallet;

/** Tries the passcode and does nothing with what it opens but mark that it did. */
final class CheckPasscodeScreen extends WalletScreen {
  private final ToVault.CheckPasscode task;

  CheckPasscodeScreen(Desk desk, ToVault.CheckPasscode task) {
    super(desk, task.wallet(), task.pin(), "This wallet cannot go on");
    this.task = task;
  }

  @Override
  void begin(KnownWallet wallet) {
    PasscodePrompt prompt =
        new PasscodePrompt(desk, wallet, "Check it", "vault-submit", key -> opened(wallet, key))
            .passcodeOnly();
    desk.show(
        Desk.heading("Do you still know it?"),
        Piece.says("soft", "Nothing is signed with it and nothing moves."),
        prompt.box(),
        Piece.of("div", "actions").add(prompt.submitButton()));
    prompt.focus();
  }

  private void opened(KnownWallet wallet, Opened key) {
    String mark;
    try (key) {
      mark = key.marker().mark(Marks.checked(wallet.walletId(), task.now()));
    }
    desk.sayFinally("Right", Piece.says("good", "That passcode opens your key."));
    desk.outbox().send(new FromVault.PasscodeChecked(mark));
  }
}
