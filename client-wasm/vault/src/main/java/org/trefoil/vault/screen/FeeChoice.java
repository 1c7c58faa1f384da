package org.trefoil.vault.screen;

import org.trefoil.core.Refusal;
import org.trefoil.core.units.FeeRate;
import org.trefoil.core.wire.Fees;
import org.trefoil.vault.send.Amounts;
import org.trefoil.vault.send.Wish;
import org.trefoil.vault.view.Field;
import org.trefoil.vault.view.Piece;

/** Slow, normal, fast, or a rate of one's own, with what it would cost. */
final class FeeChoice {
  private final Fees fees;
  private final Runnable changed;
  private final Piece slow;
  private final Piece normal;
  private final Piece fast;
  private final Piece custom;
  private final Field rate = new Field("send-fee-rate", "Fee rate in sat/vB");
  private final Piece estimate =
      Piece.says("hint", "").attribute("role", "status").testId("send-fee-estimate");
  private final Piece box;

  FeeChoice(Fees fees, Runnable changed) {
    this.fees = fees;
    this.changed = changed;
    slow = radio("slow");
    normal = radio("normal");
    fast = radio("fast");
    custom = radio("custom");
    normal.element().setChecked(true);
    rate.input().attribute("inputmode", "decimal");
    rate.onInput(changed);
    rate.show(false);
    box =
        Piece.of("fieldset")
            .add(
                Piece.of("legend").text("Fee, and about how long it takes"),
                Piece.of("div", "radios")
                    .add(
                        option(slow, "slow", "Slow", "a day · " + offer(fees.slow()))
                            .show(fees.slow() < fees.normal()),
                        option(normal, "normal", "Normal", "an hour · " + offer(fees.normal())),
                        option(fast, "fast", "Fast", "20 min · " + offer(fees.fast())),
                        option(custom, "custom", "Own", "your rate")),
                estimate,
                rate.box());
  }

  private Piece radio(String name) {
    return Piece.of("input")
        .attribute("type", "radio")
        .attribute("name", "send-fee")
        .attribute("value", name)
        .on("change", this::chosen);
  }

  private static Piece option(Piece radio, String name, String title, String text) {
    return Piece.of("label")
        .testId("send-fee-" + name)
        .add(
            radio,
            Piece.of("span").add(Piece.of("strong").text(title), Piece.of("small").text(text)));
  }

  private static String offer(long satPerKvB) {
    return Amounts.rate(new FeeRate(Math.max(0, Math.min(satPerKvB, FeeRate.MAX))));
  }

  private void chosen() {
    boolean own = custom.element().isChecked();
    rate.show(own);
    if (own) {
      rate.input().focus();
    }
    rate.calm();
    changed.run();
  }

  Piece box() {
    return box;
  }

  Field rate() {
    return rate;
  }

  /** Says what it would cost now. */
  void estimate(String text) {
    estimate.text(text);
  }

  /** Says a refusal of the rate where the person can mend it: at a rate of one's own. */
  void refuse(Refusal why) {
    custom.element().setChecked(true);
    rate.show(true);
    rate.refuse(why);
  }

  Wish.Fee fee() {
    if (custom.element().isChecked()) {
      String typed = rate.text();
      return new Wish.Fee(0, typed.isEmpty() ? "?" : typed);
    }
    long offered =
        slow.element().isChecked()
            ? fees.slow()
            : fast.element().isChecked() ? fees.fast() : fees.normal();
    return new Wish.Fee(offered, "");
  }
}
