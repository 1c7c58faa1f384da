package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.trefoil.core.Token;
import org.trefoil.core.policy.TestRules;
import org.trefoil.core.wire.MemberRole;
import org.trefoil.core.wire.SendState;
import org.trefoil.core.wire.SendView;
import org.trefoil.server.app.TestHouse.Person;
import org.trefoil.server.store.BareRows;
import org.trefoil.server.store.JdbiSendStore;

/** The record says of a send that was not signed which transaction, under which rules, and why. */
class RefusalRecordTest extends LosingKeysOnBoth {
  @AfterEach
  void itsChainHolds() {
    house.rooms.scribe().run();
    assertThat(house.rooms.chronicle().verify().sound()).isTrue();
  }

  /** Beginning with the send's digest. */
  private void noted(SendView send, String kind, String rest) {
    byte[] digest =
        new JdbiSendStore(house.foundation.database()).find(send.sendId()).orElseThrow().digest();
    assertThat(house.record(ada.accountId))
        .filteredOn(line -> line.startsWith(kind))
        .containsExactly(kind + " " + HexFormat.of().formatHex(digest) + rest);
  }

  private SendView held() {
    SendView send = confirm(propose(ada.request("request-a", 200_000)), ada.code());
    assertThat(send.state()).isEqualTo(SendState.HELD);
    return send;
  }

  private void ends(SendView send, Duration after, SendState as) {
    house.pass(after);
    house.rooms.follower().lookAfterDue();
    assertThat(look(send).state()).isEqualTo(as);
  }

  @Test
  void aRefusalIsNotedWithEachOfItsReasons() {
    SendView send = propose(ada.request("request-a", 200_000));
    sign(TestRules.none().perSend(100_000L).amount(24, 150_000));
    Refused.with(Token.LIMIT_PER_SEND, () -> confirm(send, ada.code()));
    noted(send, "send-refused", ", rules 1, no-factor, limit-per-send limit-window");
  }

  @Test
  void moreReasonsThanOneRowOnceHeldAreAllThere() {
    SendView send = propose(ada.request("request-a", 200_000));
    TestRules many =
        TestRules.none()
            .perSend(100_000L)
            .amount(24, 150_000)
            .bookOnly()
            .blocked(send.recipients().get(0).address())
            .networks("10.0.0.0/8")
            .open(0, 1, "UTC");
    sign(many);
    Refused.with(Token.LIMIT_PER_SEND, () -> confirm(send, ada.code()));
    assertThat(house.record(ada.accountId).get(0))
        .contains("limit-per-send limit-window", "address-blocked", "network-not-allowed");
  }

  @Test
  void aWaitThatEndsInARefusalIsNotedWithEachReasonOfThen() {
    sign(TestRules.none().hold(50_000, 24));
    SendView send = held();
    TestRules tighter = TestRules.none().hold(50_000, 24).perSend(100_000L).amount(24, 150_000);
    sign(tighter);
    ends(send, Duration.ofHours(25), SendState.CANCELLED);
    noted(send, "send-cancelled", ", rules 2, waited, limit-per-send limit-window");
    assertThat(look(send).reason()).isEqualTo("limit-per-send");
  }

  @Test
  void aWaitThatEndsOverBrokenRulesIsNotedToo() {
    sign(TestRules.none().hold(50_000, 24));
    SendView send = held();
    new BareRows(house.foundation.database()).tamper("UPDATE policy_document SET not_before = 5");
    ends(send, Duration.ofHours(25), SendState.CANCELLED);
    noted(send, "send-cancelled", ", rules broken, waited, policy-chain-broken");
  }

  @Test
  void aSendThatNobodySaidYesToIsNotedWithWhy() {
    Person bob = house.new Person(2);
    join(bob, MemberRole.APPROVER);
    sign(TestRules.none().approvals(0, 1, named(bob)));
    SendView send = held();
    ends(send, Duration.ofHours(73), SendState.EXPIRED);
    noted(send, "send-unheard", ", rules 1, waited, approval-expired");
  }

  @Test
  void aSendOfSomebodyWhoWasRemovedIsNotedWithWhy() {
    Person bob = house.new Person(2);
    join(bob, MemberRole.APPROVER);
    sign(TestRules.none().approvals(0, 1, named(bob)));
    SendView send = held();
    house.rooms.members().change(ada.accountId, ada.walletId, bob.accountId, null, ada.code());
    noted(send, "send-unheard", ", rules 1, waited, approvers-too-few");
  }
}
