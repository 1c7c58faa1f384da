package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.policy.TestRules;
import org.trefoil.core.wire.MemberRole;
import org.trefoil.core.wire.SendRequest;
import org.trefoil.core.wire.SendState;
import org.trefoil.core.wire.SendView;
import org.trefoil.server.app.TestHouse.Person;
import org.trefoil.server.policy.Verdict;
import org.trefoil.server.secondfactor.GivenFactor;
import org.trefoil.server.spend.Whence;
import org.trefoil.server.store.Invariants;

/** What the judge is told of a real send is what each rule is about. */
class RulesReachTest extends LosingKeysOnBoth {
  private static final ZoneId ZONE = ZoneId.of("Asia/Kolkata");
  private static final Whence OFFICE = new Whence("203.0.113.9", null);
  private static final Whence AWAY = new Whence("198.51.100.7", null);

  private Person bob;
  private String friend;
  private int requests;

  @BeforeEach
  void meet() {
    house.rooms.address().servedOn(8080);
    bob = house.new Person(2);
    friend = wallets().anotherAddress(bob.accountId, bob.walletId).address();
    join(bob, MemberRole.SPENDER);
    ada.receive(1_000_000);
    ada.receive(1_000_000);
  }

  /** A rule that refuses one send and not others. */
  private enum Rule {
    BLOCK_LIST,
    BOOK_ONLY,
    HOURS,
    NETWORKS,
    FEE_SHARE,
    MEMBER_LIMIT
  }

  /** A send: who begins it, to where, how much, and from where it is confirmed. */
  private record Try(Person by, String address, long sats, Whence whence) {}

  /**
   * A rule, and what becomes of sends under it.
   *
   * @param before go out
   * @param refused with the token
   * @param later how long after that, {@code goes} does
   */
  private record Case(
      TestRules rules, List<Try> before, Try refused, Token token, Duration later, Try goes) {}

  private Try to(String address) {
    return new Try(ada, address, 60_000, OFFICE);
  }

  private Try worth(long sats) {
    return new Try(ada, friend, sats, OFFICE);
  }

  private Try by(Person person, long sats) {
    return new Try(person, friend, sats, OFFICE);
  }

  private Try from(Whence whence) {
    return new Try(ada, friend, 60_000, whence);
  }

  private Case of(Rule rule) {
    TestRules none = TestRules.none();
    Duration now = Duration.ZERO;
    return switch (rule) {
      case BLOCK_LIST ->
          new Case(
              none.blocked(TestHouse.ELSEWHERE),
              List.of(),
              to(TestHouse.ELSEWHERE),
              Token.ADDRESS_BLOCKED,
              now,
              to(friend));
      case BOOK_ONLY ->
          new Case(
              none.bookOnly(friend),
              List.of(),
              to(TestHouse.ELSEWHERE),
              Token.NOT_IN_BOOK,
              now,
              to(friend));
      case HOURS ->
          new Case(
              none.open(minutesOn(60), minutesOn(120), ZONE.getId()),
              List.of(),
              from(OFFICE),
              Token.OUTSIDE_HOURS,
              Duration.ofMinutes(70),
              from(OFFICE));
      case NETWORKS ->
          new Case(
              none.networks("192.0.2.0/24", "203.0.113.0/24"),
              List.of(),
              from(AWAY),
              Token.NETWORK_NOT_ALLOWED,
              now,
              from(OFFICE));
      case FEE_SHARE ->
          new Case(
              none.feePercent(1), List.of(), worth(20_000), Token.FEE_SHARE, now, worth(200_000));
      case MEMBER_LIMIT ->
          new Case(
              none.member(24, 100_000, named(bob)),
              List.of(by(ada, 200_000), by(bob, 60_000)),
              by(bob, 60_000),
              Token.LIMIT_MEMBER,
              now,
              by(ada, 60_000));
    };
  }

  /** The minute of the day, where the rule's zone is, that comes in so many minutes. */
  private int minutesOn(int minutes) {
    LocalTime then = house.clock.instant().atZone(ZONE).toLocalTime().plusMinutes(minutes);
    return then.getHour() * 60 + then.getMinute();
  }

  private SendView proposed(Try one) {
    SendRequest request =
        ada.vault.send(
            ada.cosigners,
            house.rooms.book().spendable(ada.accountId, ada.walletId),
            "request-" + requests++,
            one.address(),
            one.sats());
    return house.rooms.sends().propose(one.by().accountId, ada.walletId, request);
  }

  private SendView confirmed(Try one, SendView send) {
    GivenFactor given = new GivenFactor.Code(one.by().code());
    return house
        .rooms
        .sends()
        .confirm(one.by().accountId, ada.walletId, send.sendId(), given, one.whence());
  }

  private void goes(Try one) {
    assertThat(confirmed(one, proposed(one)).state()).isEqualTo(SendState.BROADCAST);
    house.mine(1);
  }

  @ParameterizedTest
  @EnumSource(Rule.class)
  void aSignedRuleReachesARealSend(Rule rule) {
    Case one = of(rule);
    sign(one.rules());
    one.before().forEach(this::goes);
    Try refused = one.refused();
    SendView send = proposed(refused);
    Verdict told =
        house
            .rooms
            .sends()
            .preview(refused.by().accountId, ada.walletId, send.sendId(), refused.whence());
    assertThat(told).isInstanceOf(Verdict.Refused.class);
    assertThat(told.reasons()).extracting(Refusal::token).containsExactly(one.token().token());
    Refused.with(one.token(), () -> confirmed(refused, send));
    assertThat(house.rooms.sends().view(ada.accountId, ada.walletId, send.sendId()).state())
        .isEqualTo(SendState.NEEDS_FACTOR);
    assertThat(house.practice.mempool()).isEmpty();
    house.pass(one.later());
    goes(one.goes());
    Invariants.hold(house.foundation.database());
  }

  @Test
  void whereNobodyKnowsFromIsNoneOfTheNetworks() {
    sign(TestRules.none().networks("0.0.0.0/0", "::/0"));
    SendView send = proposed(from(Whence.UNKNOWN));
    Refused.with(Token.NETWORK_NOT_ALLOWED, () -> confirmed(from(Whence.UNKNOWN), send));
    assertThat(confirmed(from(AWAY), send).state()).isEqualTo(SendState.BROADCAST);
  }
}
