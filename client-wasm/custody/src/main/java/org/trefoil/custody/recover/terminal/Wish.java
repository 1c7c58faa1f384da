package org.trefoil.custody.recover.terminal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.RefusedException;
import org.trefoil.core.address.Address;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.proposal.CheckedSpend;
import org.trefoil.core.proposal.Recipient;
import org.trefoil.core.units.FeeRate;
import org.trefoil.core.units.Sats;
import org.trefoil.custody.recover.FoundCoins;
import org.trefoil.custody.recover.Spending;

/** Asks whom to pay and what fee; what the check refuses is asked from the start. */
final class Wish {
  private static final String ALL = "all";

  private final Conversation talk;
  private final FoundCoins coins;

  Wish(Conversation talk, FoundCoins coins) {
    this.talk = talk;
    this.coins = coins;
  }

  /** The spend, checked; null when the person stops. */
  @Nullable CheckedSpend spend() {
    while (true) {
      try {
        Address first = address("Send to (address): ");
        if (first == null) {
          return null;
        }
        String amount = amount();
        if (amount == null) {
          return null;
        }
        List<Recipient> recipients = amount.equals(ALL) ? List.of() : recipients(first, amount);
        FeeRate rate = talk.asked("Fee rate in sat/vB: ", FeeRate::ofSatPerVb);
        if (recipients == null || rate == null) {
          return null;
        }
        return amount.equals(ALL) ? everything(first, rate) : Spending.pay(coins, recipients, rate);
      } catch (RefusedException e) {
        talk.say(e);
      }
    }
  }

  private CheckedSpend everything(Address to, FeeRate rate) {
    CheckedSpend spend = Spending.everything(coins, to, rate);
    int rounds = Spending.rounds(coins, to, rate);
    if (rounds > 1) {
      talk.say("All of it takes " + rounds + " transactions, and this is the first, of the most");
      talk.say("valuable coins. Once it is in a block, ask for the coins again and go on.");
    }
    return spend;
  }

  private @Nullable List<Recipient> recipients(Address first, String amount) {
    List<Recipient> recipients = new ArrayList<>();
    recipients.add(new Recipient(first, Sats.parseBtc(amount)));
    while (true) {
      String typed = talk.ask("Another address, or Enter to go on: ");
      if (typed == null) {
        return null;
      }
      if (typed.isEmpty()) {
        return recipients;
      }
      Address next = Address.parse(typed, cosigners().network());
      Sats sum = talk.asked("Amount in BTC: ", Sats::parseBtc);
      if (sum == null) {
        return null;
      }
      recipients.add(new Recipient(next, sum));
    }
  }

  private @Nullable Address address(String question) {
    return talk.asked(question, typed -> Address.parse(typed, cosigners().network()));
  }

  private @Nullable String amount() {
    return talk.asked(
        "Amount in BTC, or all: ", typed -> typed.equals(ALL) ? ALL : Sats.parseBtc(typed).btc());
  }

  private Cosigners cosigners() {
    return coins.cosigners();
  }
}
