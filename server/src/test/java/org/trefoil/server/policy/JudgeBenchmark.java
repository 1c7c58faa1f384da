package org.trefoil.server.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.trefoil.core.policy.RulesCheck;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.Rules;
import org.trefoil.server.Figures;

/**
 * How long one verdict takes over many sends of before, under every kind of rule: {@code
 * e2e/bench/judge}. Argument: sends of before.
 */
final class JudgeBenchmark {
  private static final int WARM = 5_000;

  /** A verdict's median, in nanoseconds. */
  private static final long BOUND = 1_000_000;

  private static final int ROUNDS = 5_000;

  private JudgeBenchmark() {}

  public static void main(String... args) {
    int history = args.length > 0 ? Integer.parseInt(args[0]) : 1_000;
    Instant now = Instant.parse("2026-11-21T12:00:00Z");
    List<Snapshot.Past> past = new ArrayList<>();
    for (int i = 0; i < history; i++) {
      past.add(new Snapshot.Past(now.minus(Duration.ofMinutes(40L * i)), 1_000 + i, true, "a"));
    }
    Rules rules = rules();
    Spending spend =
        new Spending(
            List.of("a", "b", "c"),
            new Sats(50_000),
            new Sats(500),
            new Sats(50_500),
            new Sats(50_500),
            false,
            false);
    PolicySet set =
        new PolicySet(
            rules, new Ceilings(new Sats(100_000_000), null), false, new Sats(100_000_000));
    Snapshot at =
        new Snapshot(
            now,
            now,
            Sats.ZERO,
            past,
            Set.of("a"),
            null,
            "192.0.2.7",
            now.minusSeconds(60),
            new Snapshot.Votes(Set.of("p1", "p2", "p3"), Set.of("p1")),
            "a",
            now.minusSeconds(60));
    long[] nanos = new long[ROUNDS];
    int reasons = 0;
    for (int i = -WARM; i < ROUNDS; i++) {
      long start = System.nanoTime();
      reasons += Judge.decide(spend, set, at).reasons().size();
      long took = System.nanoTime() - start;
      if (i >= 0) {
        nanos[i] = took;
      }
    }
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "%d sends of before: p50 %.1f µs, p99 %.1f µs, %d reasons each%n",
        history,
        nanos[ROUNDS / 2] / 1e3,
        nanos[ROUNDS * 99 / 100] / 1e3,
        reasons / (WARM + ROUNDS));
    Figures.note("judge", "microseconds", "median", nanos[ROUNDS / 2] / 1e3);
    Figures.note("judge", "microseconds", "p99", nanos[ROUNDS * 99 / 100] / 1e3);
    if (nanos[ROUNDS / 2] > BOUND) {
      System.err.println("That is more than the bound of 1 ms.");
      System.exit(1);
    }
  }

  private static Rules rules() {
    List<Rules.Window> windows = new ArrayList<>();
    for (int days = 1; days <= 5; days++) {
      windows.add(new Rules.Window(86_400L * days * 6, 90_000_000));
    }
    List<Rules.Window> amounts = new ArrayList<>(windows);
    List<Rules.Person> people = new ArrayList<>();
    for (int i = 0; i < RulesCheck.MOST_MEMBERS; i++) {
      people.add(new Rules.Person(i == 0 ? "a" : "p" + i, "person " + i));
      amounts.add(new Rules.Window(86_400L * 30, 90_000_000, people.get(i)));
    }
    List<Rules.BookEntry> book = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      book.add(new Rules.BookEntry("n" + i, "address" + i));
    }
    List<Rules.Window> counts =
        windows.stream().map(window -> new Rules.Window(window.seconds(), 9_000)).toList();
    return new Rules(
        90_000_000L,
        amounts,
        counts,
        true,
        book,
        List.of("x"),
        new Rules.Hold(10_000, 24),
        6,
        new Rules.Hours(0, 1_440, "Europe/Vienna"),
        50,
        List.of("10.0.0.0/8", "192.0.2.0/24"),
        48,
        new Rules.Approvals(10_000, 2, 72, people),
        24);
  }
}
