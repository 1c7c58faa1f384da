package org.trefoil.vault.recovery;

import java.util.List;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.address.Address;
import org.trefoil.core.proposal.CheckedSpend;
import org.trefoil.core.proposal.Intent;
import org.trefoil.core.units.Network;
import org.trefoil.custody.recover.FoundCoins;
import org.trefoil.custody.recover.Spending;
import org.trefoil.vault.screen.Desk;
import org.trefoil.vault.screen.RecipientRow;
import org.trefoil.vault.screen.Review;
import org.trefoil.vault.send.Amounts;
import org.trefoil.vault.send.FieldRefused;
import org.trefoil.vault.send.Wish;
import org.trefoil.vault.view.Field;
import org.trefoil.vault.view.Piece;

/** Where the coins go, at what fee. */
final class PaymentStep {
  private final Desk desk;
  private final Wallet wallet;
  private final FoundCoins coins;
  private final Runnable back;
  private final RecipientRow row;
  private final Field rate = new Field("send-fee-rate", "Fee rate in sat/vB");
  private final Piece all =
      Piece.of("input")
          .attribute("type", "checkbox")
          .attribute("id", "send-everything")
          .testId("send-everything");
  private final Piece error = Piece.of("div");
  private int rounds = 1;

  PaymentStep(Desk desk, Wallet wallet, FoundCoins coins, Runnable back) {
    this.desk = desk;
    this.wallet = wallet;
    this.coins = coins;
    this.back = back;
    row = new RecipientRow(network(), 1, () -> error.hold(), null);
    all.element().setChecked(true);
    all.on("change", desk.safely(this::everythingChanged));
    rate.input().attribute("inputmode", "decimal");
    rate.hint(
        "What the network asks at the moment: any block explorer tells. Too low waits; it can be"
            + " raised later.");
    rate.onEnter(desk.safely(this::submit));
    everythingChanged();
  }

  void show() {
    desk.show(
        Desk.heading("Where do they go?"),
        Piece.of("p", "soft")
            .add(
                Piece.of("span").text("Found: "),
                Piece.of("span", "amount").text(Amounts.btc(coins.total()))),
        error,
        row.box(),
        Piece.of("div", "field")
            .add(
                Piece.of("label", "check")
                    .attribute("for", "send-everything")
                    .add(all, Piece.of("span").text("Send everything, less the fee"))),
        rate.box(),
        Piece.of("div", "actions")
            .add(
                Piece.button("Review", "review", desk.safely(this::submit)),
                Piece.button("Back", "payment-back", desk.safely(back)).looks("quiet")));
    row.to().input().focus();
  }

  private void everythingChanged() {
    row.everything(everything(), "");
    row.amount().show(!everything());
  }

  private boolean everything() {
    return all.element().isChecked();
  }

  private Network network() {
    return wallet.cosigners().network();
  }

  private void submit() {
    error.hold();
    String typed = rate.text();
    Wish wish = new Wish(List.of(row.line()), new Wish.Fee(0, typed.isEmpty() ? "?" : typed), "");
    CheckedSpend spend;
    try {
      spend = spend(wish.intent(network()));
    } catch (FieldRefused e) {
      refuse(e);
      return;
    } catch (RefusedException e) {
      refuse(FieldRefused.of(e.refusal()));
      return;
    }
    int receive = coins.highest(0) + 1;
    int change = coins.highest(1) + 1;
    Piece drawn = Piece.of("div");
    if (rounds > 1) {
      drawn.add(
          Piece.says(
                  "warn",
                  "All of it takes "
                      + rounds
                      + " transactions, and this is the first, of the most valuable coins. Once it"
                      + " is in a block, ask for the coins again and send what is left.")
              .testId("rounds"));
    }
    drawn.add(Review.drawAlone(spend, receive, change));
    new KeysStep(desk, wallet, spend, drawn, List.of(), this::show).show();
  }

  private CheckedSpend spend(Intent intent) {
    rounds = 1;
    if (intent.everything()) {
      Address to = intent.recipients().get(0).address();
      rounds = Spending.rounds(coins, to, intent.feeRate());
      return Spending.everything(coins, to, intent.feeRate());
    }
    return Spending.pay(coins, intent.recipients(), intent.feeRate());
  }

  private void refuse(FieldRefused e) {
    Refusal why = e.refusal();
    desk.outbox().refused(why);
    switch (e.place()) {
      case TO -> row.to().refuse(why);
      case AMOUNT -> {
        if (everything()) {
          error.hold(Desk.alert(why));
        } else {
          row.amount().refuse(why);
        }
      }
      case FEE -> rate.refuse(why);
      case NOTE, FORM -> error.hold(Desk.alert(why));
    }
  }
}
