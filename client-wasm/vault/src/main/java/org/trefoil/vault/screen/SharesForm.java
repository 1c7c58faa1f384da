package org.trefoil.vault.screen;

import java.util.ArrayList;
import java.util.List;
import org.trefoil.core.Refusal;
import org.trefoil.custody.slip39.ShareSet;
import org.trefoil.vault.view.Field;
import org.trefoil.vault.view.Piece;

/** Takes the shares of a split backup key, a field for each sheet, as many as the person has. */
final class SharesForm {
  private static final int AT_FIRST = 2;

  private final Desk desk;
  private final List<Field> fields = new ArrayList<>();
  private final Piece grid = Piece.of("div");
  private final Piece error = PaperQuestions.errorPlace();
  private final Piece more;

  SharesForm(Desk desk) {
    this.desk = desk;
    this.more = Piece.button("Add another sheet", "share-add", desk.safely(this::add));
    more.looks("quiet");
    while (fields.size() < AT_FIRST) {
      add();
    }
  }

  /** Error, fields, and the button for another one. */
  Piece box() {
    return Piece.of("div").add(error, grid, more);
  }

  void focus() {
    fields.get(0).input().focus();
  }

  private void add() {
    int number = fields.size() + 1;
    String label = number == 1 ? "One sheet, all words" : "Another sheet, all words";
    Field field = new Field("share-" + number, label, "textarea");
    fields.add(field);
    grid.add(field.box());
    more.show(number < ShareSet.MOST);
    field.input().focus();
  }

  /** What was typed, one sheet an entry, up to the last that is not empty; the caller wipes. */
  char[][] typed() {
    int last = fields.size();
    while (last > 0 && fields.get(last - 1).text().isEmpty()) {
      last--;
    }
    return PaperQuestions.typed(fields.subList(0, last));
  }

  /** Says why not, beside the sheet that the refusal names. */
  void refuse(Refusal why) {
    desk.outbox().refused(why);
    String share = why.data().get("share");
    for (int i = 0; share != null && i < fields.size(); i++) {
      if (share.equals(Integer.toString(i + 1))) {
        error.show(false);
        fields.get(i).refuse(why);
        return;
      }
    }
    PaperQuestions.say(error, why);
  }
}
