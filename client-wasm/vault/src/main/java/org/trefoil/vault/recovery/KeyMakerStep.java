package org.trefoil.vault.recovery;

import java.util.Arrays;
import java.util.List;
import org.trefoil.core.RefusedException;
import org.trefoil.core.units.Network;
import org.trefoil.custody.entropy.Entropy;
import org.trefoil.custody.entropy.ThrownEntropy;
import org.trefoil.custody.entropy.ThrownEntropy.Thrown;
import org.trefoil.custody.keys.BackupSeed;
import org.trefoil.custody.slip39.ShareSet;
import org.trefoil.vault.screen.Desk;
import org.trefoil.vault.view.Field;
import org.trefoil.vault.view.Piece;

/** A backup key for somebody without a signing device: thrown, and mixed with the browser's own. */
final class KeyMakerStep {
  private final Desk desk;
  private final Runnable back;
  private final NetworkChoice network = NetworkChoice.ofAll();
  private final Radios thrown;
  private final Radios kept;
  private final Field sheets = new Field("split-count", "Sheets in all");
  private final Field threshold = new Field("split-threshold", "How many of them make the key");
  private final Field row = new Field("throws", "What fell, one figure for each throw", "textarea");

  KeyMakerStep(Desk desk, Runnable back) {
    this.desk = desk;
    this.back = back;
    Runnable count = desk.safely(this::count);
    thrown = new Radios("thrown", "What do you throw?", count).offer(List.of("dice", "coins"));
    thrown.choose(0);
    kept = new Radios("kept", "How do you keep it?", desk.safely(this::lookKept));
    kept.offer(List.of("words", "shares"), KeyMakerStep::keptHow).choose(0);
    sheets.set("3");
    threshold.set("2");
    for (Field number : List.of(sheets, threshold)) {
      number.input().attribute("inputmode", "numeric");
    }
    row.input().looks("mono").attribute("inputmode", "numeric");
    row.onInput(count);
  }

  void show() {
    desk.show(
        Desk.heading("Make a backup key of your own"),
        Piece.says(
            "soft",
            "Use a computer that you trust, without a network. Your throws are mixed with this"
                + " browser's own randomness: whoever knows one of them knows nothing of the key."),
        network.box(),
        kept.box(),
        Piece.of("div", "narrow").add(sheets.box(), threshold.box()),
        thrown.box(),
        row.box(),
        Piece.of("div", "actions")
            .add(
                Piece.button("Make the key", "throws-submit", desk.safely(this::make)),
                Piece.button("Back", "throws-back", desk.safely(this::leave)).looks("quiet")));
    count();
    lookKept();
  }

  private static String keptHow(String form) {
    return form.equals("words") ? "24, on one paper" : "several sheets, of which some are enough";
  }

  private boolean split() {
    return kept.chosen() == 1;
  }

  private void lookKept() {
    sheets.show(split());
    threshold.show(split());
  }

  /** The number that was typed; 0 when it is none. */
  private static int number(Field field) {
    int value = 0;
    for (char c : field.text().toCharArray()) {
      value = c >= '0' && c <= '9' && value < 100 ? 10 * value + c - '0' : 1_000;
    }
    return value;
  }

  private Thrown kind() {
    return thrown.chosen() == 1 ? Thrown.COINS : Thrown.DICE;
  }

  private void count() {
    char[] typed = row.text().toCharArray();
    String faces = kind() == Thrown.COINS ? "1 for heads, 0 for tails" : "1 to 6";
    row.hint(faces + ". " + ThrownEntropy.count(typed) + " of " + kind().least() + " throws.");
    Arrays.fill(typed, '\0');
  }

  private void make() {
    Network wallet = network.chosen();
    if (wallet == null) {
      return;
    }
    try {
      if (split()) {
        ShareSet.refuseNumbers(number(threshold), number(sheets));
      }
    } catch (RefusedException e) {
      desk.outbox().refused(e.refusal());
      threshold.refuse(e.refusal());
      return;
    }
    char[] typed = row.text().toCharArray();
    BackupSeed seed;
    try {
      Entropy mixed = ThrownEntropy.mixed(typed, kind(), desk.entropy());
      seed = BackupSeed.fresh(mixed);
    } catch (RefusedException e) {
      desk.outbox().refused(e.refusal());
      row.refuse(e.refusal());
      return;
    } finally {
      Arrays.fill(typed, '\0');
    }
    row.set("");
    ShareSet shares =
        split() ? seed.split(number(threshold), number(sheets), desk.entropy()) : null;
    new MadeKeyStep(desk, seed, shares, wallet, back).show();
  }

  private void leave() {
    row.set("");
    back.run();
  }
}
