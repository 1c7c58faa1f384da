package org.trefoil.server.policy;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.policy.IpRange;
import org.trefoil.core.policy.RuleWords;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.Rules;

/**
 * Holds a spend against a wallet's rules and the server's ceilings. Knows no clock and no I/O.
 *
 * <p>What takes a send back pays nobody: a stop, hours and networks are no reason against it, for
 * they would keep an owner from undoing what somebody else sent.
 */
public final class Judge {
  private final Spending spend;
  private final PolicySet set;
  private final Rules rules;
  private final Snapshot at;
  private final List<Refusal> no = new ArrayList<>();
  private final List<Refusal> holds = new ArrayList<>();
  private Instant until;
  private @Nullable Instant unheard;

  private Judge(Spending spend, PolicySet set, Snapshot at) {
    this.spend = spend;
    this.set = set;
    this.rules = set.rules();
    this.at = at;
    this.until = at.careful();
  }

  /** The verdict with all its reasons; those that refuse come before those that only hold. */
  public static Verdict decide(Spending spend, PolicySet set, Snapshot at) {
    return new Judge(spend, set, at).verdict();
  }

  private Verdict verdict() {
    if (set.frozen() && !spend.takesBack()) {
      no.add(Refusal.of(Token.WALLET_FROZEN));
    }
    amounts();
    counts();
    recipients();
    circumstances();
    if (!spend.again()) {
      holds();
      approvals();
    }
    if (!no.isEmpty()) {
      no.addAll(holds);
      return new Verdict.Refused(no);
    }
    Instant end = unheard;
    if (end != null) {
      return new Verdict.NeedsApproval(end, holds);
    }
    return holds.isEmpty() ? new Verdict.Allowed() : new Verdict.Held(until, holds);
  }

  private void amounts() {
    Sats daily = set.ceilings().perDay();
    if (daily != null && at.lastDay().value() + spend.leaves().value() > daily.value()) {
      no.add(
          Refusal.of(
              Token.LIMIT_DAILY,
              "limit",
              daily.display(),
              "left",
              left(daily.value(), at.lastDay().value())));
    }
    Sats together = set.together();
    if (together != null && spend.leaves().compareTo(together) > 0) {
      no.add(Refusal.of(Token.LIMIT_SERVER));
    }
    Long most = rules.perSend();
    if (most != null && spend.cost().value() > most) {
      no.add(Refusal.of(Token.LIMIT_PER_SEND, "limit", new Sats(most).display()));
    }
    for (Rules.Window window : rules.amounts()) {
      Rules.Person by = window.by();
      if (by == null || counts(by, at.by())) {
        amount(window, by);
      }
    }
  }

  private void amount(Rules.Window window, Rules.@Nullable Person by) {
    long spent = 0;
    for (Snapshot.Past past : at.past()) {
      boolean counts = within(past, window) && (by == null || counts(by, past.by()));
      spent += counts ? past.cost() : 0;
    }
    if (spent + spend.leaves().value() > window.most()) {
      no.add(
          Refusal.of(
              by == null ? Token.LIMIT_WINDOW : Token.LIMIT_MEMBER,
              "name",
              by == null ? "" : by.name(),
              "limit",
              new Sats(window.most()).display(),
              "window",
              RuleWords.time(window.seconds()),
              "left",
              left(window.most(), spent)));
    }
  }

  /** Whether a send counts to what a member began; one of nobody that is known does. */
  private static boolean counts(Rules.Person member, @Nullable String begunBy) {
    return begunBy == null || begunBy.equals(member.id());
  }

  private void counts() {
    if (spend.again()) {
      return;
    }
    for (Rules.Window window : rules.counts()) {
      long sends = 0;
      for (Snapshot.Past past : at.past()) {
        sends += past.first() && within(past, window) ? 1 : 0;
      }
      if (sends >= window.most()) {
        no.add(
            Refusal.of(
                Token.LIMIT_SENDS,
                "most",
                Long.toString(window.most()),
                "window",
                RuleWords.time(window.seconds())));
      }
    }
  }

  private boolean within(Snapshot.Past past, Rules.Window window) {
    return past.at().isAfter(at.careful().minusSeconds(window.seconds()));
  }

  private void recipients() {
    for (String address : spend.outward()) {
      if (OneKey.among(rules.blocked(), address)) {
        no.add(Refusal.of(Token.ADDRESS_BLOCKED, "address", address));
      }
      boolean known = rules.book().stream().anyMatch(entry -> entry.address().equals(address));
      if (rules.bookOnly() && !known) {
        no.add(Refusal.of(Token.NOT_IN_BOOK, "address", address));
      }
    }
  }

