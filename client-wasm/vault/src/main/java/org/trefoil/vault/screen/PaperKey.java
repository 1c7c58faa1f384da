package org.trefoil.vault.screen;

import java.util.function.Consumer;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.custody.birth.PaperWords;
import org.trefoil.custody.keys.AccountKey;
import org.trefoil.vault.view.Piece;

/**
 * Asks for the backup key from paper: the 24 words of sheet A or, where it was split, the words of
 * enough of sheets A1, A2 and so on.
 */
final class PaperKey {
  private final Desk desk;
  private final Cosigners cosigners;
  private final Consumer<AccountKey> opened;
  private final WordsGrid words;
  private final Piece submit;
  private final Piece other;
  private final Piece hint = Piece.says("soft", "");
  private final Piece fields = Piece.of("div");
  private SharesForm shares;
  private boolean split;

  /**
   * Draws nothing yet.
   *
   * @param opened gets the key, and closes it
   */
  PaperKey(
      Desk desk, Cosigners cosigners, String button, String testId, Consumer<AccountKey> opened) {
    this.desk = desk;
    this.cosigners = cosigners;
    this.opened = opened;
    Runnable go = desk.safely(this::open);
    words = new WordsGrid(desk, go);
    shares = new SharesForm(desk);
    submit = Piece.button(button, testId, go);
    other = Piece.button("", "shares", desk.safely(this::turn)).looks("quiet");
    draw();
  }

  /** What to type, and where. */
  Piece box() {
    return Piece.of("div").add(hint, fields);
  }

  Piece submitButton() {
    return submit;
  }

  /** Goes over to shares, and back to words. */
  Piece otherButton() {
    return other;
  }

  void focus() {
    if (split) {
      shares.focus();
    } else {
      words.focus();
    }
  }

  /** Empties the fields. */
  void clear() {
    words.clear();
    shares = new SharesForm(desk);
    draw();
  }

  /** Says why not, beside what the refusal names. */
  void refuse(Refusal why) {
    submit.enable(true);
    if (split) {
      shares.refuse(why);
    } else {
      words.refuse(why);
    }
  }

  private void turn() {
    split = !split;
    clear();
    focus();
  }

  private void draw() {
    hint.text(
        split
            ? "Type the words of as many of sheets A1, A2 … as are needed, in any order. The first"
                + " four letters of each word are enough."
            : "Type all 24 words of sheet A. The first four letters of each are enough.");
    fields.hold(split ? shares.box() : words.box());
    other.text(split ? "I have sheet A, in one piece" : "I have sheets A1, A2 …");
  }

  private void open() {
    char[][] typed = split ? shares.typed() : words.typed();
    AccountKey key;
    try {
      key =
          split ? PaperWords.backupOfShares(cosigners, typed) : PaperWords.backup(cosigners, typed);
    } catch (RefusedException e) {
      refuse(e.refusal());
      return;
    } finally {
      PaperQuestions.wipe(typed);
    }
    clear();
    submit.enable(false);
    opened.accept(key);
  }
}
