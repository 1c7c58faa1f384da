package org.trefoil.vault.recovery;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.trefoil.vault.view.Piece;

/** One of a few named things. */
final class Radios {
  private final String name;
  private final String legend;
  private final Runnable changed;
  private final Piece box;
  private final List<Piece> inputs = new ArrayList<>();

  /**
   * Offers nothing yet.
   *
   * @param name unique in the document, also the test id, and with a thing's own name that one's
   */
  Radios(String name, String legend, Runnable changed) {
    this.name = name;
    this.legend = legend;
    this.changed = changed;
    this.box = Piece.of("fieldset").testId(name);
  }

  /** Offers these, none of them chosen. */
  Radios offer(List<String> things) {
    return offer(things, thing -> "");
  }

  /** The same, with what is said of each below its name. */
  Radios offer(List<String> things, UnaryOperator<String> remark) {
    inputs.clear();
    Piece row = Piece.of("div", "radios");
    for (String thing : things) {
      Piece input =
          Piece.of("input")
              .attribute("type", "radio")
              .attribute("name", name)
              .attribute("value", thing)
              .on("change", changed);
      inputs.add(input);
      Piece text =
          Piece.of("span")
              .add(
                  Piece.of("strong").text(thing),
                  Piece.of("small", "soft").text(remark.apply(thing)));
      row.add(Piece.of("label").testId(name + "-" + thing).add(input, text));
    }
    box.hold(Piece.of("legend").text(legend), row);
    return this;
  }

  /** Chooses one of those offered, by its number. */
  Radios choose(int number) {
    inputs.get(number).element().setChecked(true);
    return this;
  }

  Piece box() {
    return box;
  }

  /** Its number among those offered; -1 when none is chosen. */
  int chosen() {
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i).element().isChecked()) {
        return i;
      }
    }
    return -1;
  }
}
