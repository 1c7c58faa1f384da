package org.trefoil.core.policy;

import java.util.ArrayList;
import java.util.List;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.Rules;

/** Rules in words: what is read before it is signed, and on the page. */
public final class RuleWords {
  private static final int HOUR = 3_600;

  private RuleWords() {}

  /** One sentence for each rule; never empty. */
  public static List<String> lines(Rules rules) {
    List<String> lines = new ArrayList<>();
    Long perSend = rules.perSend();
    if (perSend != null) {
      lines.add("At most " + btc(perSend) + " in one send, its fee included.");
    }
    for (Rules.Window window : rules.amounts()) {
      Rules.Person by = window.by();
      lines.add(
          "At most "
              + btc(window.most())
              + " in any "
              + time(window.seconds())
              + (by == null ? "." : " in sends that " + by.name() + " begins."));
    }
    for (Rules.Window window : rules.counts()) {
      String sends = window.most() == 1 ? "1 send" : window.most() + " sends";
      lines.add("At most " + sends + " in any " + time(window.seconds()) + ".");
    }
    if (rules.bookOnly()) {
      lines.add("Only addresses of the address book are paid.");
    }
    Rules.Hold hold = rules.hold();
    if (hold != null) {
      lines.add(
          "A send of more than "
              + btc(hold.above())
              + " waits for "
              + hours(hold.hours())
              + ", and can be cancelled meanwhile.");
    }
    if (rules.firstTimeHours() > 0) {
      lines.add("The first send to an address waits for " + hours(rules.firstTimeHours()) + ".");
    }
    if (rules.newDeviceHours() > 0) {
      lines.add(
          "A send that is confirmed in a new browser waits until that was known for "
              + hours(rules.newDeviceHours())
              + ".");
    }
    Rules.Approvals approvals = rules.approvals();
    if (approvals != null) {
      lines.add(
          (approvals.above() == 0 ? "Each send" : "A send of more than " + btc(approvals.above()))
              + " takes the yes of "
              + approvals.needed()
              + " of these within "
              + hours(approvals.hours())
              + ", the one who began it not counted: "
              + names(approvals)
              + ".");
    }
    Rules.Hours open = rules.hours();
    if (open != null) {
      lines.add(
          "Only between "
              + clock(open.from())
              + " and "
              + clock(open.to())
              + ", "
              + open.zone()
              + ".");
    }
    if (rules.feePercent() > 0) {
      lines.add("The fee is at most " + rules.feePercent() + " % of what is paid.");
    }
    if (!rules.networks().isEmpty()) {
      lines.add("Only confirmed from " + String.join(", ", rules.networks()) + ".");
    }
    for (String address : rules.blocked()) {
      lines.add("Never pays " + address + ".");
    }
    for (Rules.BookEntry entry : rules.book()) {
      lines.add("Address book: " + entry.name() + " is " + entry.address() + ".");
    }
    lines.add("What makes these rules looser waits for " + hours(rules.delayHours()) + ".");
    return lines;
  }

  /** Who may say yes: {@code ann@b.c, bob@b.c}. */
  public static String names(Rules.Approvals approvals) {
    StringBuilder names = new StringBuilder();
    for (Rules.Person approver : approvals.by()) {
      names.append(names.length() == 0 ? "" : ", ").append(approver.name());
    }
    return names.toString();
  }

  /** Those of {@code some} that are not among {@code others}. */
  public static List<String> without(List<String> some, List<String> others) {
    List<String> rest = new ArrayList<>(some);
    rest.removeAll(others);
    return rest;
  }

  /** {@code 24 hours}, {@code 7 days}, {@code 90 minutes}: exactly as long as it is. */
  public static String time(long seconds) {
    if (seconds % HOUR != 0) {
      return seconds % 60 == 0 ? seconds / 60 + " minutes" : seconds + " seconds";
    }
    long hours = seconds / HOUR;
    return hours % 24 == 0 && hours > 24 ? hours / 24 + " days" : hours(hours);
  }

  /** {@code 08:30}. */
  public static String clock(int minute) {
    return two(minute / 60) + ":" + two(minute % 60);
  }

  private static String hours(long hours) {
    return hours == 1 ? "1 hour" : hours + " hours";
  }

  private static String two(int number) {
    return (number < 10 ? "0" : "") + number;
  }

  private static String btc(long sats) {
    return new Sats(sats).display();
  }
}
