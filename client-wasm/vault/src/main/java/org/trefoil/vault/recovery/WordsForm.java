package org.trefoil.vault.recovery;

import java.util.Arrays;
import java.util.function.Consumer;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.custody.bip39.WordsReading;
import org.trefoil.custody.recover.OpenedKey;
import org.trefoil.vault.screen.Desk;
import org.trefoil.vault.screen.WordsGrid;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.view.Progress;

/** Opens a key of the wallet by its 24 words, whichever it is. */
final class WordsForm {
  private final Desk desk;
  private final Wallet wallet;
  private final Piece place;
  private final Consumer<OpenedKey> opened;
  private final Runnable back;
  private final WordsGrid grid;
  private final Piece submit;
  private final Progress progress = new Progress("words-progress");

  WordsForm(Desk desk, Wallet wallet, Piece place, Consumer<OpenedKey> opened, Runnable back) {
    this.desk = desk;
    this.wallet = wallet;
    this.place = place;
    this.opened = opened;
    this.back = back;
    Runnable go = desk.safely(this::submit);
    grid = new WordsGrid(desk, go);
    submit = Piece.button("Open this key", "words-submit", go);
  }

  /** Opens a key by words that were read from a file, and wipes them. */
  static void open(
      Desk desk,
      Wallet wallet,
      char[] words,
      Progress progress,
      Consumer<OpenedKey> opened,
      Consumer<Refusal> refused) {
    try {
      WordsReading<OpenedKey> reading = OpenedKey.reading(words, wallet.cosigners());
      desk.work("Opening the key", reading, progress, opened, refused);
    } catch (RefusedException e) {
      refused.accept(e.refusal());
    } finally {
      Arrays.fill(words, '\0');
    }
  }

  void show() {
    place.hold(
        Piece.says("soft", "Type the 24 words in their order. The first four letters are enough."),
        grid.box(),
        progress.box(),
        Piece.of("div", "actions")
            .add(
                submit,
                Piece.button("Another key", "words-back", desk.safely(back)).looks("quiet")));
    grid.focus();
  }

  private void submit() {
    char[][] typed = grid.typed();
    try {
      WordsReading<OpenedKey> reading = OpenedKey.reading(typed, wallet.cosigners());
      submit.enable(false);
      desk.work("Opening the key", reading, progress, opened, this::say);
    } catch (RefusedException e) {
      desk.outbox().refused(e.refusal());
      say(e.refusal());
    } finally {
      WordsGrid.wipe(typed);
    }
  }

  private void say(Refusal why) {
    submit.enable(true);
    grid.say(why);
  }
}
