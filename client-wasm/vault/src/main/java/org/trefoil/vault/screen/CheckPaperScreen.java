package org.trefoil.vault.screen;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.wire.ToVault;
import org.trefoil.custody.birth.PaperCheck;
import org.trefoil.custody.birth.ResumedPaperCheck;
import org.trefoil.custody.keys.UserSeed;
import org.trefoil.custody.sign.PaperStatement;
import org.trefoil.vault.view.Field;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.wallet.KnownWallet;

/** The paper check of a birth that was interrupted: the paper must answer for itself. */
final class CheckPaperScreen implements Screen {
  private static final int WORDS = 24;

  private final Desk desk;
  private final ToVault.CheckPaper task;
  private final List<Field> fields = new ArrayList<>();
  private final Piece error = PaperQuestions.errorPlace();
  private boolean waiting;

  CheckPaperScreen(Desk desk, ToVault.CheckPaper task) {
    this.desk = desk;
    this.task = task;
  }

  @Override
  public void begin() {
    try {
      KnownWallet wallet = KnownWallet.of(task.wallet(), null);
      if (task.wallet().backupIsCold()) {
        askPasscode(wallet);
      } else {
        askWords(wallet);
      }
    } catch (RefusedException e) {
      BirthScreen.refuse(desk, e.refusal());
    }
  }

  private void askWords(KnownWallet wallet) {
    Runnable go = desk.safely(() -> submit(wallet));
    Piece grid = Piece.of("div", "papers many");
    for (int i = 1; i <= WORDS; i++) {
      Field field = new Field("paper-word-" + i, "Word " + i);
      field.onEnter(go);
      fields.add(field);
      grid.add(field.box());
    }
    fields.get(0).onInput(desk.safely(this::spread));
    desk.show(
        Desk.heading("Check the paper"),
        Piece.says(
            "soft",
            "Type all 24 words of sheet A. The wallet goes into use once they make the key that"
                + " it was born with. The first four letters of each are enough."),
        error,
        grid,
        Piece.of("div", "actions")
            .add(
                Piece.button("Check the words", "paper-submit", go),
                Piece.button(
                        "I have sheets A1, A2 …", "shares", desk.safely(() -> askShares(wallet)))
                    .looks("quiet")));
    fields.get(0).input().focus();
  }

  private void askShares(KnownWallet wallet) {
    SharesForm shares = new SharesForm(desk);
    desk.show(
        Desk.heading("Check the paper"),
        Piece.says(
            "soft",
            "Type the words of as many of sheets A1, A2 … as are needed, in any order. The wallet"
                + " goes into use once they make the key that it was born with. The first four"
                + " letters of each word are enough."),
        shares.box(),
        Piece.of("div", "actions")
            .add(
                Piece.button(
                    "Check the shares", "shares-submit", desk.safely(() -> join(wallet, shares)))));
    shares.focus();
  }

  private void join(KnownWallet wallet, SharesForm shares) {
    char[][] typed = shares.typed();
    try {
      checked(ResumedPaperCheck.answerShares(wallet.cosigners(), wallet.walletId(), typed), null);
    } catch (RefusedException e) {
      shares.refuse(e.refusal());
    } finally {
      PaperQuestions.wipe(typed);
    }
  }

  /** All words pasted into the first field go to their own. */
  private void spread() {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    for (char c : (fields.get(0).text() + " ").toCharArray()) {
      if (c > ' ' && c != '\u00a0') {
        word.append(c);
      } else if (word.length() > 0) {
        words.add(word.toString());
        word.setLength(0);
      }
    }
    for (int i = 0; words.size() == WORDS && i < WORDS; i++) {
      fields.get(i).set(words.get(i));
    }
  }

  private void submit(KnownWallet wallet) {
    char[][] typed = PaperQuestions.typed(fields);
    try {
      checked(ResumedPaperCheck.answer(wallet.cosigners(), wallet.walletId(), typed), null);
    } catch (RefusedException e) {
      refuse(e.refusal());
    } finally {
      PaperQuestions.wipe(typed);
    }
  }

  private void refuse(Refusal why) {
    desk.outbox().refused(why);
    PaperQuestions.say(error, why);
    String position = why.data().get("position");
    for (int i = 0; position != null && i < fields.size(); i++) {
      if (position.equals(Integer.toString(i + 1))) {
        fields.get(i).input().attribute("aria-invalid", "true").focus();
      }
    }
  }

  private void askPasscode(KnownWallet wallet) {
    PasscodePrompt prompt =
        new PasscodePrompt(desk, wallet, "Go on", "vault-submit", seed -> opened(wallet, seed));
    desk.show(
        Desk.heading("Check the paper"),
        Piece.says("soft", "Your own key signs that the paper was checked."),
        prompt.box(),
        Piece.of("div", "actions").add(prompt.submitButton()));
    prompt.focus();
  }

  private void opened(KnownWallet wallet, UserSeed seed) {
    PaperCheck check =
        PaperCheck.resumedCold(
            wallet.cosigners(), wallet.walletId(), wallet.sealed(), seed, desk.entropy());
    new PaperQuestions(
            desk,
            check,
            statement -> {
              seed.close();
              new ColdProofStep(
                      desk,
                      wallet.cosigners(),
                      wallet.walletId(),
                      proof -> checked(statement, proof))
                  .begin();
            })
        .begin();
  }

  private void checked(PaperStatement statement, @Nullable String coldProof) {
    waiting = true;
    BirthScreen.send(desk, statement, coldProof);
  }

  @Override
  public boolean told(ToVault message) {
    if (!waiting || !(message instanceof ToVault.WalletActive)) {
      return false;
    }
    waiting = false;
    BirthScreen.done(desk);
    return true;
  }
}
