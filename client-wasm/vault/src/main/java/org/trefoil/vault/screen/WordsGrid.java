package org.trefoil.vault.screen;

import java.util.ArrayList;
import java.util.List;
import org.trefoil.core.Refusal;
import org.trefoil.vault.view.Field;
import org.trefoil.vault.view.Piece;

/** A field for each of 24 words. All words pasted into the first one go to their own. */
final class WordsGrid {
  private static final int WORDS = 24;

  private final Desk desk;
  private final List<Field> fields = new ArrayList<>();
  private final Piece error = PaperQuestions.errorPlace();
  private final Piece grid = Piece.of("div", "papers many");

  /** Empty fields; Enter in any of them does {@code submit}. */
  WordsGrid(Desk desk, Runnable submit) {
    this.desk = desk;
    for (int i = 1; i <= WORDS; i++) {
      Field field = new Field("paper-word-" + i, "Word " + i);
      field.onEnter(submit);
      fields.add(field);
      grid.add(field.box());
    }
    fields.get(0).onInput(desk.safely(this::spread));
  }

  /** The fields, under the place where a refusal is said. */
  Piece box() {
    return Piece.of("div").add(error, grid);
  }

  void focus() {
    fields.get(0).input().focus();
  }

  private void spread() {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    for (char c : (fields.get(0).text() + " ").toCharArray()) {
      if (c > ' ' && c != '\u00a0') {
        word.append(c);
      } else if (word.length() > 0) {
        words.add(word.toString());
        word.setLength(0);
      }
    }
    for (int i = 0; words.size() == WORDS && i < WORDS; i++) {
      fields.get(i).set(words.get(i));
    }
  }

  /** What was typed, the caller's to wipe. */
  char[][] typed() {
    return PaperQuestions.typed(fields);
  }

  /** Empties the fields. */
  void clear() {
    for (Field field : fields) {
      field.set("");
    }
  }

  /** Tells the page and the person why not, and marks the word that the refusal names. */
  void refuse(Refusal why) {
    desk.outbox().refused(why);
    PaperQuestions.say(error, why);
    String position = why.data().get("position");
    for (int i = 0; position != null && i < WORDS; i++) {
      if (position.equals(Integer.toString(i + 1))) {
        fields.get(i).input().attribute("aria-invalid", "true").focus();
      }
    }
  }
}
