package org.trefoil.vault.screen;

import org.jspecify.annotations.Nullable;
import org.trefoil.core.RefusedException;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;
import org.trefoil.core.uri.PaymentUri;
import org.trefoil.vault.browser.Globals;
import org.trefoil.vault.send.Line;
import org.trefoil.vault.view.Field;
import org.trefoil.vault.view.Piece;

/** One recipient of the send form: address or payment URI, amount, unit. */
public final class RecipientRow {
  private final Network network;
  private final Field to;
  private final Field amount;
  private final Piece sat;
  private final Piece btc;
  private final Piece units;
  private final Piece box;
  private final Runnable changed;
  private boolean everything;
  private @Nullable String message;

  /**
   * An empty row.
   *
   * @param number from 1; the first row's ids carry none
   * @param changed hears every change
   * @param remove takes the row away; null for the first
   */
  public RecipientRow(Network network, int number, Runnable changed, @Nullable Runnable remove) {
    this.network = network;
    this.changed = changed;
    String suffix = number == 1 ? "" : "-" + number;
    to = new Field("send-to" + suffix, number == 1 ? "To" : "To (recipient " + number + ")");
    to.hint("A Bitcoin address, or a payment link (bitcoin:…)");
    to.input().looks("mono");
    to.onInput(changed);
    to.input().on("change", this::unfoldUri);
    to.input().on("paste", () -> Globals.setTimeout(this::unfoldUri, 0));
    amount = new Field("send-amount" + suffix, "Amount");
    amount.input().attribute("inputmode", "decimal");
    amount.onInput(changed);
    btc = unit("send-unit" + suffix, "BTC", true);
    sat = unit("send-unit" + suffix, "sat", false);
    units =
        Piece.of("div", "units")
            .testId("send-unit" + suffix)
            .attribute("role", "radiogroup")
            .attribute("aria-label", "Unit of the amount")
            .add(
                labelled(btc, "send-unit-btc" + suffix, "BTC"),
                labelled(sat, "send-unit-sat" + suffix, "sat"));
    amount.with(units);
    box = Piece.of("div", number == 1 ? "" : "card").add(to.box(), amount.box());
    if (remove != null) {
      box.add(
          Piece.button("Remove this recipient", "remove-recipient" + suffix, remove)
              .looks("quiet small"));
    }
  }

  private Piece unit(String name, String value, boolean checked) {
    Piece radio =
        Piece.of("input")
            .attribute("type", "radio")
            .attribute("name", name)
            .attribute("value", value)
            .attribute("aria-label", value)
            .on("change", changed);
    radio.element().setChecked(checked);
    return radio;
  }

  private static Piece labelled(Piece radio, String testId, String text) {
    return Piece.of("label")
        .testId(testId)
        .add(radio, Piece.of("span").attribute("aria-hidden", "true").text(text));
  }

  public Piece box() {
    return box;
  }

  public Field to() {
    return to;
  }

  public Field amount() {
    return amount;
  }

  /** A payment URI, once it is all there, fills in what it says. */
  private void unfoldUri() {
    String typed = to.text();
    if (PaymentUri.looksLikeOne(typed)) {
      try {
        PaymentUri uri = PaymentUri.parse(typed, network);
        to.set(uri.address().text());
        Sats wanted = uri.amount();
        if (wanted != null && !everything) {
          btc.element().setChecked(true);
          amount.set(wanted.btc());
          amount.calm();
        }
        message = uri.message() == null ? uri.label() : uri.message();
      } catch (RefusedException e) {
        to.say(e.refusal());
      }
    }
    changed.run();
  }

  /** What the payment URI said it is for; null when it said nothing or there was none. */
  @Nullable String message() {
    return message;
  }

  public void everything(boolean all, String amountText) {
    everything = all;
    amount.input().enable(!all);
    amount.set(all ? amountText : "");
    amount.calm();
    units.show(!all);
  }

  public Line line() {
    return new Line(
        to.text(), everything ? "" : amount.text(), sat.element().isChecked(), everything);
  }

  boolean isEmpty() {
    return to.text().isEmpty() && amount.text().isEmpty();
  }
}
