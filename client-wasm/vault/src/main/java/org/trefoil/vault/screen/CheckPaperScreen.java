package org.trefoil.vault.screen;

import org.jspecify.annotations.Nullable;
import org.trefoil.core.RefusedException;
import org.trefoil.core.wire.ToVault;
import org.trefoil.core.wire.WalletState;
import org.trefoil.custody.birth.PaperCheck;
import org.trefoil.custody.birth.ResumedPaperCheck;
import org.trefoil.custody.keys.UserSeed;
import org.trefoil.custody.sign.PaperStatement;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.wallet.KnownWallet;

/**
 * The paper check of a birth that was interrupted, or of a wallet in use once more: the paper must
 * answer for itself.
 */
final class CheckPaperScreen implements Screen {
  private final Desk desk;
  private final ToVault.CheckPaper task;
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

  private boolean inUse() {
    return task.wallet().state() != WalletState.UNCHECKED;
  }

  private String whatFor() {
    return inUse()
        ? " They are right when they make the key that this wallet was born with."
        : " The wallet goes into use once they make the key that it was born with.";
  }

  private void askWords(KnownWallet wallet) {
    WordsGrid[] words = new WordsGrid[1];
    Runnable go = desk.safely(() -> submit(wallet, words[0]));
    words[0] = new WordsGrid(desk, go);
    desk.show(
        Desk.heading("Check the paper"),
        Piece.says(
            "soft",
            "Type all 24 words of sheet A."
                + whatFor()
                + " The first four letters of each are enough."),
        words[0].box(),
        Piece.of("div", "actions")
            .add(
                Piece.button("Check the words", "paper-submit", go),
                Piece.button(
                        "I have sheets A1, A2 …", "shares", desk.safely(() -> askShares(wallet)))
                    .looks("quiet")));
    words[0].focus();
  }

  private void askShares(KnownWallet wallet) {
    SharesForm shares = new SharesForm(desk);
    desk.show(
        Desk.heading("Check the paper"),
        Piece.says(
            "soft",
            "Type the words of as many of sheets A1, A2 … as are needed, in any order."
                + whatFor()
                + " The first four letters of each word are enough."),
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

  private void submit(KnownWallet wallet, WordsGrid words) {
    char[][] typed = words.typed();
    try {
      checked(ResumedPaperCheck.answer(wallet.cosigners(), wallet.walletId(), typed), null);
    } catch (RefusedException e) {
      words.refuse(e.refusal());
    } finally {
      PaperQuestions.wipe(typed);
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
    if (inUse()) {
      desk.sayFinally(
          "Your paper can be read",
          Piece.says("good", "Put the sheets back where they were, in two different places.")
              .testId("paper-fine"));
      desk.outbox().close("done");
    } else {
      BirthScreen.done(desk);
    }
    return true;
  }
}
