package org.trefoil.vault.screen;

import org.jspecify.annotations.Nullable;
import org.trefoil.core.envelope.SealedUserKey;
import org.trefoil.custody.paper.BackupSheets;
import org.trefoil.custody.paper.SealedKeyFacts;
import org.trefoil.custody.paper.WalletFacts;
import org.trefoil.vault.browser.Globals;
import org.trefoil.vault.browser.SavedFile;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.wallet.KnownWallet;

/** Prints sheet B again: it holds ciphertext, so nothing has to be opened for it. */
final class SheetStep {
  private final Desk desk;
  private final KnownWallet wallet;
  private final SealedUserKey sealed;
  private final String born;
  private final Piece saved = Piece.says("good", "").attribute("role", "status").show(false);
  private @Nullable SavedFile file;

  /** The sheet of this envelope; {@code born} is the day that the first sheets carry. */
  SheetStep(Desk desk, KnownWallet wallet, SealedUserKey sealed, String born) {
    this.desk = desk;
    this.wallet = wallet;
    this.sealed = sealed;
    this.born = born;
  }

  void show(String heading, Piece... says) {
    Piece text = Piece.of("div").add(says);
    desk.show(
        Desk.heading(heading),
        text,
        Piece.of("p", "soft")
            .add(
                Piece.of("span").text("Its check words: "),
                Piece.of("span", "words")
                    .testId("sheet-words")
                    .text(String.join(" ", sealed.words()))),
        saved,
        Piece.of("div", "actions")
            .add(
                Piece.button("Save sheet B (PDF)", "download-pdf", desk.safely(this::save)),
                Piece.button("Done", "sheet-done", desk.safely(this::done)).looks("quiet")));
  }

  private void save() {
    WalletFacts facts =
        WalletFacts.of(
                wallet.cosigners(),
                wallet.view().owners(),
                wallet.view().name(),
                born,
                wallet.view().birthHeight(),
                Globals.recoveryDigest())
            .withLauncher(Globals.launcherDigest());
    byte[] pdf =
        BackupSheets.renderSheetB(
            facts, SealedKeyFacts.of(sealed), wallet.view().backupIsCold(), wallet.view().split());
    forget();
    String name = PaperStep.fileName(wallet.view().name(), "sheet-b.pdf");
    SavedFile fresh = new SavedFile(pdf, "application/pdf", name);
    file = fresh;
    fresh.save();
    saved
        .text(
            "Saved as " + name + ". Print it, put it where the old sheet B was, and destroy that.")
        .show(true);
  }

  private void done() {
    forget();
    desk.sayFinally("Done", Piece.says("good", "That is all.").testId("sheet-finished"));
    desk.outbox().close("done");
  }

  private void forget() {
    SavedFile old = file;
    if (old != null) {
      old.close();
      file = null;
    }
  }
}
