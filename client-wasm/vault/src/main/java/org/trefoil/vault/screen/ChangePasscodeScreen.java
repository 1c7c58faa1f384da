package org.trefoil.vault.screen;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.envelope.SealedUserKey;
import org.trefoil.core.wire.FromVault;
import org.trefoil.core.wire.PageAnswer;
import org.trefoil.core.wire.ToVault;
import org.trefoil.custody.bip39.WordsReading;
import org.trefoil.custody.birth.PaperWords;
import org.trefoil.custody.envelope.v1.Marker;
import org.trefoil.custody.envelope.v1.SlotsOpening;
import org.trefoil.custody.envelope.v1.TwoSlots;
import org.trefoil.custody.keys.UserSeed;
import org.trefoil.custody.passcode.Passcode;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.view.Progress;
import org.trefoil.vault.wallet.KnownWallet;

/**
 * Seals the user key under another passcode: opened with the present one, or made from its 24 words
 * when somebody wrote them down. The envelope's place stays the same, the user key signs for it.
 */
final class ChangePasscodeScreen extends WalletScreen {
  private final ToVault.ChangePasscode task;
  private final Calibration calibration;
  private final Progress progress = new Progress("passcode-progress");
  private final Piece submit;
  private final NewSecret fresh;
  private final KnownSecret old;
  private final WordsGrid words;
  private boolean byWords;
  private @Nullable KnownWallet wallet;
  private @Nullable SealedUserKey made;

  ChangePasscodeScreen(Desk desk, ToVault.ChangePasscode task) {
    super(desk, task.wallet(), task.pin(), "The passcode stays as it is");
    this.task = task;
    calibration = new Calibration(desk);
    Runnable go = desk.safely(this::submit);
    old = new KnownSecret(desk, "old-passcode", "Present passcode", go);
    words = new WordsGrid(desk, go);
    fresh = NewSecret.passcode(desk, List.of(task.wallet().name()), go);
    submit = Piece.button("Seal it anew", "vault-submit", go);
  }

  @Override
  void begin(KnownWallet known) {
    if (!known.sealed().claims(known.binding())) {
      throw Refusal.of(Token.KEY_SET_CHANGED).exception();
    }
    wallet = known;
    calibration.begin();
    ask();
  }

  private void ask() {
    Piece other =
        Piece.button(
                byWords ? "I know the passcode" : "I have my user key's 24 words instead",
                "other-way",
                desk.safely(
                    () -> {
                      byWords = !byWords;
                      words.clear();
                      ask();
                    }))
            .looks("quiet");
    desk.show(
        Desk.heading("Change the passcode"),
        Piece.says(
            "soft",
            byWords
                ? "The 24 words of your own key, if you ever wrote them down. They are not those of"
                    + " sheet A."
                : "Your key stays the same; it is sealed anew, here in this frame. The passcode of"
                    + " the old sheet B does not change with it."),
        Piece.of("div").add(byWords ? words.box() : Piece.of("div", "narrow").add(old.box())),
        Piece.of("div", "narrow").add(fresh.box(), progress.box()),
        Piece.of("div", "actions").add(submit, other));
    if (byWords) {
      words.focus();
    } else {
      old.field().input().focus();
    }
  }

  private void submit() {
    KnownWallet known = wallet;
    if (known == null || (!byWords && old.field().isEmpty())) {
      old.field().input().focus();
      return;
    }
    Passcode chosen = fresh.take();
    if (chosen == null) {
      return;
    }
    if (byWords) {
      bySpelling(known, chosen);
    } else {
      byPasscode(known, chosen);
    }
  }

  private void bySpelling(KnownWallet known, Passcode chosen) {
    char[][] typed = words.typed();
    try {
      WordsReading<UserSeed> reading = PaperWords.user(known.cosigners(), typed);
      submit.enable(false);
      desk.work(
          "Reading the words",
          reading,
          progress,
          seed -> seal(known, seed, null, chosen),
          why -> {
            chosen.close();
            submit.enable(true);
            words.say(why);
          },
          chosen::close);
    } catch (RefusedException e) {
      chosen.close();
      words.refuse(e.refusal());
    } finally {
      PaperQuestions.wipe(typed);
    }
  }

  private void byPasscode(KnownWallet known, Passcode chosen) {
    Passcode present = old.take();
    if (present == null) {
      chosen.close();
      return;
    }
    try (present) {
      if (present.equalsInConstantTime(chosen)) {
        chosen.close();
        refuse(fresh.first(), Refusal.of(Token.PASSCODE_SAME));
        return;
      }
      submit.enable(false);
      desk.work(
          "Opening the user key",
          SlotsOpening.begin(known.sealed(), known.secondSlot(), present, known.binding()),
          progress,
          key -> seal(known, key.seed(), key.marker(), chosen),
          why -> {
            chosen.close();
            submit.enable(true);
            old.field().refuse(why);
          },
          chosen::close);
    }
  }

  private void refuse(org.trefoil.vault.view.SecretField field, Refusal why) {
    desk.outbox().refused(why);
    field.refuse(why);
  }

  private void seal(KnownWallet known, UserSeed seed, @Nullable Marker marker, Passcode chosen) {
    submit.enable(false);
    try (chosen) {
      desk.work(
          "Sealing your key with the new passcode",
          TwoSlots.sealing(seed, chosen, known.binding(), calibration.params(), desk.entropy()),
          progress,
          both -> sealed(known, seed, marker, both),
          why -> {
            close(seed, marker);
            submit.enable(true);
            refuse(fresh.first(), why);
          },
          () -> close(seed, marker));
    }
  }

  private static void close(UserSeed seed, @Nullable Marker marker) {
    seed.close();
    if (marker != null) {
      marker.close();
    }
  }

  private void sealed(KnownWallet known, UserSeed seed, @Nullable Marker marker, TwoSlots sealed) {
    FromVault.PasscodeChanged changed =
        Reseal.message(known, seed, marker, sealed.envelope(), sealed.beside());
    words.clear();
    made = sealed.envelope();
    desk.sayFinally(
        "Sealed anew",
        Piece.says(
            "good",
            "The page asks for your second factor now. Until then the old passcode holds."));
    desk.outbox().send(changed);
  }

  @Override
  public boolean told(PageAnswer message) {
    KnownWallet known = wallet;
    SealedUserKey sealed = made;
    if (known == null || sealed == null || !(message instanceof PageAnswer.EnvelopeStored)) {
      return false;
    }
    made = null;
    new SheetStep(desk, known, sealed, task.born())
        .show(
            "The new passcode counts",
            Piece.says(
                "Print sheet B anew. The old one opens with the old passcode, still: destroy it,"
                    + " and every copy of it."),
            Piece.says(
                "A second passcode, if there was one, is gone now: set it again on this page if you"
                    + " want one."));
    return true;
  }
}
