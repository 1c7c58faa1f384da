package org.trefoil.vault.screen;

import java.util.function.Consumer;
import org.trefoil.core.address.Address;
import org.trefoil.core.proposal.Change;
import org.trefoil.core.proposal.CheckedSpend;
import org.trefoil.core.proposal.Recipient;
import org.trefoil.core.units.FeeRate;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.Fees;
import org.trefoil.core.wire.WalletView;
import org.trefoil.vault.send.Amounts;
import org.trefoil.vault.view.Piece;

/** Draws a checked spend, from nothing but what will be signed. */
public final class Review {
  private static final int GAP = 20;
  private static final int MOST_LOOKED_AT = 1000;

  private Review() {}

  static Piece draw(CheckedSpend spend, WalletView wallet, Fees offered, String note) {
    return draw(spend, wallet, offered, note, false, facts -> {});
  }

  /**
   * With {@code comesBack}, all is known to come back to the wallet, so nobody is warned of it.
   *
   * @param besideFee adds what else is to be known of the fee
   */
  static Piece draw(
      CheckedSpend spend,
      WalletView wallet,
      Fees offered,
      String note,
      boolean comesBack,
      Consumer<Piece> besideFee) {
    int receive = Math.min(MOST_LOOKED_AT, wallet.receiveIndex() + GAP);
    int change = Math.min(MOST_LOOKED_AT, wallet.changeIndex() + GAP);
    Piece facts = facts(spend, receive, change, offered, comesBack, besideFee);
    if (!note.isEmpty()) {
      fact(facts, "Note", Piece.of("span").testId("review-note").text(note));
    }
    words(facts, spend, " · the page names this transaction by the same words");
    return facts;
  }

  /**
   * With no page or server around it.
   *
   * @param receive how many receive addresses are looked at for one's own; change in the same way
   */
  public static Piece drawAlone(CheckedSpend spend, int receive, int change) {
    long rate = spend.intent().feeRate().satPerKvB();
    Fees none = new Fees(rate, rate, rate, rate, rate);
    Piece facts =
        facts(
            spend,
            Math.min(MOST_LOOKED_AT, receive + GAP),
            Math.min(MOST_LOOKED_AT, change + GAP),
            none,
            false,
            drawn -> {});
    words(facts, spend, " · this transaction's own words");
    return facts;
  }

  private static Piece facts(
      CheckedSpend spend,
      int receive,
      int change,
      Fees offered,
      boolean comesBack,
      Consumer<Piece> besideFee) {
    Piece facts = Piece.of("dl", "facts");
    for (int i = 0; i < spend.recipients().size(); i++) {
      Recipient recipient = spend.recipients().get(i);
      String suffix = i == 0 ? "" : "-" + (i + 1);
      Address address = recipient.address();
      Piece to = Piece.of("div");
      to.add(Piece.of("p", "address").testId("review-recipient" + suffix).text(address.grouped()));
      if (!comesBack && spend.recipientIsOurs(i, receive, change)) {
        to.add(
            Piece.says("warn", "This is an address of this same wallet: you are paying yourself.")
                .testId("self-send" + suffix));
      }
      fact(facts, comesBack ? "Back to you" : i == 0 ? "To" : "And to", to);
      fact(facts, "Amount", amount("review-amount" + suffix, recipient.amount()));
    }
    Sats paid = spend.intent().total();
    FeeRate rate = spend.intent().feeRate();
    String warning = Amounts.feeWarning(spend.fee(), paid, rate, offered);
    fact(
        facts,
        "Fee",
        amount("review-fee", spend.fee())
            .add(
                Piece.of("small")
                    .text(
                        " · "
                            + Amounts.rate(rate)
                            + " · "
                            + Amounts.share(spend.fee(), paid)
                            + (comesBack ? " of what comes back" : " of what you send")),
                Piece.says("warn", warning).testId("fee-warning").show(!warning.isEmpty())));
    besideFee.accept(facts);
    fact(facts, "In all", amount("review-total", paid.plus(spend.fee())));
    Change back = spend.change();
    if (!comesBack) {
      fact(
          facts,
          "Change",
          back == null
              ? Piece.of("span").testId("review-change").text("None: nothing comes back.")
              : amount("review-change", back.amount())
                  .add(Piece.of("small").text(" · comes back to this wallet")));
    }
    return facts;
  }

  private static void words(Piece facts, CheckedSpend spend, String remark) {
    fact(
        facts,
        "Words",
        Piece.of("span")
            .add(
                Piece.of("span", "words")
                    .testId("digest-words")
                    .text(String.join(" ", spend.digestWords())),
                Piece.of("small").text(remark)));
  }

  static Piece amount(String testId, Sats amount) {
    return Piece.of("span")
        .testId(testId)
        .add(
            Piece.of("span", "amount").text(Amounts.btc(amount)),
            Piece.of("small").text(" · " + Amounts.sat(amount)));
  }

  static void fact(Piece facts, String name, Piece value) {
    facts.add(Piece.of("dt").text(name), Piece.of("dd").add(value));
  }
}
