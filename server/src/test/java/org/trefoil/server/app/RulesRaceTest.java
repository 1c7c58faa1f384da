package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.trefoil.core.Token;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.policy.TestRules;
import org.trefoil.core.wire.PolicyDocument;
import org.trefoil.core.wire.SendState;
import org.trefoil.core.wire.SendView;
import org.trefoil.server.audit.AuditKind;
import org.trefoil.server.store.Invariants;

/** Fault 20: rules change while a send is confirmed; which of the two was first decides. */
class RulesRaceTest extends LosingKeysOnBoth {
  private static final int ROUNDS = 10;
  private static final long AMOUNT = 20_000;

  @AfterEach
  void invariants() {
    Invariants.hold(house.foundation.database());
  }

  private interface Act {
    Object run() throws Exception;
  }

  /** Both at once, the second one so many microseconds later; what each of them came to. */
  private static List<Object> race(Act first, Act second, int later) throws Exception {
    CyclicBarrier start = new CyclicBarrier(2);
    return Crowd.atOnce(
        2,
        i -> {
          start.await();
          if (i == 1) {
            TimeUnit.MICROSECONDS.sleep(later);
          }
          return (i == 0 ? first : second).run();
        });
  }

  private List<AuditKind> record(AuditKind... kinds) {
    return record(entry -> List.of(kinds).contains(AuditKind.of(entry.kind())));
  }

  private SendView next(int round) {
    ada.receive(1_000_000);
    return propose(ada.request("request-" + round + "-race", AMOUNT));
  }

  @Test
  @DisplayName("Fault 20: a send that races tighter rules is made under the old ones or refused")
  void fault20ASendThatRacesTighterRulesIsMadeBeforeThemOrRefused() throws Exception {
    int before = 0;
    int after = 0;
    for (int round = 0; round < ROUNDS; round++) {
      close();
      open(); // each round begins without rules
      SendView send = next(round);
      String code = ada.code();
      PolicyDocument tighter = document(TestRules.none().perSend(AMOUNT / 2), 0, KeyRole.USER);
      String other = ada.recovery.get(0);
      Act signs =
          () -> {
            sign(tighter, other);
            return "signed";
          };
      int later = round % 5 * 1_500;
      List<Object> answers =
          round % 2 == 0
              ? race(signs, () -> confirm(send, code), later)
              : race(() -> confirm(send, code), signs, later);
      Object sent = answers.get(round % 2 == 0 ? 1 : 0);
      assertThat(answers.get(round % 2 == 0 ? 0 : 1)).isEqualTo("signed");
      List<AuditKind> order = record(AuditKind.RULES_CHANGED, AuditKind.SEND_APPROVED);
      if (sent instanceof SendView) {
        assertThat(look(send).state()).isEqualTo(SendState.BROADCAST);
        assertThat(order).containsExactly(AuditKind.SEND_APPROVED, AuditKind.RULES_CHANGED);
        before++;
      } else {
        assertThat(sent).isEqualTo(Token.LIMIT_PER_SEND.token());
        assertThat(order).containsExactly(AuditKind.RULES_CHANGED);
        assertThat(house.rooms.coSigner().keyUses()).isZero();
        assertThat(house.practice.mempool()).isEmpty();
        after++;
      }
      SendView late = next(100 + round);
      Refused.with(Token.LIMIT_PER_SEND, () -> confirm(late, ada.code()));
      Invariants.hold(house.foundation.database());
    }
    assertThat(before + after).isEqualTo(ROUNDS);
  }

  @Test
  @DisplayName("Fault 20: looser rules signed meanwhile let no send through before their delay")
  void fault20ASendThatRacesLooserRulesIsHeldToTheOldOnes() throws Exception {
    sign(TestRules.none().perSend(AMOUNT / 2));
    for (int round = 0; round < ROUNDS; round++) {
      SendView send = next(round);
      String code = ada.code();
      long begin = house.clock.instant().plus(Duration.ofHours(48)).getEpochSecond();
      PolicyDocument looser = document(TestRules.none().perSend(AMOUNT * 2), begin, KeyRole.USER);
      String other = ada.code();
      List<Object> answers =
          race(
              () -> {
                sign(looser, other);
                return "signed";
              },
              () -> confirm(send, code),
              round * 1_000);
      assertThat(answers)
          .allMatch(
              answer ->
                  List.of("signed", Token.LIMIT_PER_SEND.token(), Token.CODE_USED.token())
                      .contains(answer));
      assertThat(look(send).state()).isEqualTo(SendState.NEEDS_FACTOR);
      if (answers.get(0).equals("signed")) {
        house.rooms.rulebook().cancel(ada.accountId, ada.walletId);
      }
    }
    assertThat(house.rooms.coSigner().keyUses()).isZero();
    assertThat(house.practice.mempool()).isEmpty();
  }

  @Test
  @DisplayName("Fault 20: a send that races a stop is made before it or refused")
  void fault20ASendThatRacesAStopIsMadeBeforeItOrRefused() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      close();
      open();
      SendView send = next(round);
      String code = ada.code();
      Object sent =
          race(
                  () -> {
                    house.rooms.rulebook().freeze(ada.accountId, ada.walletId);
                    return "stopped";
                  },
                  () -> confirm(send, code),
                  round * 800)
              .get(1);
      List<AuditKind> order = record(AuditKind.WALLET_FROZEN, AuditKind.SEND_APPROVED);
      if (sent instanceof SendView) {
        assertThat(order).containsExactly(AuditKind.SEND_APPROVED, AuditKind.WALLET_FROZEN);
      } else {
        assertThat(sent).isEqualTo(Token.WALLET_FROZEN.token());
        assertThat(order).containsExactly(AuditKind.WALLET_FROZEN);
        assertThat(house.rooms.coSigner().keyUses()).isZero();
      }
      SendView late = next(100 + round);
      Refused.with(Token.WALLET_FROZEN, () -> confirm(late, ada.code()));
    }
  }
}
