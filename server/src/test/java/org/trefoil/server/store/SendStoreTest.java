package org.trefoil.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.wire.RecipientLine;
import org.trefoil.core.wire.SendKind;
import org.trefoil.server.account.NoticeStore.Payment;
import org.trefoil.server.policy.RulesAt;
import org.trefoil.server.spend.SendRecord;
import org.trefoil.server.spend.SendStage;
import org.trefoil.server.spend.SendStore;

class SendStoreTest extends StoreContract {
  private static final RulesAt RULES = new RulesAt(2, 5);
  private static final byte[] SEAL = {1};
  private static final Outpoint COIN = new Outpoint("c".repeat(64), 0);
  private static final Outpoint OTHER = new Outpoint("c".repeat(64), 1);

  private final SendStore store = new JdbiSendStore(database);

  SendStoreTest(TestDatabase engine) {
    super(engine);
  }

  @BeforeEach
  void fill() {
    accounts();
    new JdbiWalletStore(database).add(draft(WALLET, "request-1"));
  }

  private static SendRecord send(String sendId, String requestId, Instant at) {
    return new SendRecord(
        sendId,
        WALLET,
        requestId,
        bytes(1),
        SendStage.NEEDS_FACTOR,
        bytes(2),
        bytes(3),
        List.of("one", "two", "three", "four"),
        "d".repeat(64),
        107,
        List.of(new RecipientLine("address", 200_000)),
        false,
        2_000,
        200_000,
        1_000,
        null,
        "note",
        at,
        at.plusSeconds(900),
        null,
        0,
        null,
        null,
        SendKind.PAYMENT,
        null,
        null,
        List.of("user"),
        0,
        ADA);
  }

  @Test
  void aRequestIsOneSendAlsoWhenItComesFiftyTimes() throws Exception {
    AtomicInteger number = new AtomicInteger();
    int added =
        atOnce(
            50,
            () ->
                database.run(
                    () -> store.add(send("s" + number.incrementAndGet(), "request-a", NOW))));
    assertThat(added).isEqualTo(1);
    assertThat(store.list(WALLET, 10)).hasSize(1);
    SendRecord kept = store.byRequest(WALLET, "request-a").orElseThrow();
    assertThat(kept.recipients()).containsExactly(new RecipientLine("address", 200_000));
    assertThat(kept.digestWords()).containsExactly("one", "two", "three", "four");
    assertThat(kept.change()).isNull();
    assertThat(kept.psbt()).isEqualTo(bytes(2));
  }

  @Test
  void aStageIsLeftOnceHoweverManyWantTo() throws Exception {
    store.add(send("s1", "request-a", NOW));
    assertThat(store.signed("s1", bytes(9), NOW)).isFalse();
    assertThat(atOnce(20, () -> store.approve("s1", NOW, NOW.plusSeconds(10), RULES, SEAL)))
        .isEqualTo(1);
    assertThat(store.due(NOW, 10)).isEmpty();
    assertThat(store.due(NOW.plusSeconds(10), 10)).hasSize(1);
    assertThat(store.signed("s1", bytes(9), NOW)).isTrue();
    assertThat(store.signed("s1", bytes(8), NOW)).isFalse();
    store.tried("s1", NOW.plusSeconds(60));
    SendRecord send = store.find("s1").orElseThrow();
    assertThat(send.rawTx()).isEqualTo(bytes(9));
    assertThat(send.tries()).isEqualTo(1);
    assertThat(send.nextTryAt()).isEqualTo(NOW.plusSeconds(60));
    assertThat(store.live(List.of(WALLET))).hasSize(1);
    assertThat(store.live(List.of("another"))).isEmpty();
    assertThat(new JdbiNoticeStore(database).out(List.of("s1", "s2")))
        .containsExactly(new Payment(send.walletId(), ADA, "Savings", send.txid(), send.cost()));
    EnumSet<SendStage> signed = EnumSet.of(SendStage.SIGNED);
    assertThat(store.move("s1", signed, SendStage.CONFIRMED, null, "why")).isTrue();
    assertThat(store.move("s1", signed, SendStage.CONFIRMED, null, null)).isFalse();
    assertThat(store.live()).isEmpty();
    assertThat(store.find("s1").orElseThrow().reason()).isEqualTo("why");
  }

