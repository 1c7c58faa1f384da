package org.trefoil.vault.screen;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.wire.KeySplit;
import org.trefoil.custody.bip39.WordsReading;
import org.trefoil.custody.birth.PaperWords;
import org.trefoil.custody.keys.AccountKey;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.view.Progress;
import org.trefoil.vault.wallet.KnownWallet;

/**
 * Asks for the backup key from paper: the 24 words of sheet A or, where it was split, the words of
 * enough of sheets A1, A2 and so on.
 */
final class PaperKey {
  private final Desk desk;
  private final Cosigners cosigners;
  private final String label;
  private final Consumer<AccountKey> opened;
  private final WordsGrid words;
  private final SharesForm<AccountKey> shares;
  private final Piece submit;
  private final Piece other;
  private final Piece hint = Piece.says("soft", "");
  private final Piece fields = Piece.of("div");
  private final Progress progress = new Progress("words-progress");
  private final @Nullable KeySplit known;
  private boolean split;

  /**
   * Draws nothing yet.
   *
   * @param known on how many sheets the key was printed, where that is known
   * @param opened gets the key, and closes it
   */
  PaperKey(
      Desk desk, KnownWallet wallet, String button, String testId, Consumer<AccountKey> opened) {
    this.desk = desk;
    this.cosigners = wallet.cosigners();
    this.known = wallet.view().split();
    this.split = known != null && !known.whole();
    this.label = button;
    this.opened = opened;
    Runnable go = desk.safely(this::open);
    words = new WordsGrid(desk, go);
    shares =
        new SharesForm<>(
            desk, go, typed -> PaperWords.backupOfShares(cosigners, typed), this::take);
    submit = Piece.button(button, testId, go);
    other =
        Piece.button("", "shares", desk.safely(this::turn))
            .looks("quiet")
            .show(known == null || !known.whole());
    draw();
  }

  /** What to type, and where. */
  Piece box() {
    return Piece.of("div").add(hint, fields, Piece.of("div", "narrow").add(progress.box()));
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
    shares.close();
  }

  /** Says why not, beside what the refusal names. */
  void refuse(Refusal why) {
    desk.outbox().refused(why);
    say(why);
  }

  private void say(Refusal why) {
    submit.enable(true);
    if (split) {
      shares.say(why);
    } else {
      words.say(why);
    }
  }

  private void turn() {
    split = !split;
    clear();
    draw();
    focus();
  }

  private void draw() {
    hint.text(
        (split
                ? "Type the words of " + sheets() + ", one sheet after the other, in any order."
                : "Type all 24 words of sheet A.")
            + " The first four letters of each word are enough.");
    fields.hold(split ? shares.box() : words.box());
    submit.text(split ? "Add this sheet" : label);
    other.text(split ? "I have sheet A, in one piece" : "I have sheets A1, A2 …");
  }

  private String sheets() {
    return known == null || known.whole()
        ? "as many of sheets A1, A2 … as are needed"
        : known.needed() + " of the " + known.count() + " sheets A1 to A" + known.count();
  }

  private void open() {
    if (split) {
      shares.submit();
      return;
    }
    char[][] typed = words.typed();
    try {
      WordsReading<AccountKey> reading = PaperWords.backup(cosigners, typed);
      submit.enable(false);
      desk.work("Reading the words", reading, progress, this::take, this::say);
    } catch (RefusedException e) {
      refuse(e.refusal());
    } finally {
      WordsGrid.wipe(typed);
    }
  }

  private void take(AccountKey key) {
    clear();
    submit.enable(false);
    opened.accept(key);
  }
}
