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
 * Asks for the passcode, or for a passkey and its PIN, and opens the user key with it. Opening also
 * shows that the key set is the one that the key was sealed for. Which of the wallet's two
 * passcodes it was is nowhere asked.
 */
final class PasscodePrompt {
  private final Desk desk;
  private final KnownWallet wallet;
  private final Consumer<Opened> opened;
  private final KnownSecret secret;
  private final Piece submit;
  private final Progress progress = new Progress("passcode-progress");
  private final PasskeyWay passkey;
  private final Piece fields = Piece.of("div");
  private final Piece other;
  private boolean byPasskey;

  /**
   * Draws nothing yet.
   *
   * @param opened gets what was opened, and closes it
   */
  PasscodePrompt(
      Desk desk, KnownWallet wallet, String button, String testId, Consumer<Opened> opened) {
    this.desk = desk;
    this.wallet = wallet;
    this.opened = opened;
    Runnable go = desk.safely(this::submit);
    secret = new KnownSecret(desk, "passcode", "Passcode of this wallet", go);
    submit = Piece.button(button, testId, go);
    passkey = new PasskeyWay(desk, wallet, progress, this::check, this::say, go);
    other =
        Piece.button(
                "",
                "passkey-way",
                desk.safely(
                    () -> {
                      byPasskey = !byPasskey;
                      draw();
                      focus();
                    }))
            .looks("quiet small")
            .show(PasskeyWay.isThere(wallet));
    draw();
  }

  /** The same for what the passcode alone can show. */
  PasscodePrompt passcodeOnly() {
    other.show(false);
    return this;
  }

  private void draw() {
    fields.hold(byPasskey ? passkey.box() : secret.box());
    other.text(byPasskey ? "Type the passcode instead" : "Use your passkey");
  }

  private KnownSecret current() {
    return byPasskey ? passkey.pin() : secret;
  }

  /** The field and what shows while it works. */
  Piece box() {
    return Piece.of("div", "narrow").add(fields, other, progress.box());
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
    current().field().input().focus();
  }

  private void say(Refusal why) {
    rest(false);
    current().field().refuse(why);
  }

  /** One way at a time. */
  private void rest(boolean working) {
    submit.enable(!working);
    other.enable(!working);
  }

  private void submit() {
    current().field().calm();
    if (byPasskey) {
      rest(passkey.begin());
      return;
    }
    Passcode passcode = secret.take();
    if (passcode == null) {
      return;
    }
    rest(true);
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
