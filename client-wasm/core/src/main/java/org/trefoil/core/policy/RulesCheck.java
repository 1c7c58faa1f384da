package org.trefoil.core.policy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.address.Address;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.Rules;

/** Which rules make sense. */
public final class RulesCheck {
  /** The shortest and the longest time that a limit counts over. */
  public static final long SHORTEST = 3_600;

  public static final long LONGEST = 31 * 86_400L;
  public static final int MOST_WINDOWS = 5;
  public static final int MOST_MEMBERS = 20;
  public static final int MOST_BOOK = 80;
  public static final int MOST_BLOCKED = 40;
  public static final int MOST_NETWORKS = 10;
  public static final int LONGEST_HOLD = 30 * 24;
  public static final int SHORTEST_DELAY = 24;
  public static final int LONGEST_DELAY = 30 * 24;
  public static final int MOST_APPROVERS = 20;
  private static final int LONGEST_ADDRESS = 254;
  private static final int ID = 32;
  private static final int MOST_SENDS = 10_000;
  private static final int LONGEST_NAME = 40;
  private static final int DAY = 24 * 60;

  private RulesCheck() {}

  /** Refuses {@code rules-malformed} {rule}, or what an address of these rules is refused for. */
  public static void check(Rules rules, Network network) {
    Long perSend = rules.perSend();
    refuseUnless(perSend == null || amount(perSend), "per-send");
    windows(rules.amounts(), Sats.MAX, "amounts");
    windows(rules.counts(), MOST_SENDS, "counts");
    refuseUnless(rules.counts().stream().allMatch(window -> window.by() == null), "counts");
    book(rules, network);
    refuseUnless(rules.blocked().size() <= MOST_BLOCKED, "blocked");
    rules.blocked().forEach(address -> address(address, network));
    Rules.Hold hold = rules.hold();
    refuseUnless(
        hold == null || (hold.above() >= 0 && hold.above() <= Sats.MAX && wait(hold.hours())),
        "hold");
    refuseUnless(rules.firstTimeHours() == 0 || wait(rules.firstTimeHours()), "first-time");
    Rules.Hours hours = rules.hours();
    refuseUnless(
        hours == null
            || (hours.from() < DAY
                && hours.to() <= DAY
                && hours.from() != hours.to()
                && zone(hours.zone())),
        "hours");
    refuseUnless(rules.feePercent() <= 100, "fee-share");
    refuseUnless(rules.networks().size() <= MOST_NETWORKS, "networks");
    rules.networks().forEach(IpRange::parse);
    refuseUnless(
        rules.delayHours() >= SHORTEST_DELAY && rules.delayHours() <= LONGEST_DELAY, "delay");
    refuseUnless(rules.newDeviceHours() == 0 || wait(rules.newDeviceHours()), "new-device");
    Rules.Approvals approvals = rules.approvals();
    refuseUnless(approvals == null || approvals(approvals), "approvals");
  }

  /** No fewer people than have to say yes, and nobody twice. */
  private static boolean approvals(Rules.Approvals approvals) {
    Set<String> seen = new HashSet<>();
    boolean fine = true;
    for (Rules.Person approver : approvals.by()) {
      fine &= seen.add(approver.id()) && person(approver);
    }
    int people = approvals.by().size();
    return fine
        && people <= MOST_APPROVERS
        && approvals.needed() > 0
        && approvals.needed() <= people
        && approvals.above() >= 0
        && approvals.above() <= Sats.MAX
        && wait(approvals.hours());
  }

  private static boolean person(Rules.Person person) {
    return person.id().length() == ID && plain(person.name(), LONGEST_ADDRESS);
  }

  private static boolean plain(String name, int most) {
    boolean plain = !name.isEmpty() && name.length() <= most && name.equals(name.trim());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      plain &= c >= ' ' && (c < 0x7f || c > 0x9f);
    }
    return plain;
  }

  private static void windows(List<Rules.Window> windows, long most, String rule) {
    long common = windows.stream().filter(window -> window.by() == null).count();
    refuseUnless(common <= MOST_WINDOWS && windows.size() - common <= MOST_MEMBERS, rule);
    for (Rules.Window window : windows) {
      Rules.Person by = window.by();
      refuseUnless(by == null || person(by), rule);
      boolean time = window.seconds() >= SHORTEST && window.seconds() <= LONGEST;
      refuseUnless(time && window.most() > 0 && window.most() <= most, rule);
    }
  }

  private static void book(Rules rules, Network network) {
    refuseUnless(rules.book().size() <= MOST_BOOK, "book");
    Set<String> seen = new HashSet<>();
    for (Rules.BookEntry entry : rules.book()) {
      refuseUnless(plain(entry.name(), LONGEST_NAME), "book");
      address(entry.address(), network);
      refuseUnless(seen.add(entry.address()), "book");
    }
  }

  /** Refuses an address unless it is one, as it is written everywhere. */
  private static void address(String text, Network network) {
    refuseUnless(Address.parse(text, network).text().equals(text), "address");
  }

  private static boolean zone(String zone) {
    boolean plain = !zone.isEmpty() && zone.length() <= LONGEST_NAME;
    for (int i = 0; i < zone.length(); i++) {
      char c = zone.charAt(i);
      plain &= (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || "/_+-0123456789".indexOf(c) >= 0;
    }
    return plain;
  }

  private static boolean amount(long sats) {
    return sats > 0 && sats <= Sats.MAX;
  }

  private static boolean wait(int hours) {
    return hours > 0 && hours <= LONGEST_HOLD;
  }

  private static void refuseUnless(boolean fine, String rule) {
    if (!fine) {
      throw malformed(rule);
    }
  }

  /** {@code rules-malformed} with the rule that makes no sense. */
  public static RefusedException malformed(String rule) {
    return Refusal.of(Token.RULES_MALFORMED, "rule", rule).exception();
  }
}
