package org.trefoil.vault.recovery;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.envelope.SealedUserKey;
import org.trefoil.core.units.Network;
import org.trefoil.custody.passcode.Passcode;
import org.trefoil.custody.recover.OpenedKey;
import org.trefoil.custody.recover.SealedKeyOpening;
import org.trefoil.custody.recover.SealedKeyText;
import org.trefoil.vault.screen.Desk;
import org.trefoil.vault.screen.KnownSecret;
import org.trefoil.vault.view.Field;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.view.Progress;

/** Opens the user key: the sealed key of sheet B, and the passcode. */
final class SealedForm {
  private final Desk desk;
  private final Wallet wallet;
  private final Piece place;
  private final Consumer<OpenedKey> opened;
  private final Runnable back;
  private final PaperDrop drop;
  private final Field sealed =
      new Field("sealed-key", "Sealed user key, as it stands on sheet B", "textarea");
  private final Piece check = Piece.says("hint", "").testId("check-words").show(false);
  private final KnownSecret passcode;
  private final Piece submit;
  private final Progress progress = new Progress("passcode-progress");

  SealedForm(Desk desk, Wallet wallet, Piece place, Consumer<OpenedKey> opened, Runnable back) {
    this.desk = desk;
    this.wallet = wallet;
    this.place = place;
    this.opened = opened;
    this.back = back;
    drop = new PaperDrop(desk, this::took);
    sealed.input().looks("mono");
    sealed.hint("It begins with trefoil1: and is of no use without the passcode.");
    sealed.onInput(desk.safely(this::compare)).below(check);
    Runnable go = desk.safely(this::submit);
    passcode = new KnownSecret(desk, "passcode", "Passcode of this wallet", go);
    submit = Piece.button("Open the user key", "passcode-submit", go);
  }

  void show() {
    String read = wallet.papers().sealed();
    place.hold(
        drop.box().show(read == null),
        sealed.box(),
        Piece.of("div", "narrow").add(passcode.box(), progress.box()),
        Piece.of("div", "actions")
            .add(
                submit,
                Piece.button(
                        "Another key",
                        "sealed-back",
                        desk.safely(
                            () -> {
                              drop.close();
                              back.run();
                            }))
                    .looks("quiet")));
    if (read != null) {
      sealed.set(read);
      compare();
      passcode.field().input().focus();
    }
  }

  private void took(List<char[]> texts, @Nullable Network network) {
    try {
      wallet.papers().take(texts, network);
    } catch (RefusedException e) {
      wallet.papers().dropAside();
      desk.outbox().refused(e.refusal());
      sealed.refuse(e.refusal());
      return;
    }
    String read = wallet.papers().sealed();
    if (read == null) {
      sealed.refuse(Refusal.of(Token.NOT_OF_A_SHEET));
      return;
    }
    sealed.calm();
    sealed.set(read);
    compare();
    passcode.field().input().focus();
  }

  /** The envelope's check words, as soon as it is whole. */
  private void compare() {
    check.show(false);
    try {
      String words = String.join(" ", SealedKeyText.read(sealed.text()).words());
      check.text("Check words, as on the sheet: " + words).show(true);
    } catch (RefusedException e) {
      // not finished typing: opening says what is wrong
    }
  }

  private void submit() {
    SealedUserKey envelope;
    try {
      envelope = SealedKeyText.read(sealed.text());
    } catch (RefusedException e) {
      desk.outbox().refused(e.refusal());
      sealed.refuse(e.refusal());
      sealed.mark(e.refusal().data().get("position"));
      return;
    }
    Passcode typed = passcode.take();
    if (typed == null) {
      return;
    }
    submit.enable(false);
    passcode.field().calm();
    try (typed) {
      SealedKeyOpening opening = SealedKeyOpening.begin(envelope, typed, wallet.cosigners());
      desk.work("Opening the user key", opening, progress, this::open, this::refuse);
    } catch (RefusedException e) {
      refuse(e.refusal());
    }
  }

  private void open(OpenedKey key) {
    drop.close();
    opened.accept(key);
  }

  private void refuse(Refusal why) {
    submit.enable(true);
    passcode.field().refuse(why);
  }
}
