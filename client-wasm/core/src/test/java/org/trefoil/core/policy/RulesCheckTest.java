package org.trefoil.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.bitcoinj.base.BitcoinNetwork;
import org.bitcoinj.base.SegwitAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trefoil.core.RefusedException;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.Rules;

/** Which rules make sense: each bound, and the first value behind it. */
class RulesCheckTest {
  private static final String BOB = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";
  private static final String ON_MAINNET = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";
  private static final String ZONE = "UTC";

  private static void fine(TestRules rules) {
    RulesCheck.check(rules.done(), Network.REGTEST);
  }

  private static void malformed(String rule, TestRules rules) {
    assertThatThrownBy(() -> fine(rules))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> {
              assertThat(e.refusal().token()).isEqualTo("rules-malformed");
              assertThat(e.refusal().data()).containsEntry("rule", rule);
            });
  }

  private static TestRules none() {
    return TestRules.none();
  }

  private static Rules.Person person(int number) {
    return new Rules.Person(String.format("%032x", number), "person" + number);
  }

  private static Rules.Window window(long seconds, long most) {
    return new Rules.Window(seconds, most);
  }

  private static Rules.Window[] windows(int common, int members) {
    List<Rules.Window> all = new ArrayList<>(Collections.nCopies(common, window(3_600, 1)));
    for (int i = 0; i < members; i++) {
      all.add(new Rules.Window(3_600, 1, person(i)));
    }
    return all.toArray(Rules.Window[]::new);
  }

  private static Rules.Approvals approvals(long above, int needed, int hours, int people) {
    List<Rules.Person> by =
        Stream.iterate(0, i -> i + 1).limit(people).map(i -> person(i)).toList();
    return new Rules.Approvals(above, needed, hours, by);
  }

  @Test
  void anAmountIsAtLeastOneSatoshiAndNoMoreThanThereAre() {
    fine(none().perSend(null));
    fine(none().perSend(1L));
    fine(none().perSend(Sats.MAX));
    malformed("per-send", none().perSend(0L));
    malformed("per-send", none().perSend(Sats.MAX + 1));
    fine(none().hold(0, 1));
    fine(none().hold(Sats.MAX, 720));
    malformed("hold", none().hold(-1, 1));
    malformed("hold", none().hold(Sats.MAX + 1, 1));
    malformed("hold", none().hold(0, 0));
    malformed("hold", none().hold(0, 721));
  }

  @Test
  void aLimitCountsOverAnHourToThirtyOneDays() {
    fine(none().amounts(window(3_600, 1), window(31 * 86_400L, Sats.MAX)));
    malformed("amounts", none().amounts(window(3_599, 1)));
    malformed("amounts", none().amounts(window(31 * 86_400L + 1, 1)));
    malformed("amounts", none().amounts(window(3_600, 0)));
    malformed("amounts", none().amounts(window(3_600, Sats.MAX + 1)));
    fine(none().count(1, 1));
    fine(none().count(1, 10_000));
    malformed("counts", none().count(1, 0));
    malformed("counts", none().count(1, 10_001));
  }

  @Test
  void thereAreFiveLimitsForAllAndOneForEachOfTwentyMembers() {
    fine(none().amounts(windows(5, 20)));
    malformed("amounts", none().amounts(windows(6, 0)));
    malformed("amounts", none().amounts(windows(0, 21)));
    malformed("amounts", none().member(1, 1, new Rules.Person("short", "Ada")));
    Rules counted = none().count(1, 1).done();
    Rules.Window byOne = new Rules.Window(3_600, 1, person(1));
    Rules bent =
        new Rules(
            null,
            List.of(),
            List.of(byOne),
            false,
            List.of(),
            List.of(),
            null,
            0,
            null,
            0,
            List.of(),
            counted.delayHours(),
            null,
            0);
    assertThatThrownBy(() -> RulesCheck.check(bent, Network.REGTEST))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("rules-malformed");
  }

  @Test
  void anEntryOfTheBookHasAPlainNameAndAnAddressOfThisNetworkOnce() {
    fine(none().entry("x".repeat(40), BOB));
    fine(none().entry("Zoë ~", BOB));
    for (String name :
        List.of("", "x".repeat(41), " Bob", "Bob ", "B\u001fb", "B\u007fb", "B\u009fb")) {
      malformed("book", none().entry(name, BOB));
    }
    fine(none().entry("B\u00a0b", BOB));
    malformed("book", none().entry("Bob", BOB).entry("Rob", BOB));
    malformed("address", none().entry("Bob", BOB.toUpperCase(java.util.Locale.ROOT)));
    for (TestRules elsewhere :
        List.of(
            none().entry("Bob", ON_MAINNET),
            none().blocked(ON_MAINNET),
            none().entry("Bob", "nowhere"))) {
      assertThatThrownBy(() -> fine(elsewhere)).isInstanceOf(RefusedException.class);
    }
    fine(none().blocked(BOB));
    fine(none().blocked(Collections.nCopies(40, BOB).toArray(String[]::new)));
    malformed("blocked", none().blocked(Collections.nCopies(41, BOB).toArray(String[]::new)));
    TestRules full = none();
    for (int i = 0; i < 80; i++) {
      full.entry("Bob", address(i));
    }
    fine(full);
    malformed("book", full.entry("Bob", address(80)));
  }

  private static String address(int number) {
    byte[] hash = new byte[20];
    hash[0] = (byte) number;
    return SegwitAddress.fromHash(BitcoinNetwork.REGTEST, hash).toString();
  }

  private static Rules delayed(int hours) {
    return new Rules(
        null, List.of(), List.of(), false, List.of(), List.of(), null, 0, null, 0, List.of(), hours,
        null, 0);
  }

  @Test
  void theDelayIsADayToThirtyAndAShorterOneIsLooser() {
    RulesCheck.check(delayed(24), Network.REGTEST);
    RulesCheck.check(delayed(720), Network.REGTEST);
    for (int hours : new int[] {23, 721}) {
      assertThatThrownBy(() -> RulesCheck.check(delayed(hours), Network.REGTEST))
          .isInstanceOf(RefusedException.class);
    }
    assertThat(Loosening.of(delayed(48), delayed(47))).containsExactly("delay");
    assertThat(Loosening.of(delayed(48), delayed(48))).isEmpty();
    assertThat(Loosening.of(delayed(48), delayed(49))).isEmpty();
  }

  @Test
  void aWaitIsAnHourToThirtyDaysOrNone() {
    for (int hours : new int[] {0, 1, 720}) {
      fine(none().firstTime(hours));
      fine(none().newDevice(hours));
    }
    for (int hours : new int[] {-1, 721}) {
      malformed("first-time", none().firstTime(hours));
      malformed("new-device", none().newDevice(hours));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1440, true",
    "1439, 0, true",
    "0, 0, false",
    "720, 720, false",
    "1440, 0, false",
    "0, 1441, false"
  })
  void hoursAreMinutesOfADayAndNotNone(int from, int to, boolean good) {
    if (good) {
      fine(none().open(from, to, ZONE));
    } else {
      malformed("hours", none().open(from, to, ZONE));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTC", "Europe/Vienna", "Etc/GMT+12", "a_-9", "AZaz0"})
  void aZoneIsAPlainName(String zone) {
    fine(none().open(1, 2, zone));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "UT C", "UTC@", "[UTC", "`UTC", "{UTC", "Ö"})
  void anythingElseIsNoZone(String zone) {
    malformed("hours", none().open(1, 2, zone));
    malformed("hours", none().open(1, 2, "x".repeat(41)));
  }

  @Test
  void aShareOfFeesIsAPercentageAndNetworksAreTen() {
    fine(none().feePercent(100));
    malformed("fee-share", none().feePercent(101));
    fine(none().networks(Collections.nCopies(10, "10.0.0.0/8").toArray(String[]::new)));
    malformed(
        "networks", none().networks(Collections.nCopies(11, "10.0.0.0/8").toArray(String[]::new)));
    assertThatThrownBy(() -> fine(none().networks("10.0.0.0/33")))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void twentyPeopleAtMostSayYesWithinThirtyDays() {
    fine(none().approvals(approvals(Sats.MAX, 20, 720, 20)));
    fine(none().approvals(approvals(0, 1, 1, 1)));
    malformed("approvals", none().approvals(approvals(0, 1, 1, 21)));
    malformed("approvals", none().approvals(approvals(Sats.MAX + 1, 1, 1, 1)));
    malformed("approvals", none().approvals(approvals(0, 1, 721, 1)));
  }

  private static List<String> looser(TestRules old, TestRules fresh) {
    return Loosening.of(old.done(), fresh.done());
  }

  @Test
  void eachRuleThatIsTakenAwayOrWidenedIsNamedAsLooser() {
    assertThat(looser(none().perSend(5L), none())).containsExactly("per-send");
    assertThat(looser(none().perSend(5L), none().perSend(6L))).containsExactly("per-send");
    assertThat(looser(none().perSend(5L), none().perSend(5L))).isEmpty();
    assertThat(looser(none(), none().perSend(5L))).isEmpty();
    assertThat(looser(none().amount(1, 5), none())).containsExactly("amounts");
    assertThat(looser(none().count(1, 5), none().count(1, 6))).containsExactly("counts");
    assertThat(looser(none().blocked(BOB), none())).containsExactly("blocked");
    assertThat(looser(none().hold(5, 5), none())).containsExactly("hold");
    assertThat(looser(none().hold(5, 5), none().hold(6, 5))).containsExactly("hold");
    assertThat(looser(none().hold(5, 5), none().hold(5, 4))).containsExactly("hold");
    assertThat(looser(none().hold(5, 5), none().hold(5, 5))).isEmpty();
    assertThat(looser(none().hold(5, 5), none().hold(4, 6))).isEmpty();
    assertThat(looser(none().firstTime(2), none().firstTime(1))).containsExactly("first-time");
    assertThat(looser(none().newDevice(2), none().newDevice(1))).containsExactly("new-device");
    assertThat(looser(none().feePercent(2), none())).containsExactly("fee-share");
    assertThat(looser(none().feePercent(2), none().feePercent(3))).containsExactly("fee-share");
    assertThat(looser(none().feePercent(2), none().feePercent(2))).isEmpty();
    assertThat(looser(none(), none().feePercent(2))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "480, 1080, 480, 1080, false",
    "480, 1080, 481, 1079, false",
    "480, 1080, 479, 1080, true",
    "480, 1080, 480, 1081, true",
    "1320, 360, 1380, 300, false",
    "1320, 360, 0, 360, false",
    "1320, 360, 1319, 360, true",
    "1320, 360, 0, 361, true",
    "0, 1440, 700, 701, false"
  })
  void hoursThatLieWithinTheOldOnesAreNotLooser(int a, int b, int c, int d, boolean is) {
    assertThat(looser(none().open(a, b, ZONE), none().open(c, d, ZONE)))
        .isEqualTo(is ? List.of("hours") : List.of());
    assertThat(looser(none().open(a, b, ZONE), none().open(c, d, "Europe/Vienna")))
        .containsExactly("hours");
    assertThat(looser(none().open(a, b, ZONE), none())).containsExactly("hours");
    assertThat(looser(none(), none().open(c, d, ZONE))).isEmpty();
  }

  @Test
  void networksThatLieWithinTheOldOnesAreNotLooser() {
    TestRules old = none().networks("10.0.0.0/8", "2001:db8::/32");
    assertThat(looser(old, none().networks("10.1.0.0/16"))).isEmpty();
    assertThat(looser(old, none().networks("2001:db8:1::/48", "10.0.0.0/8"))).isEmpty();
    assertThat(looser(old, none().networks("10.0.0.0/7"))).containsExactly("networks");
    assertThat(looser(old, none().networks("10.1.0.0/16", "11.0.0.0/8")))
        .containsExactly("networks");
    assertThat(looser(old, none())).containsExactly("networks");
    assertThat(looser(none(), old)).isEmpty();
  }
}
