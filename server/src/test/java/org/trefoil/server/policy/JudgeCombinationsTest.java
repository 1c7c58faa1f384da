package org.trefoil.server.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.trefoil.core.Refusal;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.Rules;

/** Every combination of rules that one send breaks: each speaks for itself, whatever others say. */
class JudgeCombinationsTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final Rules.Person ANN = new Rules.Person("a", "Ann");
  private static final long DAY = 86_400;

  /** What speaks against the send, in the order in which it is told. */
  private enum Reason {
    STOP("wallet-frozen", null),
    PER_DAY("limit-daily", null),
    SERVER("limit-server", null),
    PER_SEND("limit-per-send", null),
    AMOUNT("limit-window", null),
    MEMBER("limit-member", null),
    COUNT("limit-sends", null),
    BLOCKED("address-blocked", null),
    BOOK("not-in-book", null),
    HOURS("outside-hours", null),
    FEE("fee-share", null),
    NETWORK("network-not-allowed", null),
    HOLD("hold-amount", 24),
    NEW_KEYS("hold-new-keys", 47),
    NEW_DEVICE("hold-new-device", 4),
    FIRST_TIME("hold-first-time", 6),
    APPROVALS("needs-approval", 72);

    private final String token;
    private final @Nullable Integer hours;

    /** One that only has it wait does so for these hours. */
    Reason(String token, @Nullable Integer hours) {
      this.token = token;
      this.hours = hours;
    }

    boolean refuses() {
      return hours == null;
    }

    Instant until() {
      return NOON.plus(Duration.ofHours(Objects.requireNonNull(hours)));
    }
  }

  @Test
  void eachOfAllCombinationsRefusesHoldsOrAsksWithExactlyItsOwnReasons() {
    Reason[] all = Reason.values();
    for (int bits = 0; bits < 1 << all.length; bits++) {
      EnumSet<Reason> some = EnumSet.noneOf(Reason.class);
      for (Reason reason : all) {
        if ((bits >> reason.ordinal() & 1) == 1) {
          some.add(reason);
        }
      }
      check(some, verdict(some));
    }
  }

  private static void check(Set<Reason> some, Verdict verdict) {
    List<Reason> told = new ArrayList<>(some);
    if (rules(some).equals(Rules.NONE)) {
      told.remove(Reason.NEW_KEYS); // the keys' delay is one of their rules
    }
    assertThat(verdict.reasons().stream().map(Refusal::token).toList())
        .as("%s", some)
        .isEqualTo(told.stream().map(reason -> reason.token).toList());
    if (told.stream().anyMatch(Reason::refuses)) {
      assertThat(verdict).isInstanceOf(Verdict.Refused.class);
    } else if (told.contains(Reason.APPROVALS)) {
      assertThat(verdict)
          .isEqualTo(new Verdict.NeedsApproval(Reason.APPROVALS.until(), verdict.reasons()));
    } else if (told.isEmpty()) {
      assertThat(verdict).isEqualTo(new Verdict.Allowed());
    } else {
      Instant latest =
          told.stream().map(Reason::until).max(Comparator.naturalOrder()).orElseThrow();
      assertThat(verdict).isEqualTo(new Verdict.Held(latest, verdict.reasons()));
    }
  }

  private static Verdict verdict(Set<Reason> some) {
    Sats cost = new Sats(1_000);
    Spending spend =
        new Spending(List.of("eve"), new Sats(900), new Sats(100), cost, cost, false, false);
    Ceilings ceilings = new Ceilings(some.contains(Reason.PER_DAY) ? new Sats(999) : null, null);
    Sats together = some.contains(Reason.SERVER) ? new Sats(999) : null;
    Snapshot at =
        new Snapshot(
            NOON,
            NOON,
            Sats.ZERO,
            List.of(new Snapshot.Past(NOON.minusSeconds(60), 500, true, "a")),
            Set.of(),
            null,
            "192.0.2.7",
            some.contains(Reason.NEW_KEYS) ? NOON.minus(Duration.ofHours(1)) : null,
            new Snapshot.Votes(Set.of("b"), Set.of()),
            "a",
            NOON.minus(Duration.ofHours(20)));
    PolicySet set = new PolicySet(rules(some), ceilings, some.contains(Reason.STOP), together);
    return Judge.decide(spend, set, at);
  }

  private static Rules rules(Set<Reason> some) {
    List<Rules.Window> amounts = new ArrayList<>();
    if (some.contains(Reason.AMOUNT)) {
      amounts.add(new Rules.Window(DAY, 1_499));
    }
    if (some.contains(Reason.MEMBER)) {
      amounts.add(new Rules.Window(DAY, 1_498, ANN));
    }
    Rules.Approvals approvals =
        new Rules.Approvals(999, 1, 72, List.of(new Rules.Person("b", "Ben")));
    return new Rules(
        some.contains(Reason.PER_SEND) ? (Long) 999L : null,
        amounts,
        some.contains(Reason.COUNT) ? List.of(new Rules.Window(DAY, 1)) : List.of(),
        some.contains(Reason.BOOK),
        List.of(),
        some.contains(Reason.BLOCKED) ? List.of("eve") : List.of(),
        some.contains(Reason.HOLD) ? new Rules.Hold(999, 24) : null,
        some.contains(Reason.FIRST_TIME) ? 6 : 0,
        some.contains(Reason.HOURS) ? new Rules.Hours(0, 60, "UTC") : null,
        some.contains(Reason.FEE) ? 11 : 0,
        some.contains(Reason.NETWORK) ? List.of("10.0.0.0/8") : List.of(),
        48,
        some.contains(Reason.APPROVALS) ? approvals : null,
        some.contains(Reason.NEW_DEVICE) ? 24 : 0);
  }

  @Test
  void noTwoReasonsHaveOneToken() {
    assertThat(Arrays.stream(Reason.values()).map(reason -> reason.token)).doesNotHaveDuplicates();
  }
}
