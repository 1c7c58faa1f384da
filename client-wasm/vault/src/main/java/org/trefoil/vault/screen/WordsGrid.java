package org.trefoil.vault.screen;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.trefoil.core.Refusal;
import org.trefoil.core.keys.EnglishWords;
import org.trefoil.vault.view.Field;
import org.trefoil.vault.view.Piece;

/**
 * A field for each of 24 words, completed as it is typed. All words pasted into the first one go to
 * their own.
 */
public final class WordsGrid {
  private static final int WORDS = 24;
  private static final int LIST = 2048;
  private static final String LIST_ID = "all-words";

  private final Desk desk;
  private final List<Field> fields = new ArrayList<>();
  private final Piece error = PaperQuestions.errorPlace();
  private final Piece grid = Piece.of("div", "papers many");

  /** Empty fields; Enter in any of them does {@code submit}. */
  public WordsGrid(Desk desk, Runnable submit) {
    this.desk = desk;
    for (int i = 1; i <= WORDS; i++) {
      Field field = new Field("paper-word-" + i, "Word " + i);
      field.onEnter(submit);
      field.input().attribute("list", LIST_ID);
      fields.add(field);
      grid.add(field.box());
    }
    fields.get(0).onInput(desk.safely(this::spread));
  }

  /** The fields, under the place where a refusal is said. */
  public Piece box() {
    return Piece.of("div").add(error, grid, allWords());
  }

  /** The public list, from which the browser completes what is typed. */
  private static Piece allWords() {
    Piece list = Piece.of("datalist").attribute("id", LIST_ID);
    for (int i = 0; i < LIST; i++) {
      list.add(Piece.of("option").attribute("value", EnglishWords.word(i)));
    }
    return list;
  }

  public void focus() {
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

  /** What was typed, the caller's to {@link #wipe}. */
  public char[][] typed() {
    char[][] typed = new char[WORDS][];
    for (int i = 0; i < WORDS; i++) {
      typed[i] = fields.get(i).text().toCharArray();
    }
    return typed;
  }

  /** Empties the fields. */
  void clear() {
    for (Field field : fields) {
      field.set("");
    }
  }

  public static void wipe(char[][] typed) {
    for (char[] word : typed) {
      Arrays.fill(word, '\0');
    }
  }

  /** Tells the page and the person why not, and marks the words that the refusal names. */
  public void refuse(Refusal why) {
    desk.outbox().refused(why);
    PaperQuestions.say(error, why);
    String positions = why.data().getOrDefault("positions", why.data().get("position"));
    String named = ", " + positions + ",";
    for (int i = 0; i < WORDS; i++) {
      fields.get(i).calm();
      if (named.indexOf(" " + (i + 1) + ",") >= 0) {
        fields.get(i).input().attribute("aria-invalid", "true").focus();
      }
    }
  }
}
