package org.trefoil.server.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.wire.Rules;

/** Rules for tests, one changed after the other. */
public final class TestRules {
  /** A server without limits of its own. */
  public static final Ceilings NO_CEILINGS = new Ceilings(null, null);

  private Rules rules = Rules.NONE;

  public static TestRules none() {
    return new TestRules();
  }

  public Rules done() {
    return rules;
  }

  public TestRules perSend(@Nullable Long most) {
    return with(most, rules.amounts(), rules.counts(), rules.hold(), rules.hours());
  }

  public TestRules amount(long hours, long most) {
    return with(rules.perSend(), windows(hours, most), rules.counts(), rules.hold(), rules.hours());
  }

  /** Beside the limits that are there. */
  public TestRules member(long hours, long most, Rules.Person by) {
    List<Rules.Window> windows = new java.util.ArrayList<>(rules.amounts());
    windows.add(new Rules.Window(hours * 3_600, most, by));
    return with(rules.perSend(), windows, rules.counts(), rules.hold(), rules.hours());
  }

  public TestRules newDevice(int hours) {
    rules =
        new Rules(
            rules.perSend(),
            rules.amounts(),
            rules.counts(),
            rules.bookOnly(),
            rules.book(),
            rules.blocked(),
            rules.hold(),
            rules.firstTimeHours(),
            rules.hours(),
            rules.feePercent(),
            rules.networks(),
            rules.delayHours(),
            rules.approvals(),
            hours);
    return this;
  }

  public TestRules count(long hours, long most) {
    return with(
        rules.perSend(), rules.amounts(), windows(hours, most), rules.hold(), rules.hours());
  }

  private static List<Rules.Window> windows(long hours, long most) {
    return List.of(new Rules.Window(hours * 3_600, most));
  }

  public TestRules hold(long above, int hours) {
    Rules.Hold hold = new Rules.Hold(above, hours);
    return with(rules.perSend(), rules.amounts(), rules.counts(), hold, rules.hours());
  }

  public TestRules open(int from, int to, String zone) {
    Rules.Hours hours = new Rules.Hours(from, to, zone);
    return with(rules.perSend(), rules.amounts(), rules.counts(), rules.hold(), hours);
  }

  private TestRules with(
      @Nullable Long perSend,
      List<Rules.Window> amounts,
      List<Rules.Window> counts,
      Rules.@Nullable Hold hold,
      Rules.@Nullable Hours hours) {
    rules =
        new Rules(
            perSend,
            amounts,
            counts,
            rules.bookOnly(),
            rules.book(),
            rules.blocked(),
            hold,
            rules.firstTimeHours(),
            hours,
            rules.feePercent(),
            rules.networks(),
            rules.delayHours(),
            rules.approvals(),
            rules.newDeviceHours());
    return this;
  }

  public TestRules bookOnly(String... addresses) {
    List<Rules.BookEntry> book = new java.util.ArrayList<>();
    for (String address : addresses) {
      book.add(new Rules.BookEntry("Bob " + book.size(), address));
    }
    return rest(true, book, rules.blocked(), rules.firstTimeHours(), 0, rules.networks());
  }

  /** Beside the entries that are there, which stay no condition. */
  public TestRules entry(String name, String address) {
    List<Rules.BookEntry> book = new java.util.ArrayList<>(rules.book());
    book.add(new Rules.BookEntry(name, address));
    return rest(
        rules.bookOnly(),
        book,
        rules.blocked(),
        rules.firstTimeHours(),
        rules.feePercent(),
        rules.networks());
  }

  public TestRules blocked(String... addresses) {
    return rest(
        rules.bookOnly(),
        rules.book(),
        List.of(addresses),
        rules.firstTimeHours(),
        rules.feePercent(),
        rules.networks());
  }

  public TestRules firstTime(int hours) {
    return rest(
        rules.bookOnly(),
        rules.book(),
        rules.blocked(),
        hours,
        rules.feePercent(),
        rules.networks());
  }

  public TestRules feePercent(int percent) {
    return rest(
        rules.bookOnly(),
        rules.book(),
        rules.blocked(),
        rules.firstTimeHours(),
        percent,
        rules.networks());
  }

  public TestRules networks(String... ranges) {
    return rest(
        rules.bookOnly(),
        rules.book(),
        rules.blocked(),
        rules.firstTimeHours(),
        rules.feePercent(),
        List.of(ranges));
  }

  private TestRules rest(
      boolean bookOnly,
      List<Rules.BookEntry> book,
      List<String> blocked,
      int firstTime,
      int feePercent,
      List<String> networks) {
    rules =
        new Rules(
            rules.perSend(),
            rules.amounts(),
            rules.counts(),
            bookOnly,
            book,
            blocked,
            rules.hold(),
            firstTime,
            rules.hours(),
            feePercent,
            networks,
            rules.delayHours(),
            rules.approvals(),
            rules.newDeviceHours());
    return this;
  }

  /** The yes of so many of these accounts, each under its name. */
  public TestRules approvals(long above, int needed, Rules.Person... by) {
    rules =
        new Rules(
            rules.perSend(),
            rules.amounts(),
            rules.counts(),
            rules.bookOnly(),
            rules.book(),
            rules.blocked(),
            rules.hold(),
            rules.firstTimeHours(),
            rules.hours(),
            rules.feePercent(),
            rules.networks(),
            rules.delayHours(),
            new Rules.Approvals(above, needed, 72, List.of(by)),
            rules.newDeviceHours());
    return this;
  }
}
