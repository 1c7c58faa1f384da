package org.trefoil.vault.recovery;

import org.trefoil.vault.browser.Globals;
import org.trefoil.vault.view.Piece;

/** A text to copy: a field that cannot be changed, with a button. */
final class CopyText {
  private final Piece field;
  private final Piece box;

  /** Public text only: it stands in the document. */
  CopyText(String id, String label, String text) {
    field =
        Piece.of("textarea", "mono copied")
            .attribute("id", id)
            .attribute("readonly", "")
            .attribute("spellcheck", "false")
            .testId(id);
    field.element().setValue(text);
    Piece says = Piece.says("hint", "").attribute("role", "status");
    Piece copy =
        Piece.button(
                "Copy",
                id + "-copy",
                () -> {
                  field.element().select();
                  boolean copied = Globals.document().execCommand("copy");
                  says.text(copied ? "Copied." : "It is selected: copy it now.");
                })
            .looks("quiet small");
    box =
        Piece.of("div", "field")
            .add(Piece.of("label").attribute("for", id).text(label), field, copy, says);
  }

  Piece box() {
    return box;
  }
}
