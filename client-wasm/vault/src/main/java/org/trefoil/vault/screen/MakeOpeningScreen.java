package org.trefoil.vault.screen;

import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.envelope.SealedUserKey;
import org.trefoil.core.envelope.WrapContext;
import org.trefoil.core.wire.FromVault;
import org.trefoil.core.wire.PageAnswer;
import org.trefoil.core.wire.PasskeyOpening;
import org.trefoil.core.wire.PasskeySalt;
import org.trefoil.core.wire.ToVault;
import org.trefoil.custody.envelope.v1.ProvenStretch;
import org.trefoil.custody.envelope.v1.Wrapping;
import org.trefoil.custody.passcode.Passcode;
import org.trefoil.custody.passcode.PrfOutput;
import org.trefoil.custody.passcode.Stretch;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.view.Progress;
import org.trefoil.vault.wallet.KnownWallet;

/**
 * Makes another way into the envelope, by a passkey and a PIN: the passcode is tried, the passkey
 * asked, and what the passcode stretches to wrapped under both. Which of the wallet's two passcodes
 * it was is nowhere asked.
 */
final class MakeOpeningScreen extends WalletScreen {
  private final ToVault.MakeOpening task;
  private final Progress progress = new Progress("passcode-progress");
  private final KnownSecret present;
  private final NewSecret fresh;
  private final Piece submit;
  private final Piece refusal = Piece.of("div");
  private @Nullable KnownWallet wallet;
  private @Nullable ProvenStretch proven;
  private @Nullable Passcode pin;
  private boolean again;
  private boolean made;

  MakeOpeningScreen(Desk desk, ToVault.MakeOpening task) {
    super(desk, task.wallet(), task.pin(), "Nothing is different");
    this.task = task;
    Runnable go = desk.safely(this::submit);
    present = new KnownSecret(desk, "passcode", "Passcode of this wallet", go);
    fresh = NewSecret.pin(desk, List.of(task.wallet().name()), go);
    submit = Piece.button("Go on", "vault-submit", go);
  }

  @Override
  void begin(KnownWallet known) {
    if (!known.sealed().claims(known.binding())) {
      throw Refusal.of(Token.KEY_SET_CHANGED).exception();
    }
    if (task.passkeys().isEmpty()) {
      throw Refusal.of(Token.PASSKEY_SILENT).exception();
    }
    wallet = known;
    desk.show(
        Desk.heading("Open with a passkey"),
        Piece.says(
            "soft",
            "From then on your passkey and this PIN open your key as the passcode does. Type the"
                + " PIN here alone, in this frame, never where your device or a page asks for"
                + " one."),
        Piece.of("div", "narrow").add(present.box(), fresh.box(), progress.box()),
        Piece.of("div", "actions").add(submit));
    present.field().input().focus();
  }

  private void submit() {
    KnownWallet known = wallet;
    if (known == null || present.field().isEmpty()) {
      present.field().input().focus();
      return;
    }
    Passcode chosen = fresh.take();
    if (chosen == null) {
      return;
    }
    Passcode typed = present.take();
    if (typed == null) {
      chosen.close();
      return;
    }
    submit.enable(false);
    try (typed) {
      opens(known, typed, chosen);
    } catch (RefusedException e) {
      chosen.close();
      throw e;
    }
  }

  private void opens(KnownWallet known, Passcode typed, Passcode chosen) {
    desk.work(
        "Opening the user key",
        ProvenStretch.begin(known.sealed(), known.secondSlot(), typed, known.binding()),
        progress,
        key -> {
          proven = key;
          pin = chosen;
          askForPasskey();
        },
        why -> {
          chosen.close();
          submit.enable(true);
          present.field().refuse(why);
        },
        chosen::close);
  }

  private void askForPasskey() {
    Piece ask = Piece.button("Ask my passkey", "ask-passkey", desk.safely(this::ask));
    desk.show(
        Desk.heading("Now your passkey"),
        Piece.says("soft", "Your browser asks for it: by fingerprint, face, or a key's own PIN."),
        refusal,
        progress.box(),
        Piece.of("div", "actions").add(ask));
    ask.focus();
  }

  private void ask() {
    refusal.hold();
    byte[] salt = desk.entropy().bytes(WrapContext.SALT_LENGTH);
    String text = Base64.getEncoder().encodeToString(salt);
    List<PasskeySalt> salts =
        task.passkeys().stream().map(credential -> new PasskeySalt(credential, text)).toList();
    again = true; // what is held goes on from question to question
    desk.askPasskey(
        salts,
        new Desk.PasskeyWait() {
          @Override
          public void gave(String credential, PrfOutput output) {
            wrap(credential, text, output);
          }

          @Override
          public void failed(Refusal why) {
            refuse(why);
          }

          @Override
          public void left() {
            if (!again) {
              forget();
            }
          }
        });
    again = false;
  }

  private void forget() {
    if (proven != null) {
      proven.close();
      proven = null;
    }
    if (pin != null) {
      pin.close();
      pin = null;
    }
  }

  private void refuse(Refusal why) {
    desk.outbox().refused(why);
    refusal.hold(Desk.alert(why));
  }

  private void wrap(String credential, String salt, PrfOutput output) {
    KnownWallet known = wallet;
    ProvenStretch key = proven;
    Passcode chosen = pin;
    if (known == null || key == null || chosen == null) {
      return;
    }
    if (!task.passkeys().contains(credential)) {
      refuse(Refusal.of(Token.PASSKEY_SILENT));
      return;
    }
    SealedUserKey sealed = known.sealed();
    Stretch.Params params =
        new Stretch.Params(sealed.memoryKiB(), sealed.iterations(), sealed.parallelism());
    proven = null;
    pin = null;
    try (chosen) {
      desk.work(
          "Wrapping your key",
          Wrapping.wrap(
              key, chosen, output, known.wrapContext(credential, salt), params, desk.entropy()),
          progress,
          wrapped -> {
            key.close();
            finish(new PasskeyOpening(credential, salt, wrapped.text()), sealed);
          },
          why -> {
            key.close();
            refusal.hold(Desk.alert(why));
          },
          key::close);
    } catch (RefusedException e) {
      key.close();
      throw e;
    }
  }

  private void finish(PasskeyOpening opening, SealedUserKey sealed) {
    made = true;
    desk.sayFinally(
        "Ready",
        Piece.says(
            "good", "The page asks for your second factor now. Until then all is as before."));
    desk.outbox()
        .send(new FromVault.OpeningMade(opening, sealed.text(), task.wallet().secondSlot()));
  }

  @Override
  public boolean told(PageAnswer message) {
    if (!made || !(message instanceof PageAnswer.OpeningStored)) {
      return false;
    }
    made = false;
    desk.sayFinally(
        "Done",
        Piece.says(
                "good",
                "Wherever this frame asks for the passcode, your passkey and the PIN do as well."
                    + " Keep the passcode: a new device, and sheet B, open with it alone.")
            .testId("opening-done"));
    desk.outbox().close("done");
    return true;
  }
}
