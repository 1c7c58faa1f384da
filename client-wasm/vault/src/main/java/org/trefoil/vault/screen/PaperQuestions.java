package org.trefoil.vault.screen;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.custody.birth.PaperCheck;
import org.trefoil.custody.birth.PaperQuestion;
import org.trefoil.custody.sign.PaperStatement;
import org.trefoil.vault.view.Field;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.view.Wording;

/** Asks words back from the printed sheets. */
final class PaperQuestions {
  private final Desk desk;
  private final PaperCheck check;
  private final Consumer<PaperStatement> checked;
  private final List<Field> fields = new ArrayList<>();
  private final Piece error = errorPlace();

  PaperQuestions(Desk desk, PaperCheck check, Consumer<PaperStatement> checked) {
    this.desk = desk;
    this.check = check;
    this.checked = checked;
  }

  /** Where a refusal of the paper is said. */
  static Piece errorPlace() {
    return Piece.says("alert", "").attribute("role", "alert").testId("paper-error").show(false);
  }

  void begin() {
    Runnable go = desk.safely(this::submit);
    Piece grid = Piece.of("div", "papers");
    for (PaperQuestion question : check.questions()) {
      Field field = new Field("paper-word-" + (fields.size() + 1), label(question));
      field.onEnter(go);
      fields.add(field);
      grid.add(field.box());
    }
    desk.show(
        Desk.heading("Read it back from the paper"),
        Piece.says(
            "soft",
            "Take the printed sheets and type the words asked for. This makes sure that the paper"
                + " can be read when it is needed. The first four letters are enough."),
        error,
        grid,
        Piece.of("div", "actions").add(Piece.button("Check the words", "paper-submit", go)));
    fields.get(0).input().focus();
  }

  static String label(PaperQuestion question) {
    int n = question.position();
    return switch (question.source()) {
      case BACKUP_WORDS, SHARE_WORDS -> "Word " + n + " of sheet " + question.sheetName();
      case KEY_SET_WORDS -> "Word " + n + " of the key set, on sheet A";
      case ENVELOPE_WORDS -> "Check word " + n + " of sheet B";
    };
  }

  private void submit() {
    char[][] typed = typed(fields);
    try {
      PaperStatement statement = check.answer(typed);
      checked.accept(statement);
    } catch (RefusedException e) {
      refuse(e.refusal(), typed);
    } finally {
      wipe(typed);
    }
  }

  private void refuse(Refusal why, char[][] typed) {
    desk.outbox().refused(why);
    say(error, why, "");
    for (int i = 0; i < typed.length; i++) {
      PaperQuestion question = check.questions().get(i);
      String position = Integer.toString(question.position());
      boolean named =
          position.equals(why.data().get("position"))
              && question.sheetName().equals(why.data().get("sheet"));
      if (why.is(Token.PAPER_WORD_WRONG) && named) {
        fields.get(i).input().attribute("aria-invalid", "true").focus();
      }
    }
  }

  static void say(Piece error, Refusal why, String more) {
    error.text(Wording.of(why) + more).attribute("data-token", why.token()).show(true);
  }

  static char[][] typed(List<Field> fields) {
    char[][] typed = new char[fields.size()][];
    for (int i = 0; i < typed.length; i++) {
      typed[i] = fields.get(i).text().toCharArray();
    }
    return typed;
  }

  static void wipe(char[][] typed) {
    for (char[] word : typed) {
      Arrays.fill(word, '\0');
    }
  }
}
