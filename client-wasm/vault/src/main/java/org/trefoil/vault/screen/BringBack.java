package org.trefoil.vault.screen;

import java.util.function.Consumer;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.proposal.Returned;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.ur.PsbtText;
import org.trefoil.vault.browser.FilePicker;
import org.trefoil.vault.browser.PickedFile;
import org.trefoil.vault.view.Field;
import org.trefoil.vault.view.Piece;

/** Takes a PSBT that another key has signed, pasted or as a file. */
final class BringBack {
  private final Desk desk;
  private final Consumer<Returned> taken;
  private final Field text = new Field("brought-text", "The signed transaction", "textarea");
  private final Field file = new Field("brought-file", "Or its file");

  /**
   * Draws nothing yet.
   *
   * @param taken gets what was read; what it refuses is said beside the field
   */
  BringBack(Desk desk, Consumer<Returned> taken) {
    this.desk = desk;
    this.taken = taken;
    text.hint("Paste it here: a PSBT as text.");
    text.input().looks("mono");
    file.input().attribute("type", "file").attribute("accept", ".psbt,.txt");
    FilePicker.choose(file.input().element(), picked -> desk.safely(() -> readFile(picked)).run());
  }

  Piece box() {
    return Piece.of("div", "narrow").add(text.box(), file.box());
  }

  Piece button() {
    return Piece.button("Check it", "brought-check", desk.safely(this::readText));
  }

  private void readText() {
    read(text, () -> PsbtText.read(text.text()));
  }

  private void readFile(PickedFile picked) {
    if (picked.getSize() > 2 * Psbt.MOST_BYTES) {
      refuse(file, Refusal.of(Token.TOO_LARGE));
      return;
    }
    PickedFile.read(
        picked,
        bytes -> desk.safely(() -> read(file, () -> PsbtText.read(bytes))).run(),
        desk.safely(() -> refuse(file, Refusal.of(Token.FILE_UNREADABLE))));
  }

  private interface Source {
    Psbt read();
  }

  private void read(Field field, Source source) {
    text.calm();
    file.calm();
    try {
      taken.accept(Returned.of(source.read()));
    } catch (RefusedException e) {
      refuse(field, e.refusal());
    }
  }

  private void refuse(Field field, Refusal why) {
    desk.outbox().refused(why);
    field.refuse(why);
  }
}
