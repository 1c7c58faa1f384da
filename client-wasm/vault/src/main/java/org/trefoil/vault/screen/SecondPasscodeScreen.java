package org.trefoil.vault.screen;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.wire.FromVault;
import org.trefoil.core.wire.PageAnswer;
import org.trefoil.core.wire.SecondSlot;
import org.trefoil.core.wire.ToVault;
import org.trefoil.custody.envelope.v1.Opened;
import org.trefoil.custody.envelope.v1.SlotsOpening;
import org.trefoil.custody.envelope.v1.TwoSlots;
import org.trefoil.custody.passcode.Passcode;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.view.Progress;
import org.trefoil.vault.wallet.KnownWallet;

/**
 * Sets, changes or removes the second passcode, for somebody who is forced to send: it opens the
 * same key, and the server keeps what it signs. Whether there is one nobody can tell, so both ways
 * are offered always and look alike from outside.
 */
final class SecondPasscodeScreen extends WalletScreen {
  private final Progress progress = new Progress("passcode-progress");
  private final KnownSecret present;
  private final NewSecret second;
  private final Piece submit;
  private final Piece other;
  private final Piece fields = Piece.of("div");
  private @Nullable KnownWallet wallet;
  private boolean removes;
  private boolean waiting;

  SecondPasscodeScreen(Desk desk, ToVault.SecondPasscode task) {
    super(desk, task.wallet(), task.pin(), "It stays as it is");
    Runnable go = desk.safely(this::submit);
    present = new KnownSecret(desk, "passcode", "Passcode of this wallet", go);
    second = NewSecret.secondPasscode(desk, List.of(task.wallet().name()), go);
    submit = Piece.button("", "vault-submit", go);
    other =
        Piece.button(
                "",
                "other-way",
                desk.safely(
                    () -> {
                      removes = !removes;
                      draw();
                    }))
            .looks("quiet");
  }

  @Override
  void begin(KnownWallet known) {
    if (!known.sealed().claims(known.binding())) {
      throw Refusal.of(Token.KEY_SET_CHANGED).exception();
    }
    wallet = known;
    draw();
    desk.show(
        Desk.heading("The second passcode"),
        Piece.says(
            "soft",
            "For when somebody forces you to send. It looks and takes the same as the first; what"
                + " it signs seems to go out, and is kept until you come back with the first one."),
        Piece.of("div", "narrow").add(present.box(), fields, progress.box()),
        Piece.of("div", "actions").add(submit, other));
    present.field().input().focus();
  }

  private void draw() {
    fields.hold(
        removes
            ? Piece.says("hint", "Whatever second passcode there is opens nothing any more.")
            : second.box());
    submit.text(removes ? "Remove it" : "Set it");
    other.text(removes ? "Set one" : "Remove it instead");
  }

  private void submit() {
    KnownWallet known = wallet;
    if (known == null || present.field().isEmpty()) {
      present.field().input().focus();
      return;
    }
    Passcode chosen = removes ? null : second.take();
    if (chosen == null && !removes) {
      return;
    }
    Passcode typed = present.take();
    if (typed == null) {
      close(chosen);
      return;
    }
    try (typed) {
      if (chosen != null && typed.equalsInConstantTime(chosen)) {
        chosen.close();
        Refusal same = Refusal.of(Token.PASSCODE_SAME);
        desk.outbox().refused(same);
        second.first().refuse(same);
        return;
      }
      submit.enable(false);
      desk.work(
          "Opening the user key",
          SlotsOpening.begin(known.sealed(), known.secondSlot(), typed, known.binding()),
          progress,
          key -> opened(known, key, chosen),
          why -> {
            close(chosen);
            refuse(why);
          },
          () -> close(chosen));
    }
  }

  private static void close(@Nullable Passcode chosen) {
    if (chosen != null) {
      chosen.close();
    }
  }

  private void refuse(Refusal why) {
    submit.enable(true);
    present.field().refuse(why);
  }

  private void opened(KnownWallet known, Opened key, @Nullable Passcode chosen) {
    if (chosen == null) {
      made(known, key, TwoSlots.closed(key.marker(), desk.entropy()));
      return;
    }
    try (chosen) {
      desk.work(
          "Sealing your key with it as well",
          TwoSlots.second(key.seed(), chosen, known.sealed(), key.marker(), desk.entropy()),
          progress,
          slot -> made(known, key, slot),
          why -> {
            key.close();
            refuse(why);
          },
          key::close);
    }
  }

  private void made(KnownWallet known, Opened key, SecondSlot slot) {
    FromVault.PasscodeChanged changed =
        Reseal.message(known, key.seed(), key.marker(), known.sealed(), slot);
    waiting = true;
    desk.sayFinally(
        "Sealed anew",
        Piece.says(
            "good", "The page asks for your second factor now. Until then all is as before."));
    desk.outbox().send(changed);
  }

  @Override
  public boolean told(PageAnswer message) {
    if (!waiting || !(message instanceof PageAnswer.EnvelopeStored)) {
      return false;
    }
    waiting = false;
    desk.sayFinally(
        "Done",
        Piece.says(
                "good",
                "It counts from now on. Your sheets stay as they are; the second passcode opens"
                    + " none of them.")
            .testId("second-done"));
    desk.outbox().close("done");
    return true;
  }
}
