package org.trefoil.core.policy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.wire.Rules;

/** Rules for tests, one changed after the other. */
public final class TestRules {
  private static final int THREE_DAYS = 72;

  private @Nullable Long perSend;
  private final List<Rules.Window> amounts = new ArrayList<>();
  private List<Rules.Window> counts = List.of();
  private boolean bookOnly;
  private final List<Rules.BookEntry> book = new ArrayList<>();
  private List<String> blocked = List.of();
  private Rules.@Nullable Hold hold;
  private int firstTimeHours;
  private Rules.@Nullable Hours hours;
  private int feePercent;
  private List<String> networks = List.of();
  private Rules.@Nullable Approvals approvals;
  private int newDeviceHours;

  public static TestRules none() {
    return new TestRules();
  }

  public Rules done() {
    return new Rules(
        perSend,
        amounts,
        counts,
        bookOnly,
        book,
        blocked,
        hold,
        firstTimeHours,
        hours,
        feePercent,
        networks,
        Rules.NONE.delayHours(),
        approvals,
        newDeviceHours);
  }

  public TestRules perSend(@Nullable Long most) {
    perSend = most;
    return this;
  }

  /** In place of the limits that are there. */
  public TestRules amount(long hours, long most) {
    amounts.clear();
    return amounts(new Rules.Window(hours * 3_600, most));
  }

  /** Beside the limits that are there. */
  public TestRules member(long hours, long most, Rules.Person by) {
    return amounts(new Rules.Window(hours * 3_600, most, by));
  }

  /** Beside the limits that are there. */
  public TestRules amounts(Rules.Window... more) {
    amounts.addAll(List.of(more));
    return this;
  }

  public TestRules count(long hours, long most) {
    counts = List.of(new Rules.Window(hours * 3_600, most));
    return this;
  }

  public TestRules hold(long above, int hours) {
    hold = new Rules.Hold(above, hours);
    return this;
  }

  public TestRules open(int from, int to, String zone) {
    hours = new Rules.Hours(from, to, zone);
    return this;
  }

  public TestRules newDevice(int hours) {
    newDeviceHours = hours;
    return this;
  }

  /** Only these, in place of the entries that are there. */
  public TestRules bookOnly(String... addresses) {
    bookOnly = true;
    book.clear();
    for (String address : addresses) {
      entry("Bob " + book.size(), address);
    }
    return this;
  }

  /** Beside the entries that are there, which stay no condition. */
  public TestRules entry(String name, String address) {
    book.add(new Rules.BookEntry(name, address));
    return this;
  }

  public TestRules blocked(String... addresses) {
    blocked = List.of(addresses);
    return this;
  }

  public TestRules firstTime(int hours) {
    firstTimeHours = hours;
    return this;
  }

  public TestRules feePercent(int percent) {
    feePercent = percent;
    return this;
  }

  public TestRules networks(String... ranges) {
    networks = List.of(ranges);
    return this;
  }

  /** The yes of so many of these accounts within three days, each under its name. */
  public TestRules approvals(long above, int needed, Rules.Person... by) {
    return approvals(new Rules.Approvals(above, needed, THREE_DAYS, List.of(by)));
  }

  public TestRules approvals(Rules.Approvals rule) {
    approvals = rule;
    return this;
  }
}
