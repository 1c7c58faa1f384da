package org.trefoil.vault.screen;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.proposal.CheckedSpend;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.ur.UrEncoder;
import org.trefoil.vault.browser.Document;
import org.trefoil.vault.browser.Globals;
import org.trefoil.vault.browser.SavedFile;
import org.trefoil.vault.view.Field;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.view.QrPicture;

/**
 * A PSBT to take elsewhere: as a QR code, or as many in turn with a button that holds them still,
 * as a file, and as text. It holds signatures at most, never a key.
 */
public final class HandOut {
  /** Bytes of a PSBT up to which one code is still easy to film. */
  private static final int ONE_CODE = 300;

  private static final int EACH_CODE = 150;

  /** Milliseconds that each code stands. */
  private static final int STANDS = 250;

  private final Desk desk;
  private final Psbt whole;
  private final String fileName;
  private final UrEncoder codes;
  private final Piece picture = Piece.of("div").testId("psbt-qr");
  private final Piece hold;
  private final Field text = new Field("psbt-text", "As text", "textarea");
  private final Piece said = Piece.says("hint", "").attribute("role", "status");
  private boolean moves = true;
  private int number = 1;
  private @Nullable SavedFile file;

  /**
   * Draws nothing yet.
   *
   * @param previous transactions that file and text carry along, and codes do not
   * @param kind part of the file's name
   */
  public HandOut(
      Desk desk, CheckedSpend spend, Psbt psbt, Map<String, byte[]> previous, String kind) {
    this.desk = desk;
    this.whole = psbt.withPrevious(previous);
    this.fileName = "trefoil-" + String.join("-", spend.digestWords()) + "-" + kind + ".psbt";
    byte[] bytes = psbt.serialize();
    this.codes = UrEncoder.psbt(bytes, bytes.length <= ONE_CODE ? bytes.length + 5 : EACH_CODE);
    this.hold = Piece.button("Hold still", "psbt-hold", desk.safely(this::holdOrMove));
    hold.looks("quiet").show(codes.count() > 1);
    text.input().attribute("readonly", "readonly").looks("mono");
    text.set(whole.base64());
  }

  /** Codes, file and text. */
  public Piece box() {
    draw();
    if (codes.count() > 1) {
      next();
    }
    String how =
        codes.count() == 1
            ? "One code."
            : codes.count() + " codes in turn: film them until your device has them all.";
    Piece copy = Piece.button("Copy the text", "psbt-copy", desk.safely(this::copy)).looks("quiet");
    return Piece.of("div", "papers")
        .add(
            Piece.of("div", "field")
                .add(picture, Piece.says("hint", how), Piece.of("div", "actions").add(hold)),
            Piece.of("div")
                .add(
                    text.box(),
                    Piece.of("div", "actions")
                        .add(
                            Piece.button("Save as a file", "psbt-save", desk.safely(this::save)),
                            copy),
                    said));
  }

  private void draw() {
    picture.hold(QrPicture.of(codes.part(number), "QR code of the transaction"));
  }

  private void next() {
    Globals.setTimeout(
        desk.safely(
                () -> {
                  if (moves && picture.element().isConnected()) {
                    number = number == 2 * codes.count() ? 1 : number + 1;
                    draw();
                    next();
                  }
                })
            ::run,
        STANDS);
  }

  private void holdOrMove() {
    moves = !moves;
    hold.text(moves ? "Hold still" : "Go on");
    if (moves) {
      next();
    }
  }

  private void save() {
    SavedFile old = file;
    if (old != null) {
      old.close();
    }
    SavedFile fresh = new SavedFile(whole.serialize(), "application/octet-stream", fileName);
    file = fresh;
    fresh.save();
    said.text("Saved as " + fileName + ".");
  }

  private void copy() {
    Document document = Globals.document();
    text.input().element().select();
    boolean copied = document.execCommand("copy");
    said.text(
        copied
            ? "Copied."
            : "This browser does not let the vault copy: the text is selected, copy it now.");
  }
}
