package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.policy.TestRules;
import org.trefoil.core.wire.MemberRole;
import org.trefoil.core.wire.SendState;
import org.trefoil.core.wire.SendView;
import org.trefoil.server.app.TestHouse.Person;
import org.trefoil.server.audit.AuditKind;
import org.trefoil.server.secondfactor.GivenFactor;
import org.trefoil.server.store.Invariants;

/** Fault 21: a send that takes the yes of others ends in one way, whatever comes at once. */
class ApprovalRaceTest extends TwoApprovers {
  private static final Set<AuditKind> ENDINGS =
      EnumSet.of(
          AuditKind.SEND_APPROVED,
          AuditKind.SEND_NO,
          AuditKind.SEND_CANCELLED,
          AuditKind.SEND_UNHEARD);

  /** What may end a send. */
  private enum Act {
    YES,
    NO,
    CANCEL,
    EXPIRY,
    REMOVAL
  }

  private Runnable vote(Person person, SendView send, String code, boolean yes) {
    String id = send.sendId();
    GivenFactor given = new GivenFactor.Code(code);
    return () -> {
      if (yes) {
        house.rooms.sends().approving().approve(person.accountId, ada.walletId, id, given);
      } else {
        house.rooms.sends().approving().refuse(person.accountId, ada.walletId, id);
      }
    };
  }

  private Runnable cancel(SendView send) {
    return () -> house.rooms.sends().cancel(ada.accountId, ada.walletId, send.sendId());
  }

  /** Bob's removal, after which nobody is left who could say yes. */
  private Runnable removal(String code) {
    return () ->
        house.rooms.members().change(ada.accountId, ada.walletId, bob.accountId, null, code);
  }

  /** Runs all at once, each round with another of them first. */
  private Map<Act, Boolean> race(Map<Act, Runnable> acts, int round, Token... refusals)
      throws Exception {
    CyclicBarrier start = new CyclicBarrier(acts.size());
    ExecutorService pool = Executors.newFixedThreadPool(acts.size());
    List<Act> order = new ArrayList<>(acts.keySet());
    Collections.rotate(order, round);
    Map<Act, Future<Boolean>> going = new EnumMap<>(Act.class);
    Map<Act, Boolean> done = new EnumMap<>(Act.class);
    try {
      for (Act act : order) {
        going.put(
            act,
            pool.submit(
                () -> {
                  start.await();
                  return done(acts.get(act), refusals);
                }));
      }
      for (Act act : order) {
        done.put(act, going.get(act).get());
      }
    } finally {
      pool.shutdownNow();
    }
    return done;
  }

  private static boolean done(Runnable act, Token... refusals) {
    try {
      act.run();
      return true;
    } catch (RefusedException e) {
      assertThat(refusals).extracting(Token::token).contains(e.refusal().token());
      return false;
    }
  }

  /** How a send ended, as the record of all accounts tells. */
  private List<AuditKind> endings(SendView send) {
    return record(
        entry ->
            ENDINGS.contains(AuditKind.of(entry.kind())) && send.sendId().equals(entry.subject()));
  }

  /** One ending, of which nothing is left behind. */
  private void ended(SendView send) {
    boolean out = look(send).state() == SendState.BROADCAST;
    assertThat(endings(send)).hasSize(1);
    assertThat(endings(send).contains(AuditKind.SEND_APPROVED)).isEqualTo(out);
    assertThat(house.practice.mempool()).hasSize(out ? 1 : 0);
    Invariants.hold(house.foundation.database());
    if (out) {
      ada.receive(1_000_000);
    }
    assertThat(view(ada.walletId).balance().reserved()).isZero();
  }

