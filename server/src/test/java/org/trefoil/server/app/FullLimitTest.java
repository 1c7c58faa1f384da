package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trefoil.core.Token;
import org.trefoil.core.policy.TestRules;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.MemberRole;
import org.trefoil.core.wire.SendState;
import org.trefoil.core.wire.SendView;
import org.trefoil.server.app.TestHouse.Person;
import org.trefoil.server.secondfactor.GivenFactor;
import org.trefoil.server.store.Invariants;

/** A send that waited counts to a limit when it is signed: full by then, it is not made. */
class FullLimitTest extends LosingKeysOnBoth {
  private static final Sats DAILY = new Sats(250_000);

  /** What is full; the operator's own limit is there beside each rule. */
  enum Full {
    OPERATOR(Token.LIMIT_DAILY),
    WINDOW(Token.LIMIT_WINDOW),
    SENDS(Token.LIMIT_SENDS);

    private final Token token;

    Full(Token token) {
      this.token = token;
    }

    private TestRules with(TestRules rules) {
      return switch (this) {
        case OPERATOR -> rules;
        case WINDOW -> rules.amount(48, 200_000);
        case SENDS -> rules.count(48, 2);
      };
    }

    /** Of what waits: with two of the others it is too much for the limit, and for no other. */
    private long amount() {
      return this == OPERATOR ? 200_000 : this == WINDOW ? 150_000 : 100_000;
    }
  }

  @Override
  TestHouse house() throws IOException {
    return new TestHouse(engine.fresh(), DAILY);
  }

  @BeforeEach
  void coins() {
    ada.receive(100_000);
    ada.receive(100_000);
  }

  @AfterEach
  void itIsNotMadeAndItsCoinsAreFree() {
    house.rooms.chain().follower().catchUp();
    assertThat(house.practice.mempool()).hasSize(2);
    assertThat(view(ada.walletId).balance().reserved()).isZero();
    Invariants.hold(house.foundation.database());
  }

  private SendView waits(Full full) {
    SendView held = confirm(propose(ada.request("request-held", full.amount())), ada.code());
    assertThat(held.state()).isEqualTo(SendState.HELD);
    return held;
  }

  private void othersGoOut() {
    for (int i = 0; i < 2; i++) {
      SendView small = propose(ada.request("request-small-" + i, 35_000));
      assertThat(confirm(small, ada.code()).state()).isEqualTo(SendState.BROADCAST);
    }
  }

  private void isDropped(SendView held, Full full) {
    assertThat(look(held).state()).isEqualTo(SendState.CANCELLED);
    assertThat(look(held).reason()).isEqualTo(full.token.token());
  }

  @ParameterizedTest
  @EnumSource
  void theLastYesDropsWhatALimitNoLongerLetsThroughAndSaysWhich(Full full) {
    house.rooms.address().servedOn(8080);
    Person bob = house.new Person(2);
    join(bob, MemberRole.APPROVER);
    sign(full.with(TestRules.none().approvals(50_000, 1, named(bob))));
    SendView held = waits(full);
    othersGoOut();
    house
        .rooms
        .sends()
        .approving()
        .approve(bob.accountId, ada.walletId, held.sendId(), new GivenFactor.Code(bob.code()));
    isDropped(held, full);
  }

  @ParameterizedTest
  @EnumSource
  void theEndOfAWaitDropsWhatALimitNoLongerLetsThroughAndSaysWhich(Full full) {
    sign(full.with(TestRules.none().hold(50_000, 24)));
    SendView held = waits(full);
    house.pass(Duration.ofHours(10));
    othersGoOut();
    house.pass(Duration.ofHours(13));
    house.rooms.follower().lookAfterDue();
    assertThat(look(held).state()).isEqualTo(SendState.HELD);
    house.pass(Duration.ofHours(2));
    house.rooms.follower().lookAfterDue();
    isDropped(held, full);
  }
}
