package org.trefoil.vault.recovery;

import java.nio.charset.StandardCharsets;
import org.trefoil.core.export.ExportForm;
import org.trefoil.vault.browser.SavedFile;
import org.trefoil.vault.screen.Desk;
import org.trefoil.vault.view.Piece;

/** The wallet as files for other software; none holds a key that can spend. */
final class OtherSoftware {
  private static final String NAME = "recovered";

  private OtherSoftware() {}

  static Piece files(Desk desk, Wallet wallet) {
    Piece rows = Piece.of("ul", "coins");
    for (ExportForm form : ExportForm.values()) {
      Piece save =
          Piece.button("Save", "export-" + form.id(), desk.safely(() -> save(wallet, form)))
              .looks("quiet small")
              .attribute("aria-label", "Save: " + form.title());
      rows.add(
          Piece.of("li", "split")
              .add(
                  Piece.of("span").text(form.title()),
                  save,
                  Piece.of("small", "soft").text(form.use())));
    }
    return Piece.of("details")
        .testId("other-software")
        .add(Piece.of("summary").text("Files for other software"), rows);
  }

  private static void save(Wallet wallet, ExportForm form) {
    byte[] text = form.write(wallet.cosigners(), NAME, 0).getBytes(StandardCharsets.UTF_8);
    new SavedFile(text, form.mediaType(), form.fileName(NAME)).save();
  }
}