  @Test
  void aCoinIsHeldByOneSendAndASetOfCoinsAsAWhole() throws Exception {
    AtomicInteger number = new AtomicInteger();
    for (int i = 1; i <= 20; i++) {
      store.add(send("s" + i, "request-" + i, NOW));
    }
    int held =
        atOnce(20, () -> store.reserve(WALLET, "s" + number.incrementAndGet(), List.of(COIN)));
    assertThat(held).isEqualTo(1);
    for (int i = 1; i <= 20; i++) { // also for the one that holds it
      assertThat(store.reserve(WALLET, "s" + i, List.of(OTHER, COIN))).isFalse();
      assertThat(store.of(WALLET)).containsExactly(COIN);
    }
    for (int i = 1; i <= 20; i++) {
      store.release("s" + i);
    }
    assertThat(store.of(WALLET)).isEmpty();
    assertThat(store.reserve(WALLET, "s2", List.of(OTHER, COIN))).isTrue();
  }

  @Test
  void aTransactionGoesOnAfterACoinWasTaken() {
    store.add(send("s1", "request-a", NOW));
    store.add(send("s2", "request-b", NOW));
    store.reserve(WALLET, "s1", List.of(COIN));
    boolean approved =
        database.run(
            () -> {
              assertThat(store.reserve(WALLET, "s2", List.of(COIN))).isFalse();
              return store.approve("s2", NOW, NOW, RULES, SEAL);
            });
    assertThat(approved).isTrue();
    assertThat(store.find("s2").orElseThrow().stage()).isEqualTo(SendStage.APPROVED);
  }

  @Test
  void whatWasApprovedSinceIsSummedAndTheRefusedIsNot() {
    store.add(send("s1", "request-a", NOW));
    store.add(send("s2", "request-b", NOW));
    assertThat(store.approvals(WALLET, NOW.minusSeconds(60)).spent()).isZero();
    store.approve("s1", NOW, NOW, RULES, SEAL);
    store.approve("s2", NOW.minusSeconds(30), NOW, RULES, SEAL);
    assertThat(store.approvals(WALLET, NOW.minusSeconds(60)).spent()).isEqualTo(402_000);
    assertThat(store.approvals(WALLET, NOW.minusSeconds(10)).spent()).isEqualTo(201_000);
    store.move("s1", EnumSet.of(SendStage.APPROVED), SendStage.REJECTED, null, null);
    assertThat(store.approvals(WALLET, NOW.minusSeconds(60)).spent()).isEqualTo(201_000);
  }

  @Test
  void whatNobodyConfirmedExpires() {
    store.add(send("s1", "request-a", NOW));
    store.add(send("s2", "request-b", NOW.plusSeconds(60)));
    store.reserve(WALLET, "s1", List.of(COIN));
    store.reserve(WALLET, "s2", List.of(OTHER));
    assertThat(store.heldBy("s1")).containsExactly(COIN);
    Instant later = NOW.plusSeconds(900);
    assertThat(store.over(later)).extracting(SendStore.Overdue::sendId).containsExactly("s1");
    assertThat(store.expire("s1", later)).isTrue();
    assertThat(store.expire("s1", later)).isFalse();
    assertThat(store.expire("s2", later)).isFalse();
    assertThat(store.of(WALLET)).containsExactly(OTHER);
    assertThat(store.find("s1").orElseThrow().stage()).isEqualTo(SendStage.EXPIRED);
    assertThat(store.list(WALLET, 1)).extracting(SendRecord::sendId).containsExactly("s2");
  }

  @Test
  void aNonceIsSeenOverOneMessageAlsoWithinATransaction() throws Exception {
    AtomicInteger message = new AtomicInteger();
    int taken =
        atOnce(
            10,
            () -> database.run(() -> store.noteNonce(bytes(7), bytes(message.incrementAndGet()))));
    assertThat(taken).isEqualTo(1);
    assertThat(database.run(() -> store.noteNonce(bytes(8), bytes(1)))).isTrue();
    assertThat(database.run(() -> store.noteNonce(bytes(8), bytes(1)))).isTrue();
    assertThat(database.run(() -> store.noteNonce(bytes(8), bytes(2)))).isFalse();
  }
}
