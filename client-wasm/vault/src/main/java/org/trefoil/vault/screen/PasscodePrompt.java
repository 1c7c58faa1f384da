package org.trefoil.vault.screen;

import java.util.function.Consumer;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.custody.envelope.v1.Opened;
import org.trefoil.custody.envelope.v1.SlotsOpening;
import org.trefoil.custody.keys.AccountKey;
import org.trefoil.custody.passcode.Passcode;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.view.Progress;
import org.trefoil.vault.wallet.KnownWallet;

/**
 * Asks for the passcode and opens the user key with it. Opening also shows that the key set is the
 * one that the key was sealed for. Which of the wallet's two passcodes it was is nowhere asked.
 */
final class PasscodePrompt {
  private final Desk desk;
  private final KnownWallet wallet;
  private final Consumer<Opened> opened;
  private final KnownSecret secret;
  private final Piece submit;
  private final Progress progress = new Progress("passcode-progress");

  /**
   * Draws nothing yet.
   *
   * @param opened gets what the passcode opened, and closes it
   */
  PasscodePrompt(
      Desk desk, KnownWallet wallet, String button, String testId, Consumer<Opened> opened) {
    this.desk = desk;
    this.wallet = wallet;
    this.opened = opened;
    Runnable go = desk.safely(this::submit);
    secret = new KnownSecret(desk, "passcode", "Passcode of this wallet", go);
    submit = Piece.button(button, testId, go);
  }

  /** The field and what shows while it works. */
  Piece box() {
    return Piece.of("div", "narrow").add(secret.box(), progress.box());
  }

  /** The button, for a row of actions. */
  Piece submitButton() {
    return submit;
  }

  /** Says why not, beside the passcode. */
  void refuse(Refusal why) {
    desk.outbox().refused(why);
    say(why);
  }

  Progress progress() {
    return progress;
  }

  void focus() {
    secret.field().input().focus();
  }

  private void say(Refusal why) {
    submit.enable(true);
    secret.field().refuse(why);
  }

  private void submit() {
    Passcode passcode = secret.take();
    if (passcode == null) {
      return;
    }
    submit.enable(false);
    secret.field().calm();
    try (passcode) {
      SlotsOpening opening =
          SlotsOpening.begin(wallet.sealed(), wallet.secondSlot(), passcode, wallet.binding());
      desk.work("Opening the user key", opening, progress, this::check, this::say);
    } catch (RefusedException e) {
      refuse(e.refusal());
    }
  }

  private void check(Opened key) {
    boolean ours;
    try (AccountKey account = key.seed().account(wallet.cosigners().network())) {
      ours = wallet.cosigners().key(KeyRole.USER).equals(account.cosignerKey());
    }
    if (ours) {
      opened.accept(key);
    } else {
      key.close();
      refuse(Refusal.of(Token.KEY_SET_CHANGED));
    }
  }
}
