package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trefoil.core.wire.SendState;
import org.trefoil.core.wire.SendView;
import org.trefoil.server.spend.SteadyTime;
import org.trefoil.server.store.Invariants;
import org.trefoil.server.store.TestDatabase;

/** Faults 7, 18 and 19 on the limits that owners sign, and on the one of all wallets together. */
@ParameterizedClass
@EnumSource
class LimitFaultsTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final int CROWD = 20;
  private static final int MOST = 7;

  @Parameter TestDatabase engine;

  private TestHouse house;

  @BeforeEach
  void open() throws Exception {
    house = new TestHouse(engine.fresh(), null);
  }

  @AfterEach
  void close() {
    Invariants.hold(house.foundation.database());
    house.close();
  }

  /** One send fits, a second one does not. */
  private LimitedSends one(LimitedSends.Kind kind, InstantSource careful) {
    return new LimitedSends(kind, 1, 150_000, 12, 200_000, careful, house);
  }

  private void goes(LimitedSends sends) {
    assertThat(sends.send()).isEqualTo(SendState.BROADCAST);
  }

  private void refused(LimitedSends sends) {
    Refused.with(sends.kind().token, sends::send);
  }

  private void passUntil(Instant then) {
    house.pass(Duration.between(house.clock.instant(), then));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("Fault 7: different sends at once keep each limit")
  void fault7DifferentSendsAtOnceKeepEachLimit(LimitedSends.Kind kind) throws Exception {
    LimitedSends sends = new LimitedSends(kind, MOST, 20_000, CROWD, 40_000, house.clock, house);
    List<SendView> waiting = new ArrayList<>();
    for (int i = 0; i < CROWD; i++) {
      waiting.add(sends.propose(i));
    }
    List<Object> answers = Crowd.atOnce(CROWD, i -> sends.confirm(i, waiting.get(i)));
    long done = answers.stream().filter(answer -> answer instanceof SendView).count();
    assertThat(answers.stream().filter(answer -> !(answer instanceof SendView)).distinct())
        .containsExactly(kind.token.token());
    assertThat(done).isEqualTo(MOST);
    assertThat(house.practice.mempool()).hasSize(MOST);
    assertThat(house.rooms.coSigner().keyUses()).isEqualTo(MOST);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("Fault 18: a clock that went back does not shorten the time of an earlier send")
  void fault18AStepBackShortensNoTime(LimitedSends.Kind kind) {
    LimitedSends sends = one(kind, house.clock);
    goes(sends);
    house.pass(DAY.plus(Duration.ofMinutes(1)));
    Instant before = house.clock.instant();
    goes(sends);
    house.pass(HOUR.negated());
    refused(sends);
    passUntil(before.plus(DAY).minusSeconds(60));
    refused(sends);
    house.pass(Duration.ofMinutes(2));
    goes(sends);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("Fault 18: a clock that jumps forward makes no time shorter while the server runs")
  void fault18AJumpForwardShortensNoTime(LimitedSends.Kind kind) {
    AtomicLong nanos = new AtomicLong();
    SteadyTime[] careful = new SteadyTime[1];
    LimitedSends sends = one(kind, () -> careful(careful, nanos));
    goes(sends);
    house.pass(Duration.ofHours(25));
    nanos.addAndGet(Duration.ofMinutes(5).toNanos());
    refused(sends);
    nanos.addAndGet(DAY.toNanos());
    goes(sends);
  }

  /** Begins to count when it is asked first, which is after all was made ready. */
  private Instant careful(SteadyTime[] careful, AtomicLong nanos) {
    if (careful[0] == null) {
      careful[0] = new SteadyTime(house.clock, nanos::get);
    }
    return careful[0].instant();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("Fault 19: each time slides over midnight: no two full limits within it")
  void fault19EachTimeSlidesOverMidnight(LimitedSends.Kind kind) {
    LimitedSends sends = one(kind, house.clock);
    passUntil(Instant.parse("2026-11-22T23:55:00Z"));
    Instant first = house.clock.instant();
    goes(sends);
    house.pass(Duration.ofMinutes(10));
    refused(sends);
    passUntil(first.plus(DAY).minusSeconds(31));
    refused(sends);
    passUntil(first.plus(DAY));
    goes(sends);
    refused(sends);
  }
}
