package org.trefoil.server.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trefoil.core.Refusal;
import org.trefoil.core.policy.Loosening;
import org.trefoil.core.policy.TestRules;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.Rules;
import org.trefoil.server.policy.Snapshot.Past;

class JudgeTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final String BOB = "bob";
  private static final String EVE = "eve";

  private static Spending pays(long amount, long fee, String... to) {
    Sats cost = new Sats(amount + fee);
    return new Spending(List.of(to), new Sats(amount), new Sats(fee), cost, cost, false, false);
  }

  private static Snapshot at(Instant now, Past... past) {
    return new Snapshot(
        now,
        now,
        Sats.ZERO,
        List.of(past),
        Set.of(),
        null,
        "192.0.2.7",
        null,
        Snapshot.Votes.NONE,
        null,
        null);
  }

  private static Past past(int hoursAgo, long cost) {
    return new Past(NOON.minus(Duration.ofHours(hoursAgo)), cost, true, null);
  }

  private static Verdict decide(Spending spend, TestRules rules, Snapshot at) {
    return Judge.decide(spend, new PolicySet(rules.done(), TestCeilings.NONE, false, null), at);
  }

  private static List<String> tokens(Verdict verdict) {
    return verdict.reasons().stream().map(Refusal::token).toList();
  }

  private static void refused(Verdict verdict, String... tokens) {
    assertThat(verdict).isInstanceOf(Verdict.Refused.class);
    assertThat(tokens(verdict)).containsExactly(tokens);
  }

  private static void allowed(Verdict verdict) {
    assertThat(verdict).isEqualTo(new Verdict.Allowed());
  }

  @Test
  void coinsMoveToNewKeysAfterTheDelayWhereThereAreRules() {
    Snapshot moving =
        new Snapshot(
            NOON,
            NOON,
            Sats.ZERO,
            List.of(),
            Set.of(),
            null,
            null,
            NOON.minusSeconds(3_600),
            Snapshot.Votes.NONE,
            null,
            null);
    Verdict held = decide(pays(1_000, 10), TestRules.none().perSend(9_000L), moving);
    assertThat(tokens(held)).containsExactly("hold-new-keys");
    assertThat(held)
        .isInstanceOfSatisfying(
            Verdict.Held.class,
            one -> assertThat(one.until()).isEqualTo(NOON.plus(Duration.ofHours(47))));
    allowed(decide(pays(1_000, 10), TestRules.none(), moving));
    Instant later = NOON.plus(Duration.ofHours(47));
    Snapshot waited =
        new Snapshot(
            later,
            later,
            Sats.ZERO,
            List.of(),
            Set.of(),
            NOON,
            null,
            moving.newKeysAt(),
            Snapshot.Votes.NONE,
            null,
            null);
    allowed(decide(pays(1_000, 10), TestRules.none().perSend(9_000L), waited));
  }

  @Test
  void withoutRulesEverythingIsAllowed() {
    allowed(decide(pays(Sats.MAX - 1, 1, EVE), TestRules.none(), at(NOON)));
  }

  @Test
  void aLimitForOneSendCountsItsFee() {
    TestRules rules = TestRules.none().perSend(1_000L);
    allowed(decide(pays(990, 10, BOB), rules, at(NOON)));
    refused(decide(pays(990, 11, BOB), rules, at(NOON)), "limit-per-send");
  }

  @Test
  void theOperatorsDailyLimitIsReachedToTheLastSatoshi() {
    Ceilings daily = new Ceilings(new Sats(1_000), null);
    PolicySet set = new PolicySet(Rules.NONE, daily, false, null);
    allowed(Judge.decide(pays(990, 10, BOB), set, at(NOON)));
    refused(Judge.decide(pays(991, 10, BOB), set, at(NOON)), "limit-daily");
  }

  @Test
  void whatAllWalletsTogetherMaySendIsHeldBesideEveryRule() {
    PolicySet left = new PolicySet(Rules.NONE, TestCeilings.NONE, false, new Sats(1_000));
    allowed(Judge.decide(pays(990, 10, BOB), left, at(NOON)));
    refused(Judge.decide(pays(991, 10, BOB), left, at(NOON)), "limit-server");
    Sats cost = new Sats(5_000);
    Spending bump = new Spending(List.of(BOB), cost, new Sats(9), cost, new Sats(4), true, false);
    allowed(Judge.decide(bump, left, at(NOON)));
  }

  @Test
  void aRollingLimitSlidesAndSaysWhatIsLeft() {
    TestRules rules = TestRules.none().amount(48, 1_000);
    Snapshot before = at(NOON, past(47, 600), past(48, 500));
    allowed(decide(pays(390, 10, BOB), rules, before));
    Verdict no = decide(pays(391, 10, BOB), rules, before);
    refused(no, "limit-window");
    assertThat(no.reasons().get(0).data())
        .containsEntry("left", "0.00000400 BTC")
        .containsEntry("window", "2 days");
  }

  @Test
  void sendsAreCountedAndVersionsOfOneAreOne() {
    TestRules rules = TestRules.none().count(24, 2);
    Past version = new Past(NOON, 5, false, null);
    allowed(decide(pays(1, 1, BOB), rules, at(NOON, past(1, 1), version, past(24, 1))));
    refused(decide(pays(1, 1, BOB), rules, at(NOON, past(1, 1), past(23, 1))), "limit-sends");
    Spending bump =
        new Spending(List.of(BOB), new Sats(1), new Sats(2), new Sats(3), new Sats(1), true, false);
    allowed(decide(bump, rules, at(NOON, past(1, 1), past(23, 1))));
  }

  @Test
  void onlyTheBookAndNeverWhoIsBlocked() {
    refused(decide(pays(1, 1, BOB, EVE), TestRules.none().bookOnly(BOB), at(NOON)), "not-in-book");
    allowed(decide(pays(1, 1, BOB), TestRules.none().bookOnly(BOB), at(NOON)));
    refused(decide(pays(1, 1, EVE), TestRules.none().blocked(EVE), at(NOON)), "address-blocked");
    refused(
        decide(pays(1, 1, EVE), TestRules.none().bookOnly(BOB).blocked(EVE), at(NOON)),
        "address-blocked",
        "not-in-book");
    allowed(decide(pays(1, 1), TestRules.none().bookOnly(BOB), at(NOON)));
  }

  @ParameterizedTest
  @CsvSource({
    "480, 1080, UTC, 12:00, true",
    "480, 720, UTC, 12:00, false",
    "720, 721, UTC, 12:00, true",
    "750, 751, UTC, 12:30, true",
    "750, 751, UTC, 12:29, false",
    "1320, 360, UTC, 21:59, false",
    "1320, 360, UTC, 22:00, true",
    "1320, 360, UTC, 23:00, true",
    "1320, 360, UTC, 05:59, true",
    "1320, 360, UTC, 06:00, false",
    "780, 781, Europe/Vienna, 12:00, true",
    "720, 721, Europe/Vienna, 12:00, false",
    "0, 1440, Nowhere/AtAll, 12:00, false"
  })
  void hoursAreThoseOfTheWalletsTimeZone(int from, int to, String zone, String time, boolean open) {
    Instant now = Instant.parse("2026-11-21T" + time + ":00Z");
    Verdict verdict = decide(pays(1, 1, BOB), TestRules.none().open(from, to, zone), at(now));
    assertThat(tokens(verdict)).isEqualTo(open ? List.of() : List.of("outside-hours"));
  }

  @ParameterizedTest
  @CsvSource({
    "5, 1000, 50, true",
    "5, 1000, 51, false",
    "5, 1019, 50, true",
    "5, 999, 50, false",
    "1, 99, 1, false",
    "1, 100, 1, true",
    "100, 1, 1, true",
    "100, 1, 2, false",
    "100, 1, 0, true",
    "0, 1, 1000, true",
    "1, 2099999999999999, 20999999999999, true",
    "1, 2099999999899999, 20999999999000, false"
  })
  void theFeeIsMeasuredAgainstWhatIsPaid(int percent, long paid, long fee, boolean fits) {
    Sats cost = new Sats(1_000);
    Spending spend =
        new Spending(List.of(BOB), new Sats(paid), new Sats(fee), cost, cost, false, false);
    Verdict verdict = decide(spend, TestRules.none().feePercent(percent), at(NOON));
    assertThat(tokens(verdict)).isEqualTo(fits ? List.of() : List.of("fee-share"));
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.0/24, true",
    "192.0.2.7, true",
    "192.0.3.0/24, false",
    "0.0.0.0/0, true",
    "2001:db8::/32, false"
  })
  void networksAreThoseThatAreNamed(String range, boolean allowed) {
    Verdict verdict = decide(pays(1, 1, BOB), TestRules.none().networks(range), at(NOON));
    assertThat(tokens(verdict)).isEqualTo(allowed ? List.of() : List.of("network-not-allowed"));
  }

  @Test
  void anUnknownNetworkIsNoneThatIsAllowed() {
    Snapshot unknown =
        new Snapshot(
            NOON,
            NOON,
            Sats.ZERO,
            List.of(),
            Set.of(),
            null,
            null,
            null,
            Snapshot.Votes.NONE,
            null,
            null);
    TestRules rules = TestRules.none().networks("0.0.0.0/0");
    refused(decide(pays(1, 1, BOB), rules, unknown), "network-not-allowed");
  }

  @Test
  void aSendAboveTheAmountIsHeldUntilItsHoursAreOver() {
    TestRules rules = TestRules.none().hold(1_000, 24);
    allowed(decide(pays(990, 10, BOB), rules, at(NOON)));
    Instant until = NOON.plus(Duration.ofHours(24));
    Verdict held = decide(pays(991, 10, BOB), rules, at(NOON));
    assertThat(held).isEqualTo(new Verdict.Held(until, held.reasons()));
    assertThat(tokens(held)).containsExactly("hold-amount");
    assertThat(later(rules, until.minusSeconds(1))).isInstanceOf(Verdict.Held.class);
    allowed(later(rules, until));
  }

  private static Snapshot polled(Instant now, Set<String> asked, String... yes) {
    return new Snapshot(
        now,
        now,
        Sats.ZERO,
        List.of(),
        Set.of(),
        NOON,
        null,
        null,
        new Snapshot.Votes(asked, Set.of(yes)),
        null,
        null);
  }

  @Test
  void aSendFromANewBrowserWaitsUntilThatWasKnownLongEnough() {
    TestRules rules = TestRules.none().newDevice(24);
    Instant since = NOON.minus(Duration.ofHours(20));
    Verdict held = decide(pays(1_000, 10, BOB), rules, knownSince(NOON, since, null));
    assertThat(tokens(held)).containsExactly("hold-new-device");
    assertThat(held)
        .isInstanceOfSatisfying(
            Verdict.Held.class,
            one -> assertThat(one.until()).isEqualTo(NOON.plus(Duration.ofHours(4))));
    Instant later = NOON.plus(Duration.ofHours(4));
    allowed(decide(pays(1_000, 10, BOB), rules, knownSince(later, since, NOON)));
    allowed(decide(pays(1_000, 10, BOB), rules, knownSince(later, since, null)));
    allowed(decide(pays(1_000, 10, BOB), TestRules.none(), knownSince(NOON, NOON, null)));
  }

  private static Snapshot knownSince(Instant now, Instant since, @Nullable Instant held) {
    return new Snapshot(
        now,
        now,
        Sats.ZERO,
        List.of(),
        Set.of(),
        held,
        "192.0.2.7",
        null,
        Snapshot.Votes.NONE,
        "a",
        since);
  }

  @Test
  void aMembersLimitCountsWhatThatMemberBegins() {
    Rules.Person ann = new Rules.Person("a", "Ann");
    TestRules rules = TestRules.none().amount(24, 5_000).member(24, 1_000, ann);
    Past[] past = {
      new Past(NOON.minusSeconds(60), 900, true, "a"),
      new Past(NOON.minusSeconds(60), 3_000, true, "b"),
      new Past(NOON.minus(Duration.ofHours(25)), 700, true, "a")
    };
    allowed(decide(pays(90, 10, BOB), rules, begun("a", past)));
    refused(decide(pays(91, 10, BOB), rules, begun("a", past)), "limit-member");
    allowed(decide(pays(1_090, 10, BOB), rules, begun("b", past)));
    refused(decide(pays(1_091, 10, BOB), rules, begun("b", past)), "limit-window");
    refused(decide(pays(91, 10, BOB), rules, begun(null, past)), "limit-member");
    Past unknown = new Past(NOON.minusSeconds(60), 950, true, null);
    refused(decide(pays(41, 10, BOB), rules, begun("a", unknown)), "limit-member");
  }

  private static Snapshot begun(@Nullable String by, Past... past) {
    return new Snapshot(
        NOON,
        NOON,
        Sats.ZERO,
        List.of(past),
        Set.of(),
        null,
        "192.0.2.7",
        null,
        Snapshot.Votes.NONE,
        by,
        null);
  }

  @Test
  void aSendAboveTheAmountTakesEnoughYesesOfThoseWhoAreAskedInTime() {
    TestRules rules =
        TestRules.none()
            .approvals(
                1_000,
                2,
                new Rules.Person("a", "Ann"),
                new Rules.Person("b", "Ben"),
                new Rules.Person("c", "Cat"));
    Set<String> all = Set.of("a", "b", "c");
    Instant end = NOON.plus(Duration.ofHours(72));
    allowed(decide(pays(990, 10, BOB), rules, polled(NOON, all)));
    Verdict waits = decide(pays(991, 10, BOB), rules, polled(NOON, all, "a"));
    assertThat(waits).isEqualTo(new Verdict.NeedsApproval(end, waits.reasons()));
    assertThat(tokens(waits)).containsExactly("needs-approval");
    assertThat(waits.reasons().get(0).data()).containsEntry("names", "Ann, Ben, Cat");
    allowed(decide(pays(991, 10, BOB), rules, polled(end, all, "a", "c")));
    assertThat(decide(pays(991, 10, BOB), rules, polled(NOON, all, "a", "eve")))
        .isInstanceOf(Verdict.NeedsApproval.class);
    assertThat(decide(pays(991, 10, BOB), rules, polled(NOON, Set.of("a", "b"), "a", "c")))
        .isInstanceOf(Verdict.NeedsApproval.class);
    refused(
        decide(pays(991, 10, BOB), rules, polled(NOON, Set.of("a"), "a", "b")),
        "approvers-too-few");
    assertThat(decide(pays(991, 10, BOB), rules, polled(end.minusSeconds(1), all, "a")))
        .isInstanceOf(Verdict.NeedsApproval.class);
    refused(decide(pays(991, 10, BOB), rules, polled(end, all, "a")), "approval-expired");
    allowed(decide(pays(991, 10), rules, polled(NOON, all)));
    Verdict both = decide(pays(991, 10, BOB), rules.hold(0, 24), polled(NOON, all, "a"));
    assertThat(tokens(both)).containsExactly("hold-amount", "needs-approval");
    Verdict held = decide(pays(991, 10, BOB), rules, polled(NOON, all, "a", "b"));
    assertThat(held).isEqualTo(new Verdict.Held(NOON.plus(Duration.ofHours(24)), held.reasons()));
    PolicySet frozen = new PolicySet(rules.done(), TestCeilings.NONE, true, null);
    Verdict stopped = Judge.decide(pays(991, 10, BOB), frozen, polled(NOON, all, "a"));
    assertThat(((Verdict.Refused) stopped).passes()).isTrue();
  }

  private static Verdict later(TestRules rules, Instant now) {
    Snapshot at =
        new Snapshot(
            now,
            now,
            Sats.ZERO,
            List.of(),
            Set.of(),
            NOON,
            null,
            null,
            Snapshot.Votes.NONE,
            null,
            null);
    return decide(pays(991, 10, BOB), rules, at);
  }

  @Test
  void theFirstSendToAnAddressIsHeldAndTheLongestHoldCounts() {
    TestRules rules = TestRules.none().firstTime(6);
    Snapshot known =
        new Snapshot(
            NOON,
            NOON,
            Sats.ZERO,
            List.of(),
            Set.of(BOB),
            null,
            null,
            null,
            Snapshot.Votes.NONE,
            null,
            null);
    allowed(decide(pays(1, 1, BOB), rules, known));
    Verdict held = decide(pays(1, 1, BOB, EVE), rules.hold(0, 2), known);
    assertThat(tokens(held)).containsExactly("hold-amount", "hold-first-time");
    assertThat(((Verdict.Held) held).until()).isEqualTo(NOON.plus(Duration.ofHours(6)));
  }

  @Test
  void aStopRefusesEverythingAndEveryReasonIsTold() {
    PolicySet frozen =
        new PolicySet(
            TestRules.none().hold(0, 1).done(), new Ceilings(new Sats(5), null), true, null);
    Verdict no = Judge.decide(pays(9, 1, BOB), frozen, at(NOON));
    refused(no, "wallet-frozen", "limit-daily", "hold-amount");
    assertThat(((Verdict.Refused) no).passes()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "stop, wallet-frozen",
    "hours, outside-hours",
    "networks, network-not-allowed",
    "all, wallet-frozen outside-hours network-not-allowed"
  })
  void whatTakesASendBackIsKeptByNoStopNoHoursAndNoNetwork(String what, String reasons) {
    TestRules rules = TestRules.none();
    boolean all = what.equals("all");
    if (all || what.equals("hours")) {
      rules.open(480, 720, "UTC");
    }
    if (all || what.equals("networks")) {
      rules.networks("192.0.3.0/24");
    }
    PolicySet set =
        new PolicySet(rules.done(), TestCeilings.NONE, all || what.equals("stop"), null);
    refused(Judge.decide(instead(false, BOB), set, at(NOON)), reasons.split(" "));
    refused(Judge.decide(instead(false), set, at(NOON)), reasons.split(" "));
    allowed(Judge.decide(instead(true), set, at(NOON)));
  }

  @Test
  void whatTakesASendBackKeepsTheLimitsAndPaysNobody() {
    refused(decide(instead(true), TestRules.none().perSend(4L), at(NOON)), "limit-per-send");
    assertThatThrownBy(() -> instead(true, BOB)).isInstanceOf(IllegalArgumentException.class);
  }

  /** Takes the place of a send that waits. */
  private static Spending instead(boolean takesBack, String... to) {
    Sats fee = new Sats(5);
    return new Spending(List.of(to), new Sats(100), fee, fee, fee, true, takesBack);
  }

  /** Seeded: what the old rules refuse or hold longer and the new ones do not is a loosening. */
  @Test
  void whateverNewRulesAllowThatOldOnesRefuseIsALoosening() {
    Random random = new Random(18);
    int looser = 0;
    for (int i = 0; i < 4_000; i++) {
      Rules old = some(random);
      Rules fresh = random.nextInt(3) == 0 ? old : some(random);
      boolean called = !Loosening.of(old, fresh).isEmpty();
      looser += called ? 1 : 0;
      for (int j = 0; j < 12; j++) {
        Spending spend =
            pays(random.nextInt(40), random.nextInt(5), random.nextBoolean() ? BOB : EVE);
        Snapshot at = someTime(random);
        long before = strictness(old, spend, at);
        long after = strictness(fresh, spend, at);
        assertThat(called || after >= before).as("%s%n%s%n%s%n%s", old, fresh, spend, at).isTrue();
      }
    }
    assertThat(looser).isBetween(1_000, 3_900);
    for (int i = 0; i < 500; i++) {
      Rules rules = some(random);
      assertThat(Loosening.of(rules, rules)).isEmpty();
    }
  }

  private static long strictness(Rules rules, Spending spend, Snapshot at) {
    Verdict verdict = Judge.decide(spend, new PolicySet(rules, TestCeilings.NONE, false, null), at);
    return verdict instanceof Verdict.Refused
        ? Long.MAX_VALUE
        : verdict instanceof Verdict.Held held ? held.until().getEpochSecond() : 0;
  }

  private static Rules some(Random random) {
    TestRules rules = TestRules.none();
    if (random.nextBoolean()) {
      rules.perSend(1L + random.nextInt(40));
    }
    if (random.nextBoolean()) {
      rules.amount(1 + random.nextInt(4), 1 + random.nextInt(60));
    }
    if (random.nextInt(3) == 0) {
      rules.count(1 + random.nextInt(4), 1 + random.nextInt(4));
    }
    if (random.nextInt(3) == 0) {
      rules.hold(random.nextInt(40), 1 + random.nextInt(3));
    }
    if (random.nextInt(3) == 0) {
      rules.open(random.nextInt(1_440), 1 + random.nextInt(1_440), "UTC");
    }
    if (random.nextInt(3) == 0) {
      rules.bookOnly(random.nextBoolean() ? new String[] {BOB} : new String[] {BOB, EVE});
    }
    if (random.nextInt(3) == 0) {
      rules.blocked(random.nextBoolean() ? BOB : EVE);
    }
    if (random.nextInt(3) == 0) {
      rules.firstTime(1 + random.nextInt(3));
    }
    if (random.nextInt(3) == 0) {
      rules.feePercent(1 + random.nextInt(50));
    }
    if (random.nextInt(3) == 0) {
      rules.networks(random.nextBoolean() ? "192.0.2.0/24" : "192.0.0.0/16");
    }
    return rules.done();
  }

  private static Snapshot someTime(Random random) {
    Instant now = NOON.plusSeconds(60L * random.nextInt(1_440));
    List<Past> past = new ArrayList<>();
    for (int i = 0; i < random.nextInt(4); i++) {
      Instant at = now.minusSeconds(random.nextInt(5 * 3_600));
      past.add(new Past(at, random.nextInt(30), true, null));
    }
    @Nullable Instant held =
        random.nextInt(3) == 0 ? now.minusSeconds(random.nextInt(9_000)) : null;
    String address = random.nextBoolean() ? "192.0.2.9" : "192.0.7.9";
    Set<String> paid = random.nextBoolean() ? Set.of() : Set.of(BOB);
    return new Snapshot(
        now, now, Sats.ZERO, past, paid, held, address, null, Snapshot.Votes.NONE, null, null);
  }
}
