package org.trefoil.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.trefoil.core.RefusedException;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.Json;
import org.trefoil.core.wire.Rules;

class LooseningTest {
  private static final Rules.BookEntry BOB = new Rules.BookEntry("Bob", "address-b");
  private static final Rules.BookEntry EVE = new Rules.BookEntry("Eve", "address-e");

  private static Rules book(boolean only, Rules.BookEntry... entries) {
    TestRules rules = only ? TestRules.none().bookOnly() : TestRules.none();
    for (Rules.BookEntry entry : entries) {
      rules.entry(entry.name(), entry.address());
    }
    return rules.done();
  }

  private static Rules approved(long above, int needed, int hours, String... by) {
    List<Rules.Person> people =
        Stream.of(by).map(name -> new Rules.Person(name.repeat(32), name)).toList();
    return TestRules.none().approvals(new Rules.Approvals(above, needed, hours, people)).done();
  }

  private static void malformed(Rules rules) {
    assertThatThrownBy(() -> RulesCheck.check(rules, Network.REGTEST))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> assertThat(e.refusal().data()).containsEntry("rule", "approvals"));
  }

  @Test
  void fewerYesesOfMorePeopleForMoreIsLooser() {
    Rules rule = approved(100, 2, 72, "a", "b", "c");
    assertThat(of(Rules.NONE, rule)).isEmpty();
    assertThat(of(rule, Rules.NONE)).containsExactly("approvals");
    assertThat(of(rule, approved(101, 2, 72, "a", "b", "c"))).containsExactly("approvals");
    assertThat(of(rule, approved(100, 1, 72, "a", "b", "c"))).containsExactly("approvals");
    assertThat(of(rule, approved(100, 2, 73, "a", "b", "c"))).containsExactly("approvals");
    assertThat(of(rule, approved(100, 2, 72, "a", "b", "d"))).containsExactly("approvals");
    assertThat(of(rule, approved(100, 2, 72, "a", "b", "c", "d"))).containsExactly("approvals");
    assertThat(of(rule, approved(99, 3, 71, "a", "b", "c"))).isEmpty();
    assertThat(of(rule, approved(100, 2, 72, "b", "a"))).isEmpty();
  }

  @Test
  void aRuleThatNobodyCouldFulfilIsNone() {
    RulesCheck.check(approved(0, 2, 72, "a", "b"), Network.REGTEST);
    malformed(approved(0, 3, 72, "a", "b"));
    malformed(approved(0, 0, 72, "a", "b"));
    malformed(approved(0, 1, 72));
    malformed(approved(0, 1, 72, "a", "a"));
    malformed(approved(0, 1, 0, "a"));
    malformed(approved(-1, 1, 72, "a"));
    malformed(approved(0, 1, 72, "aa"));
  }

  @Test
  void theWordsNameWhoSaysYes() {
    assertThat(RuleWords.lines(approved(0, 1, 72, "a", "b")))
        .contains(
            "Each send takes the yes of 1 of these within 72 hours, the one who began it not"
                + " counted: a, b.");
  }

  @Test
  void aTimeIsNamedAsLongAsItIs() {
    assertThat(RuleWords.time(3_600)).isEqualTo("1 hour");
    assertThat(RuleWords.time(86_400)).isEqualTo("24 hours");
    assertThat(RuleWords.time(2 * 86_400)).isEqualTo("2 days");
    assertThat(RuleWords.time(5_400)).isEqualTo("90 minutes");
    assertThat(RuleWords.time(3_661)).isEqualTo("3661 seconds");
  }

  private static List<String> of(Rules old, Rules fresh) {
    return Loosening.of(old, fresh);
  }

  @Test
  void anotherNameForAnAddressOfTheBookIsLooser() {
    Rules.BookEntry renamed = new Rules.BookEntry("Eve", BOB.address());
    assertThat(of(book(false, BOB), book(false, renamed))).containsExactly("book");
    assertThat(of(book(true, BOB), book(true, renamed))).containsExactly("book");
    assertThat(of(book(false, BOB), book(true, renamed))).containsExactly("book");
  }

  @Test
  void anotherAddressUnderANameOfTheBookIsLooser() {
    Rules.BookEntry elsewhere = new Rules.BookEntry("Bob", EVE.address());
    assertThat(of(book(false, BOB), book(false, elsewhere))).containsExactly("book");
    assertThat(of(book(false, BOB), book(false, BOB, elsewhere))).containsExactly("book");
    assertThat(of(book(false, BOB, EVE), book(false, BOB, elsewhere))).containsExactly("book");
  }

  @Test
  void aNameThatReadsTheSameIsTheSame() {
    Rules.BookEntry alike = new Rules.BookEntry("b-OB.", EVE.address());
    assertThat(of(book(false, BOB), book(false, BOB, alike))).containsExactly("book");
    Rules.BookEntry sign = new Rules.BookEntry("+", BOB.address());
    Rules.BookEntry other = new Rules.BookEntry("*", EVE.address());
    assertThat(of(book(false, sign), book(false, sign, other))).isEmpty();
  }

  @Test
  void anEntryThatGoesIsLooserWhileOthersMayBePaid() {
    assertThat(of(book(false, BOB, EVE), book(false, EVE))).containsExactly("book");
    assertThat(of(book(false, BOB, EVE), book(true, EVE))).isEmpty();
    assertThat(of(book(true, BOB, EVE), book(true, EVE))).isEmpty();
    assertThat(of(book(true, EVE), book(true, EVE, BOB))).containsExactly("book");
    assertThat(of(book(true, EVE), book(false, EVE))).containsExactly("book");
  }

  @Test
  void anotherEntryIsLooserOnlyWhereTheBookAloneIsPaid() {
    assertThat(of(book(false, BOB), book(false, BOB, EVE))).isEmpty();
    assertThat(of(book(true, BOB), book(true, BOB, EVE))).containsExactly("book");
    assertThat(of(book(true, BOB, EVE), book(true, EVE))).isEmpty();
    assertThat(of(book(true, BOB), book(false, BOB))).containsExactly("book");
    assertThat(of(book(false, BOB, EVE), book(true, EVE, BOB))).isEmpty();
  }

  @Test
  void fewerHoursForANewBrowserAreLooser() {
    Rules rule = Rules.fromJson(Json.parse("{\"newDeviceHours\":24," + none().substring(1), 1_000));
    assertThat(rule.newDeviceHours()).isEqualTo(24);
    assertThat(Loosening.of(rule, Rules.NONE)).containsExactly("new-device");
    assertThat(Loosening.of(Rules.NONE, rule)).isEmpty();
    assertThat(RuleWords.lines(rule))
        .contains(
            "A send that is confirmed in a new browser waits until that was known for 24 hours.");
    RulesCheck.check(rule, Network.REGTEST);
    Rules tooLong =
        Rules.fromJson(Json.parse("{\"newDeviceHours\":721," + none().substring(1), 1_000));
    assertThatThrownBy(() -> RulesCheck.check(tooLong, Network.REGTEST))
        .isInstanceOf(RefusedException.class);
  }

  private static String none() {
    return Rules.NONE.toJson().write();
  }

  private static Rules limited(Rules.Window... windows) {
    return TestRules.none().amounts(windows).done();
  }

  @Test
  void aMembersLimitIsKeptByHisOwnOrOneOfAllAndByNobodyElses() {
    Rules.Person ann = new Rules.Person("a".repeat(32), "ann@b.c");
    Rules.Person ben = new Rules.Person("b".repeat(32), "ben@b.c");
    Rules old = limited(new Rules.Window(3_600, 7, ann));
    assertThat(Loosening.of(old, limited(new Rules.Window(3_600, 7, ann)))).isEmpty();
    assertThat(Loosening.of(old, limited(new Rules.Window(7_200, 6)))).isEmpty();
    assertThat(Loosening.of(old, limited(new Rules.Window(3_600, 7, ben))))
        .containsExactly("amounts");
    assertThat(Loosening.of(old, limited(new Rules.Window(3_600, 8, ann))))
        .containsExactly("amounts");
    assertThat(Loosening.of(limited(new Rules.Window(3_600, 7)), old)).containsExactly("amounts");
    assertThat(RuleWords.lines(old))
        .contains("At most 0.00000007 BTC in any 1 hour in sends that ann@b.c begins.");
    RulesCheck.check(old, Network.REGTEST);
    Rules nobody = limited(new Rules.Window(3_600, 7, new Rules.Person("a", "ann@b.c")));
    assertThatThrownBy(() -> RulesCheck.check(nobody, Network.REGTEST))
        .isInstanceOf(RefusedException.class);
  }
}