  @Test
  @DisplayName("Fault 21: yes, no and cancel at once end a send in one way")
  void fault21YesNoAndCancelAtOnceEndASendInOneWay() throws Exception {
    sign(TestRules.none().approvals(0, 1, named(bob), named(cleo)));
    for (int round = 0; round < 6; round++) {
      SendView send = waits("request-" + round);
      Map<Act, Runnable> acts = new EnumMap<>(Act.class);
      acts.put(Act.YES, vote(bob, send, bob.code(), true));
      acts.put(Act.NO, vote(cleo, send, cleo.code(), false));
      acts.put(Act.CANCEL, cancel(send));
      Map<Act, Boolean> done = race(acts, round, Token.SEND_NOT_PENDING);
      SendView after = look(send);
      assertThat(after.state()).isIn(SendState.BROADCAST, SendState.CANCELLED);
      assertThat(done.get(Act.YES)).isEqualTo(after.state() == SendState.BROADCAST);
      assertThat(done.get(Act.NO)).isEqualTo("approval-refused".equals(after.reason()));
      // To cancel what is cancelled already is no refusal.
      assertThat(done.get(Act.CANCEL)).isEqualTo(after.state() == SendState.CANCELLED);
      ended(send);
    }
  }

  @Test
  @DisplayName("Fault 21: so do they with the end of its time and the removal of who is asked")
  void fault21SoDoTheyWithTheEndOfItsTimeAndTheApproversRemoval() throws Exception {
    sign(TestRules.none().approvals(0, 1, named(bob)));
    for (int round = 0; round < 10; round++) {
      SendView send = waits("request-" + round);
      Instant end =
          house.rooms.sends().heldUntil(ada.accountId, ada.walletId, send.sendId()).orElseThrow();
      house.pass(Duration.between(house.clock.instant(), end).minusSeconds(1));
      Map<Act, Runnable> acts = new EnumMap<>(Act.class);
      acts.put(Act.YES, vote(bob, send, bob.code(), true));
      acts.put(Act.NO, vote(bob, send, bob.recovery.get(round), false));
      acts.put(Act.CANCEL, cancel(send));
      acts.put(
          Act.EXPIRY,
          () -> {
            house.clock.forward(Duration.ofSeconds(1));
            house.rooms.follower().lookAfterDue();
          });
      acts.put(Act.REMOVAL, removal(ada.code()));
      Map<Act, Boolean> done =
          race(acts, round, Token.SEND_NOT_PENDING, Token.SEND_EXPIRED, Token.NOT_FOUND);
      SendView after = look(send);
      String why = after.reason() == null ? "" : after.reason();
      assertThat(after.state())
          .isEqualTo(
              done.get(Act.YES)
                  ? SendState.BROADCAST
                  : why.equals("approval-expired") ? SendState.EXPIRED : SendState.CANCELLED);
      assertThat(done.get(Act.NO)).isEqualTo(why.equals("approval-refused"));
      assertThat(done.get(Act.CANCEL)).isEqualTo(after.state() == SendState.CANCELLED);
      assertThat(done.get(Act.REMOVAL)).isTrue();
      assertThat(why).isIn("", "approval-refused", "approval-expired", "approvers-too-few");
      ended(send);
      join(bob, MemberRole.APPROVER);
    }
  }

  @Test
  @DisplayName(
      "Fault 21: one person's yes, ten times at once, is one yes; and not the sender's own")
  void fault21OnePersonsYesManyTimesAtOnceIsOneYes() throws Exception {
    sign(TestRules.none().approvals(0, 2, named(ada), named(bob), named(cleo)));
    SendView send = waits("request-0");
    List<String> codes = bob.codes(10);
    List<Object> answers =
        Crowd.atOnce(
            10,
            i -> {
              vote(bob, send, codes.get(i), true).run();
              return "yes";
            });
    assertThat(answers.stream().filter("yes"::equals)).hasSize(1);
    assertThat(answers).contains(Token.ALREADY_DECIDED.token());
    Refused.with(Token.APPROVER_REFUSED, () -> vote(ada, send, ada.code(), true).run());
    assertThat(look(send).state()).isEqualTo(SendState.HELD);
    assertThat(house.rooms.coSigner().keyUses()).isZero();
    vote(cleo, send, cleo.code(), true).run();
    assertThat(look(send).state()).isEqualTo(SendState.BROADCAST);
    ended(send);
  }
}
