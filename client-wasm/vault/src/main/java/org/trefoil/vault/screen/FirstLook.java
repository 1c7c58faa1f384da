package org.trefoil.vault.screen;

import org.jspecify.annotations.Nullable;
import org.trefoil.core.RefusedException;
import org.trefoil.core.wire.FromVault;
import org.trefoil.custody.birth.KeySetWords;
import org.trefoil.custody.envelope.v1.Opened;
import org.trefoil.vault.view.Field;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.wallet.KnownWallet;

/**
 * Asks for the passcode once in a browser that does not know the wallet's keys yet: opening the
 * sealed key shows that they are the ones it was born with. Where another key signs, whoever has
 * lost the passcode compares the key set with the paper instead; that is not remembered.
 */
final class FirstLook {
  private final Desk desk;
  private final KnownWallet wallet;
  private final String button;
  private final Runnable known;
  private final @Nullable Runnable back;

  /** Draws nothing yet; {@code known} goes on. */
  FirstLook(Desk desk, KnownWallet wallet, String button, Runnable known) {
    this(desk, wallet, button, known, null);
  }

  /** The same where the paper will do as well, and where there is a way back. */
  FirstLook(Desk desk, KnownWallet wallet, String button, Runnable known, @Nullable Runnable back) {
    this.desk = desk;
    this.wallet = wallet;
    this.button = button;
    this.known = known;
    this.back = back;
  }

  void show() {
    PasscodePrompt prompt = new PasscodePrompt(desk, wallet, button, "vault-submit", this::opened);
    Piece actions = Piece.of("div", "actions").add(prompt.submitButton());
    if (back != null) {
      actions.add(
          quiet("I have lost the passcode", "by-paper", this::byPaper),
          quiet("Back", "elsewhere-back", back));
    }
    desk.show(
        Desk.heading("Check the wallet once"),
        Piece.says(
            "soft",
            "This browser does not know this wallet's keys yet. With your passcode the vault makes"
                + " sure that they are the ones it was born with, and this browser remembers them."),
        prompt.box(),
        actions);
    prompt.focus();
  }

  private Piece quiet(String text, String testId, Runnable action) {
    return Piece.button(text, testId, desk.safely(action)).looks("quiet");
  }

  private void opened(Opened key) {
    key.close();
    desk.outbox().send(new FromVault.Pinned(wallet.fingerprint()));
    known.run();
  }

  private void byPaper() {
    Field words = new Field("key-set-words", "The four words of the key set");
    Runnable go = desk.safely(() -> compare(words));
    words.onEnter(go);
    desk.show(
        Desk.heading("Compare with the paper"),
        Piece.says(
            "soft",
            "Type the four words of the key set from a sheet, not from a screen: they show that"
                + " change of this transaction comes back to your own wallet."),
        Piece.of("div", "narrow").add(words.box()),
        Piece.of("div", "actions")
            .add(
                Piece.button("Compare and go on", "words-submit", go),
                quiet("Back", "elsewhere-back", this::show)));
    words.input().focus();
  }

  private void compare(Field words) {
    try {
      KeySetWords.check(wallet.cosigners(), words.text());
      known.run();
    } catch (RefusedException e) {
      desk.outbox().refused(e.refusal());
      words.refuse(e.refusal());
    }
  }
}
