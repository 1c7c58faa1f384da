package org.trefoil.vault.recovery;

import java.util.function.BiConsumer;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.vault.browser.FilePicker;
import org.trefoil.vault.browser.PickedFile;
import org.trefoil.vault.screen.Desk;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.view.Wording;

/** Where files are dropped or chosen. */
final class FileBox {
  private static final double MOST_BYTES = 24 * 1024 * 1024;

  private final Desk desk;
  private final BiConsumer<PickedFile, byte[]> read;
  private final Piece row = Piece.of("div", "actions");
  private final Piece refusal =
      Piece.says("refusal", "").attribute("role", "alert").testId("error").show(false);
  private final Piece box;

  /**
   * An empty place.
   *
   * @param read gets each file with its bytes
   */
  FileBox(String id, String label, String accept, Desk desk, BiConsumer<PickedFile, byte[]> read) {
    this.desk = desk;
    this.read = read;
    Piece input =
        Piece.of("input", "offscreen")
            .attribute("type", "file")
            .attribute("accept", accept)
            .attribute("multiple", "")
            .attribute("tabindex", "-1")
            .attribute("aria-hidden", "true")
            .attribute("id", id)
            .testId(id);
    FilePicker.choose(input.element(), this::picked);
    row.add(
        Piece.button("Choose a file", id + "-choose", () -> input.element().click())
            .looks("quiet"));
    box =
        Piece.of("div", "card drop")
            .testId(id + "-drop")
            .add(Piece.of("p").text(label + ": drop them here."), input, row, refusal);
    FilePicker.drop(box.element(), this::picked);
  }

  /** Adds a button beside the one that chooses. */
  FileBox with(Piece button) {
    row.add(button);
    return this;
  }

  Piece box() {
    return box;
  }

  /** Says why not. */
  void refuse(Refusal why) {
    desk.outbox().refused(why);
    refusal.attribute("data-token", why.token()).text(Wording.of(why)).show(true);
  }

  private void picked(PickedFile file) {
    refusal.text("").show(false);
    if (file.getSize() > MOST_BYTES) {
      refuse(Refusal.of(Token.TOO_LARGE));
      return;
    }
    PickedFile.read(
        file,
        bytes -> desk.safely(() -> read.accept(file, bytes)).run(),
        desk.safely(() -> refuse(Refusal.of(Token.FILE_UNREADABLE))));
  }
}
