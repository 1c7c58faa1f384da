package org.trefoil.vault.screen;

import org.trefoil.core.wire.FromVault;
import org.trefoil.custody.keys.UserSeed;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.wallet.KnownWallet;

/**
 * Asks for the passcode once in a browser that does not know the wallet's keys yet: opening the
 * sealed key shows that they are the ones it was born with.
 */
final class FirstLook {
  private final Desk desk;
  private final KnownWallet wallet;
  private final String button;
  private final Runnable known;

  /** Draws nothing yet; {@code known} goes on. */
  FirstLook(Desk desk, KnownWallet wallet, String button, Runnable known) {
    this.desk = desk;
    this.wallet = wallet;
    this.button = button;
    this.known = known;
  }

  void show() {
    PasscodePrompt prompt = new PasscodePrompt(desk, wallet, button, "vault-submit", this::opened);
    desk.show(
        Desk.heading("Check the wallet once"),
        Piece.says(
            "soft",
            "This browser does not know this wallet's keys yet. With your passcode the vault makes"
                + " sure that they are the ones it was born with, and this browser remembers them."),
        prompt.box(),
        Piece.of("div", "actions").add(prompt.submitButton()));
    prompt.focus();
  }

  private void opened(UserSeed seed) {
    seed.close();
    desk.outbox().send(new FromVault.Pinned(wallet.fingerprint()));
    known.run();
  }
}
