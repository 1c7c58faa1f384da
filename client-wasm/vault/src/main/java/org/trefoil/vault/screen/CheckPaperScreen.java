package org.trefoil.vault.screen;

import java.util.List;
import org.trefoil.core.RefusedException;
import org.trefoil.core.wire.PageAnswer;
import org.trefoil.core.wire.ToVault;
import org.trefoil.core.wire.WalletState;
import org.trefoil.custody.birth.PaperCheck;
import org.trefoil.custody.envelope.v1.Opened;
import org.trefoil.custody.keys.AccountKey;
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
        askPaper(wallet);
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
        ? "Your paper is good when its words make the key that this wallet was born with, and sheet B"
            + " is the newest."
        : "The wallet goes into use once its paper makes the key that it was born with.";
  }

  private void askPaper(KnownWallet wallet) {
    PaperKey paper =
        new PaperKey(
            desk, wallet, "Check the words", "paper-submit", key -> askSheetB(wallet, key));
    desk.show(
        Desk.heading("Check the paper"),
        Piece.says("soft", whatFor()),
        paper.box(),
        Piece.of("div", "actions").add(paper.submitButton(), paper.otherButton()));
    paper.focus();
  }

  private void askSheetB(KnownWallet wallet, AccountKey key) {
    PaperCheck check =
        PaperCheck.ofSheetB(
            wallet.cosigners(), wallet.walletId(), wallet.sealed(), key, desk.entropy());
    new PaperQuestions(
            desk,
            check,
            statement -> {
              key.close();
              checked(statement, List.of());
            })
        .begin();
  }

  private void askPasscode(KnownWallet wallet) {
    PasscodePrompt prompt =
        new PasscodePrompt(desk, wallet, "Go on", "vault-submit", key -> opened(wallet, key));
    desk.show(
        Desk.heading("Check the paper"),
        Piece.says("soft", "Your own key signs that the paper was checked."),
        prompt.box(),
        Piece.of("div", "actions").add(prompt.submitButton()));
    prompt.focus();
  }

  private void opened(KnownWallet wallet, Opened key) {
    PaperCheck check =
        PaperCheck.resumedCold(
            wallet.cosigners(), wallet.walletId(), wallet.sealed(), key.seed(), desk.entropy());
    new PaperQuestions(
            desk,
            check,
            statement -> {
              key.close();
              new ColdProofStep(
                      desk,
                      wallet.cosigners(),
                      wallet.walletId(),
                      task.wallet().owners(),
                      proofs -> checked(statement, proofs))
                  .begin();
            })
        .begin();
  }

  private void checked(PaperStatement statement, List<String> coldProofs) {
    waiting = true;
    BirthScreen.send(desk, statement, coldProofs);
  }

  @Override
  public boolean told(PageAnswer message) {
    if (!waiting || !(message instanceof PageAnswer.WalletActive)) {
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