  private void circumstances() {
    Rules.Hours hours = rules.hours();
    if (hours != null && !spend.takesBack() && !open(hours)) {
      no.add(
          Refusal.of(
              Token.OUTSIDE_HOURS,
              "from",
              RuleWords.clock(hours.from()),
              "to",
              RuleWords.clock(hours.to()),
              "zone",
              hours.zone()));
    }
    long percent = rules.feePercent();
    if (percent > 0 && spend.fee().value() * 100 > percent * spend.paid().value()) {
      no.add(Refusal.of(Token.FEE_SHARE, "percent", Long.toString(percent)));
    }
    // Whoever asked for a send that waits was asked from where then.
    boolean asked = at.heldSince() == null && !spend.takesBack();
    if (asked && !rules.networks().isEmpty() && !allowed(at.address())) {
      no.add(Refusal.of(Token.NETWORK_NOT_ALLOWED));
    }
  }

  private boolean allowed(@Nullable String address) {
    return address != null
        && rules.networks().stream().anyMatch(range -> IpRange.parse(range).has(address));
  }

  /** Whether it is one of the hours now; never in a time zone that nobody knows. */
  private boolean open(Rules.Hours hours) {
    int minute;
    try {
      LocalTime local = at.now().atZone(ZoneId.of(hours.zone())).toLocalTime();
      minute = local.getHour() * 60 + local.getMinute();
    } catch (DateTimeException e) {
      return false;
    }
    return hours.from() < hours.to()
        ? minute >= hours.from() && minute < hours.to()
        : minute >= hours.from() || minute < hours.to();
  }

  private void holds() {
    Rules.Hold hold = rules.hold();
    if (hold != null && spend.cost().value() > hold.above() && waits(hold.hours())) {
      holds.add(
          Refusal.of(
              Token.HOLD_AMOUNT,
              "above",
              new Sats(hold.above()).display(),
              "hours",
              Integer.toString(hold.hours())));
    }
    Instant newKeys = at.newKeysAt();
    int delay = rules.delayHours();
    if (newKeys != null && !rules.equals(Rules.NONE) && waits(newKeys, delay)) {
      holds.add(Refusal.of(Token.HOLD_NEW_KEYS, "hours", Integer.toString(delay)));
    }
    int cool = rules.newDeviceHours();
    Instant known = at.knownSince();
    if (cool > 0 && known != null && waits(known, cool)) {
      holds.add(Refusal.of(Token.HOLD_NEW_DEVICE, "hours", Integer.toString(cool)));
    }
    int first = rules.firstTimeHours();
    for (String address : spend.outward()) {
      if (first > 0 && !at.paidBefore().contains(address) && waits(first)) {
        holds.add(
            Refusal.of(
                Token.HOLD_FIRST_TIME, "address", address, "hours", Integer.toString(first)));
      }
    }
  }

  /** Whatever pays nobody but ourselves takes nobody's yes. */
  private void approvals() {
    Rules.Approvals rule = rules.approvals();
    boolean asks = rule != null && spend.cost().value() > rule.above();
    if (rule == null || !asks || spend.outward().isEmpty()) {
      return;
    }
    Snapshot.Votes votes = at.votes();
    String needed = Integer.toString(rule.needed());
    Instant since = at.heldSince() == null ? at.careful() : at.heldSince();
    Instant end = since.plus(Duration.ofHours(rule.hours()));
    if (votes.count() >= rule.needed()) {
      return;
    }
    if (votes.asked().size() < rule.needed()) {
      no.add(Refusal.of(Token.APPROVERS_TOO_FEW, "needed", needed));
    } else if (!end.isAfter(at.careful())) {
      no.add(Refusal.of(Token.APPROVAL_EXPIRED));
    } else {
      unheard = end;
      holds.add(Refusal.of(Token.NEEDS_APPROVAL, "needed", needed, "names", RuleWords.names(rule)));
    }
  }

  /** Whether so many hours are not over yet; notes the latest end. */
  private boolean waits(int hours) {
    return waits(at.heldSince() == null ? at.careful() : at.heldSince(), hours);
  }

  private boolean waits(Instant since, int hours) {
    Instant end = since.plus(Duration.ofHours(hours));
    if (end.isAfter(until)) {
      until = end;
    }
    return end.isAfter(at.careful());
  }

  private static String left(long most, long spent) {
    return new Sats(Math.max(0, most - spent)).display();
  }
}
