package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.trefoil.core.Token;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.SendState;
import org.trefoil.core.wire.SendView;
import org.trefoil.server.account.Session;
import org.trefoil.server.app.TestHouse.Person;
import org.trefoil.server.secondfactor.Totp;
import org.trefoil.server.secondfactor.Verdict;
import org.trefoil.server.spend.SteadyTime;
import org.trefoil.server.store.JdbiSendStore;
import org.trefoil.server.store.TestDatabase;

/** Faults 18 and 19: a clock that jumps, and the edges of a day. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class ClockFaultsTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Sats LIMIT = new Sats(250_000);

  @Parameter TestDatabase engine;

  private TestHouse house;
  private Person ada;
  private int used;

  @BeforeEach
  void open() throws Exception {
    house = new TestHouse(engine.fresh(), LIMIT);
    ada = house.new Person(1);
    for (int i = 0; i < 4; i++) {
      ada.receive(200_000);
    }
  }

  @AfterEach
  void close() {
    house.close();
  }

  private SendView send(TestSends room, String request) {
    SendView proposed =
        room.sends().propose(ada.accountId, ada.walletId, ada.request(request, 150_000));
    return room.sends()
        .confirm(ada.accountId, ada.walletId, proposed.sendId(), ada.recovery.get(used++));
  }

  private Verdict code(Instant at) {
    return house.rooms.factors().use(ada.accountId, Totp.code(ada.totp, Totp.step(at), 6));
  }

  @Test
  @DisplayName("Fault 18: no step of a code is taken twice, whichever way the clock jumps")
  void fault18StepsOfCodesNeverGoBack() {
    Instant now = house.clock.instant().plus(Duration.ofMinutes(5));
    house.clock.forward(Duration.ofMinutes(5));
    assertThat(code(now)).isEqualTo(Verdict.OK);
    house.clock.forward(HOUR.negated());
    assertThat(code(now.minus(HOUR))).isEqualTo(Verdict.USED);
    assertThat(code(now)).isEqualTo(Verdict.WRONG);
    house.clock.forward(HOUR);
    assertThat(code(now)).isEqualTo(Verdict.USED);
    house.clock.forward(HOUR);
    assertThat(code(now.plus(HOUR))).isEqualTo(Verdict.OK);
    house.clock.forward(HOUR.negated());
    house.clock.forward(Duration.ofMinutes(1));
    assertThat(code(now.plus(Duration.ofMinutes(1)))).isEqualTo(Verdict.USED);
    house.clock.forward(HOUR);
    assertThat(code(now.plus(HOUR).plus(Duration.ofMinutes(1)))).isEqualTo(Verdict.OK);
  }

  @Test
  @DisplayName("Fault 18: a clock that went back does not shorten the day of a send made meanwhile")
  void fault18ASendDuringAStepBackCountsForADay() {
    TestSends room = TestSends.limited(house, LIMIT, house.clock);
    send(room, "request-a");
    house.pass(DAY.plus(Duration.ofMinutes(1)));
    send(room, "request-b");
    Instant before = house.clock.instant();
    house.pass(HOUR.negated());
    Refused.with(Token.LIMIT_DAILY, () -> send(room, "request-c"));
    var store = new JdbiSendStore(house.foundation.database());
    assertThat(store.approvals(ada.walletId, Instant.EPOCH).last())
        .isBeforeOrEqualTo(before)
        .isAfter(before.minus(HOUR));
    house.pass(Duration.between(house.clock.instant(), before.plus(DAY).minusSeconds(60)));
    Refused.with(Token.LIMIT_DAILY, () -> send(room, "request-d"));
    house.pass(Duration.ofMinutes(2));
    assertThat(send(room, "request-e").state()).isEqualTo(SendState.BROADCAST);
  }

  @Test
  @DisplayName("Fault 18: a clock that jumps forward makes no day shorter while the server runs")
  void fault18AJumpForwardMakesNoDayShorter() {
    AtomicLong nanos = new AtomicLong();
    SteadyTime careful = new SteadyTime(house.clock, nanos::get);
    TestSends room = TestSends.limited(house, LIMIT, careful);
    send(room, "request-a");
    house.pass(Duration.ofHours(25));
    nanos.addAndGet(Duration.ofMinutes(5).toNanos());
    Refused.with(Token.LIMIT_DAILY, () -> send(room, "request-b"));
    nanos.addAndGet(DAY.toNanos());
    assertThat(send(room, "request-c").state()).isEqualTo(SendState.BROADCAST);
  }

  @Test
  @DisplayName("Fault 18: small corrections are followed, jumps are not")
  void fault18CorrectionsAreFollowed() {
    TestClock clock = new TestClock();
    AtomicLong nanos = new AtomicLong();
    SteadyTime careful = new SteadyTime(clock, nanos::get);
    Instant start = clock.instant();
    for (int i = 0; i < 100; i++) {
      nanos.addAndGet(Duration.ofMinutes(10).toNanos());
      clock.forward(Duration.ofMinutes(10).plusSeconds(2));
      assertThat(careful.instant()).isEqualTo(clock.instant());
    }
    clock.forward(HOUR);
    assertThat(careful.instant()).isEqualTo(clock.instant().minus(HOUR));
    clock.forward(HOUR.multipliedBy(3).negated());
    assertThat(careful.instant()).isEqualTo(clock.instant());
    clock.forward(HOUR.multipliedBy(2));
    assertThat(careful.instant()).isEqualTo(clock.instant()).isAfter(start);
  }

  @Test
  @DisplayName("Fault 18: a session does not outlive its time because the clock went back")
  void fault18ASessionFromTheFutureIsOver() {
    Session session = house.rooms.sessions().open(ada.accountId, true, "browser", "");
    assertThat(house.rooms.sessions().find(session.token())).isPresent();
    house.clock.forward(HOUR.negated());
    assertThat(house.rooms.sessions().find(session.token())).isEmpty();
    assertThat(house.rooms.sessions().list(ada.accountId)).isEmpty();
    Session other = house.rooms.sessions().open(ada.accountId, true, "browser", "");
    house.clock.forward(HOUR);
    assertThat(house.rooms.sessions().find(other.token())).isEmpty();
  }

  @Test
  @DisplayName("Fault 18: a chain looked at before the clock went back is not trusted")
  void fault18AClockThatWentBackMakesTheChainStale() {
    house.clock.forward(HOUR.negated());
    Refused.with(
        Token.CHAIN_UNAVAILABLE,
        () ->
            house
                .rooms
                .sends()
                .propose(ada.accountId, ada.walletId, ada.request("request-a", 10_000)));
  }

  @Test
  @DisplayName("Fault 19: the window slides: no two full limits within any 24 hours")
  void fault19TheWindowSlides() {
    TestSends room = TestSends.limited(house, LIMIT, house.clock);
    // five minutes before midnight
    house.pass(Duration.between(house.clock.instant(), Instant.parse("2026-11-21T23:55:00Z")));
    send(room, "request-a");
    Instant first =
        new JdbiSendStore(house.foundation.database())
            .approvals(ada.walletId, Instant.EPOCH)
            .last();
    house.pass(Duration.ofMinutes(10));
    Refused.with(Token.LIMIT_DAILY, () -> send(room, "request-b"));
    house.pass(Duration.between(house.clock.instant(), first.plus(DAY).minusSeconds(31)));
    Refused.with(Token.LIMIT_DAILY, () -> send(room, "request-c"));
    house.pass(Duration.between(house.clock.instant(), first.plus(DAY)));
    assertThat(send(room, "request-d").state()).isEqualTo(SendState.BROADCAST);
    Refused.with(Token.LIMIT_DAILY, () -> send(room, "request-e"));
  }
}
