package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.trefoil.core.wire.SendRequest;
import org.trefoil.core.wire.SendState;
import org.trefoil.core.wire.SendView;
import org.trefoil.server.app.TestHouse.Person;
import org.trefoil.server.store.JdbiSendStore;
import org.trefoil.server.store.TestDatabase;

/** A send whose server stopped between the intent and the signature, or before the broadcast. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class InterruptedSendTest {
  @Parameter TestDatabase engine;

  private TestHouse house;
  private Person ada;
  private JdbiSendStore store;

  @BeforeEach
  void open() throws Exception {
    house = new TestHouse(engine.fresh(), null);
    ada = house.new Person(1);
    ada.receive(1_000_000);
    store = new JdbiSendStore(house.foundation.database());
  }

  @AfterEach
  void close() {
    house.close();
  }

  private SendView approvedOnly() {
    return TestSends.approvedOnly(house, ada, "request-a", 200_000);
  }

  private SendView view(SendView send) {
    return house.rooms.sends().view(ada.accountId, ada.walletId, send.sendId());
  }

  @Test
  void isSignedAndHandedOverWhenTheServerIsBack() {
    SendView send = approvedOnly();
    assertThat(view(send).state()).isEqualTo(SendState.SIGNED);
    assertThat(house.practice.mempool()).isEmpty();
    house.rooms.follower().lookAfterDue();
    SendView out = view(send);
    assertThat(out.state()).isEqualTo(SendState.BROADCAST);
    assertThat(house.practice.mempool()).containsExactly(out.txid());
    house.rooms.follower().lookAfterDue();
    assertThat(house.rooms.coSigner().keyUses()).isEqualTo(1);
  }

  @Test
  void keepsItsCoinsMeanwhile() {
    approvedOnly();
    assertThat(house.rooms.book().spendable(ada.accountId, ada.walletId).coins())
        .allMatch(coin -> coin.reserved());
    assertThat(house.rooms.wallets().view(ada.accountId, ada.walletId).balance().reserved())
        .isEqualTo(1_000_000);
  }

  /** Spends the same coin by another send, as the owner's backup key could at any time. */
  private void spendElsewhere(SendView first) {
    store.release(first.sendId());
    SendRequest other = ada.request("request-b", 300_000);
    SendView second = house.rooms.sends().propose(ada.accountId, ada.walletId, other);
    house.rooms.sends().confirm(ada.accountId, ada.walletId, second.sendId(), ada.code());
    house.mine(1);
    house.pass(Duration.ofMinutes(2));
    house.rooms.follower().lookAfterDue();
  }

  @Test
  void isNotSignedWhenItsCoinWentElsewhere() {
    SendView send = approvedOnly();
    spendElsewhere(send);
    assertThat(view(send).state()).isEqualTo(SendState.REJECTED);
    assertThat(view(send).reason()).isEqualTo("coins-taken");
    assertThat(house.rooms.coSigner().keyUses()).isEqualTo(1);
  }

  @Test
  void isReplacedWhenAnotherTransactionTookItsCoin() {
    SendView send = approvedOnly();
    house.rooms.follower().lookAfterDue();
    house.practice.rewind(0, Set.of(view(send).txid()));
    house.pass(Duration.ofSeconds(1));
    spendElsewhere(send);
    assertThat(view(send).state()).isEqualTo(SendState.REPLACED);
    assertThat(view(send).reason()).isNotBlank();
  }

  @Test
  void aCoinIsReservedOnce() {
    SendView send = approvedOnly();
    var taken = store.of(ada.walletId);
    assertThat(taken).hasSize(1);
    assertThat(store.reserve(ada.walletId, "another", taken)).isFalse();
    store.release(send.sendId());
    assertThat(store.of(ada.walletId)).isEmpty();
  }

  @Test
  void signedTwiceGivesTheSameBytes() {
    SendView send = approvedOnly();
    house.rooms.follower().lookAfterDue();
    byte[] first = store.find(send.sendId()).orElseThrow().rawTx();
    assertThat(first).isNotEmpty();
    assertThat(store.signed(send.sendId(), new byte[] {1}, house.clock.instant())).isFalse();
    assertThat(store.find(send.sendId()).orElseThrow().rawTx()).isEqualTo(first);
  }
}
