package org.trefoil.vault.screen;

import org.trefoil.core.RefusedException;
import org.trefoil.custody.slip39.ShareSet;
import org.trefoil.vault.view.Field;
import org.trefoil.vault.view.Piece;

/** Over how many sheets the backup key is split, and how many of them make it again. */
final class SplitFields {
  private final Field needed = new Field("split-needed", "How many sheets make it again");
  private final Field count = new Field("split-count", "How many sheets there are");

  SplitFields() {
    needed.set("2");
    count.set("3");
    needed.input().attribute("inputmode", "numeric");
    count.input().attribute("inputmode", "numeric");
    needed.hint(
        "2 of 3 is a good choice: one sheet may burn, one may be stolen. 3 of 5 takes more places"
            + " and more care. Whoever finds fewer sheets than that learns nothing.");
  }

  Piece box() {
    return Piece.of("div").add(count.box(), needed.box());
  }

  int needed() {
    return number(needed);
  }

  int count() {
    return number(count);
  }

  /** Whether the key can be split so; says why not. */
  boolean fit(Desk desk) {
    try {
      ShareSet.refuseNumbers(needed(), count());
      return true;
    } catch (RefusedException e) {
      desk.outbox().refused(e.refusal());
      needed.refuse(e.refusal());
      return false;
    }
  }

  /** What was typed, or 0 for anything that is no number of one or two digits. */
  private static int number(Field field) {
    String text = field.text();
    int value = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9' || i == 2) {
        return 0;
      }
      value = 10 * value + c - '0';
    }
    return value;
  }
}
