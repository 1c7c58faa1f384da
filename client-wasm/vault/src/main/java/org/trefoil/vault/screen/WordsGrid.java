package org.trefoil.vault.screen;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.keys.EnglishWords;
import org.trefoil.custody.bip39.Words;
import org.trefoil.custody.slip39.ShareSet;
import org.trefoil.vault.view.Field;
import org.trefoil.vault.view.Piece;

/**
 * A field for each of a key's 24 words or a share's 33, completed as it is typed. All words pasted
 * into the first one go to their own.
 */
public final class WordsGrid {
  private static final int KEY_WORDS = 24;
  private static final int KEY_LIST = 2048;
  private static final int SHARE_WORDS = 33;

  private final Desk desk;
  private final List<Field> fields = new ArrayList<>();
  private final Piece error = PaperQuestions.errorPlace();
  private final Piece grid = Piece.of("div", "papers many");
  private final int listed;
  private final IntFunction<String> list;
  private final String listId;
  private int before;

  /** Empty fields; Enter in any of them does {@code submit}. */
  public WordsGrid(Desk desk, Runnable submit) {
    this(desk, submit, "paper-word", KEY_WORDS, KEY_LIST, EnglishWords::word);
  }

  private WordsGrid(
      Desk desk, Runnable submit, String id, int words, int listed, IntFunction<String> list) {
    this.desk = desk;
    this.listed = listed;
    this.list = list;
    this.listId = id + "-list";
    for (int i = 1; i <= words; i++) {
      Field field = new Field(id + "-" + i, "Word " + i);
      field.onEnter(submit);
      field.input().attribute("list", listId);
      fields.add(field);
      grid.add(field.box());
    }
    Field first = fields.get(0);
    first.onInput(desk.safely(this::grown)).input().on("change", desk.safely(this::spread));
  }

  /** The same for the words of one share, {@code share-word-1} and so on. */
  public static WordsGrid ofShare(Desk desk, Runnable submit) {
    return new WordsGrid(desk, submit, "share-word", SHARE_WORDS, ShareSet.LIST, ShareSet::listed);
  }

  /** The fields, under the place where a refusal is said. */
  public Piece box() {
    return Piece.of("div").add(error, grid, allWords());
  }

  /** The public list, from which the browser completes what is typed. */
  private Piece allWords() {
    Piece options = Piece.of("datalist").attribute("id", listId);
    for (int i = 0; i < listed; i++) {
      options.add(Piece.of("option").attribute("value", list.apply(i)));
    }
    return options;
  }

  public void focus() {
    fields.get(0).input().focus();
  }

  /** More than a letter at once was pasted, not typed: a typed word may still go on. */
  private void grown() {
    if (length() > before + 1) {
      spread();
    }
    before = length();
  }

  /** Characters in the first field, with the blanks at its end. */
  private int length() {
    return fields.get(0).input().element().getValue().length();
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
    int wanted = fields.size();
    for (int i = 0; words.size() == wanted && i < wanted; i++) {
      fields.get(i).set(words.get(i));
    }
  }

  /** What was typed, the caller's to {@link #wipe}. */
  public char[][] typed() {
    spread();
    return PaperQuestions.typed(fields);
  }

  /** The same as one text with blanks between, the caller's to wipe. */
  public char[] text() {
    char[][] words = typed();
    int length = 0;
    for (char[] word : words) {
      length += word.length + 1;
    }
    char[] text = new char[length];
    int at = 0;
    for (char[] word : words) {
      System.arraycopy(word, 0, text, at, word.length);
      at += word.length;
      text[at++] = ' ';
    }
    wipe(words);
    return text;
  }

  /** Empties the fields. */
  public void clear() {
    error.show(false);
    before = 0;
    for (Field field : fields) {
      field.set("");
      field.calm();
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
    say(why);
  }

  /** The same for a refusal that the page knows already. */
  public void say(Refusal why) {
    for (Field field : fields) {
      field.calm();
    }
    mark(why.data().get("second"));
    mark(why.data().get("first"));
    Field wrong = mark(why.data().get("position"));
    boolean unknown = why.is(Token.WORD_UNKNOWN) || why.is(Token.SHARE_WORD_UNKNOWN);
    PaperQuestions.say(error, why, unknown && wrong != null ? near(wrong.text()) : "");
  }

  private @Nullable Field mark(@Nullable String place) {
    for (int i = 0; place != null && i < fields.size(); i++) {
      if (place.equals(Integer.toString(i + 1))) {
        fields.get(i).input().attribute("aria-invalid", "true").focus();
        return fields.get(i);
      }
    }
    return null;
  }

  /** Which words of the list look like the one typed; said here only, never to the page. */
  private String near(String typed) {
    StringBuilder words = new StringBuilder();
    char[] letters = typed.toCharArray();
    for (int i = 0; i < listed; i++) {
      if (Words.oneSlip(letters, list.apply(i))) {
        words.append(words.length() == 0 ? " Close to it: " : ", ").append(list.apply(i));
      }
    }
    return words.length() == 0 ? "" : words.append('.').toString();
  }
}
