package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trefoil.core.Token;
import org.trefoil.core.wire.Balance;
import org.trefoil.core.wire.SendRequest;
import org.trefoil.core.wire.SendState;
import org.trefoil.core.wire.SendView;
import org.trefoil.server.app.TestHouse.Person;
import org.trefoil.server.chain.BroadcastOutcome;
import org.trefoil.server.chain.ChainHealth;
import org.trefoil.server.store.Invariants;
import org.trefoil.server.store.JdbiSendStore;
import org.trefoil.server.store.TestDatabase;

/** Faults 12 to 17: a chain that is slow, lies, is away, refuses, moves back, or says all twice. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class ChainFaultsTest {
  private static final long RECEIVED = 1_000_000;
  private static final long AMOUNT = 200_000;

  @Parameter TestDatabase engine;

  private TestHouse house;
  private Person ada;
  private FaultyChain chain;
  private TestSends room;
  private JdbiSendStore store;

  @BeforeEach
  void open() throws Exception {
    house = new TestHouse(engine.fresh(), null);
    ada = house.new Person(1);
    ada.receive(RECEIVED);
    chain = new FaultyChain(house.rooms.chain().index());
    room = TestSends.on(house, chain.index());
    store = new JdbiSendStore(house.foundation.database());
  }

  @AfterEach
  void close() {
    Invariants.hold(house.foundation.database());
    house.close();
  }

  private SendView propose() {
    return room.sends().propose(ada.accountId, ada.walletId, ada.request("request-a", AMOUNT));
  }

  private SendView confirm(SendView send) {
    return room.sends().confirm(ada.accountId, ada.walletId, send.sendId(), ada.code());
  }

  private SendView view(SendView send) {
    return room.sends().view(ada.accountId, ada.walletId, send.sendId());
  }

  private void later(Duration time) {
    house.pass(time);
    room.follower().lookAfterDue();
  }

  private Balance balance() {
    return house.rooms.wallets().view(ada.accountId, ada.walletId).balance();
  }

  private long debited() {
    return store.approvals(ada.walletId, house.clock.instant().minus(Duration.ofDays(1))).spent();
  }

  @Test
  @DisplayName("Fault 12: the node took it and did not say so; handing it over again is success")
  void fault12ATimeoutAfterTheNodeAcceptedIsNoFailure() {
    chain.answer(
        raw -> {
          house.practice.broadcast(raw);
          return new BroadcastOutcome.Unreachable("timed out");
        });
    SendView send = confirm(propose());
    assertThat(send.state()).isEqualTo(SendState.SIGNED);
    byte[] first = store.find(send.sendId()).orElseThrow().rawTx();
    later(Duration.ofSeconds(3));
    assertThat(view(send).state()).isEqualTo(SendState.BROADCAST);
    chain.mend();
    later(Duration.ofMinutes(2));
    assertThat(view(send).state()).isEqualTo(SendState.BROADCAST);
    assertThat(house.practice.mempool()).containsExactly(send.txid());
    assertThat(store.find(send.sendId()).orElseThrow().rawTx()).isEqualTo(first);
    assertThat(house.rooms.coSigner().keyUses()).isEqualTo(1);
  }

  @Test
  @DisplayName("Fault 13: what the node does not want is told, and its coins and debit come back")
  void fault13ARefusedTransactionGivesItsCoinsBack() {
    chain.answer(raw -> new BroadcastOutcome.Rejected("min relay fee not met"));
    SendView send = confirm(propose());
    assertThat(view(send).state()).isEqualTo(SendState.REJECTED);
    assertThat(view(send).reason()).isEqualTo("min relay fee not met");
    assertThat(store.of(ada.walletId)).isEmpty();
    assertThat(debited()).isZero();
    chain.mend();
    later(Duration.ofHours(1));
    assertThat(house.practice.mempool()).isEmpty();
  }

  @Test
  @DisplayName("Fault 13: forgotten and then refused: others may have it, so it stays as it is")
  void fault13WhatTheNetworkHadOnceIsNotGivenUp() {
    SendView send = confirm(propose());
    assertThat(view(send).state()).isEqualTo(SendState.BROADCAST);
    Set<org.trefoil.core.coins.Outpoint> held = store.of(ada.walletId);
    house.practice.rewind(0, Set.of(send.txid()));
    chain.answer(raw -> new BroadcastOutcome.Rejected("mempool min fee not met"));
    later(Duration.ofMinutes(2));
    later(Duration.ofMinutes(2));
    assertThat(view(send).state()).isEqualTo(SendState.BROADCAST);
    assertThat(store.of(ada.walletId)).isEqualTo(held);
    assertThat(debited()).isEqualTo(AMOUNT + send.fee());
    chain.mend();
    later(Duration.ofMinutes(2));
    assertThat(house.practice.mempool()).containsExactly(send.txid());
  }

  @Test
  @DisplayName("Fault 13: handed over without an answer, then refused: others may have it as well")
  void fault13WhatTheNodeMayHaveTakenIsNotGivenUp() {
    chain.answer(raw -> new BroadcastOutcome.Unreachable("timed out"));
    SendView send = confirm(propose());
    Set<org.trefoil.core.coins.Outpoint> held = store.of(ada.walletId);
    chain.answer(raw -> new BroadcastOutcome.Rejected("mempool min fee not met"));
    later(Duration.ofMinutes(2));
    later(Duration.ofMinutes(2));
    assertThat(view(send).state()).isEqualTo(SendState.SIGNED);
    assertThat(store.of(ada.walletId)).isNotEmpty().isEqualTo(held);
    assertThat(debited()).isEqualTo(AMOUNT + send.fee());
    chain.mend();
    later(Duration.ofMinutes(2));
    assertThat(view(send).state()).isEqualTo(SendState.BROADCAST);
    assertThat(house.practice.mempool()).containsExactly(send.txid());
  }

  @Test
  @DisplayName("Fault 13: refused because its coin's maker is gone: kept, and handed over again")
  void fault13ALostParentKeepsTheReservation() {
    chain.answer(raw -> new BroadcastOutcome.Unreachable("away"));
    SendView send = confirm(propose());
    Set<org.trefoil.core.coins.Outpoint> held = store.of(ada.walletId);
    String deposit = held.iterator().next().txid();
    byte[] raw = house.rooms.chain().index().previousTransactions(ada.walletId).get(deposit);
    house.practice.rewind(1, Set.of(deposit));
    house.mine(2);
    chain.mend();
    later(Duration.ofMinutes(2));
    assertThat(view(send).state()).isEqualTo(SendState.SIGNED);
    assertThat(store.of(ada.walletId)).isEqualTo(held);
    assertThat(debited()).isEqualTo(AMOUNT + send.fee());
    house.practice.broadcast(raw);
    house.mine(1);
    later(Duration.ofMinutes(10));
    assertThat(view(send).state()).isEqualTo(SendState.BROADCAST);
  }

  @ParameterizedTest
  @EnumSource(names = "FINE", mode = EnumSource.Mode.EXCLUDE)
  @DisplayName("Fault 14: nothing is proposed or signed on a chain that is not well, no code used")
  void fault14NothingIsSignedOnAChainThatIsNotWell(ChainHealth.State state) {
    SendView waiting = propose();
    chain.be(state);
    Refused.with(
        state.word(),
        Token.CHAIN_UNAVAILABLE,
        () -> room.sends().propose(ada.accountId, ada.walletId, ada.request("request-b", AMOUNT)));
    String code = ada.code();
    Refused.with(
        Token.CHAIN_UNAVAILABLE,
        () -> room.sends().confirm(ada.accountId, ada.walletId, waiting.sendId(), code));
    assertThat(house.rooms.coSigner().keyUses()).isZero();
    chain.mend();
    assertThat(room.sends().confirm(ada.accountId, ada.walletId, waiting.sendId(), code).state())
        .isEqualTo(SendState.BROADCAST);
  }

  @Test
  @DisplayName("Fault 14: what was signed waits for a node that is away, and is not given up")
  void fault14WhatIsSignedWaitsForTheNode() {
    chain.answer(
        raw -> {
          chain.be(ChainHealth.State.UNREACHABLE);
          return new BroadcastOutcome.Unreachable("half open");
        });
    SendView send = confirm(propose());
    for (int i = 0; i < 20; i++) {
      later(Duration.ofMinutes(6));
    }
    chain.answer(raw -> new BroadcastOutcome.Rejected("a node of another chain says no"));
    later(Duration.ofMinutes(6));
    assertThat(view(send).state()).isEqualTo(SendState.SIGNED);
    assertThat(store.of(ada.walletId)).isNotEmpty();
    chain.mend();
    later(Duration.ofMinutes(6));
    assertThat(view(send).state()).isEqualTo(SendState.BROADCAST);
    assertThat(house.practice.mempool()).containsExactly(send.txid());
  }

  @Test
  @DisplayName("Fault 14: a node that hangs is asked to take one transaction, not all that wait")
  void fault14ANodeThatHangsIsAskedOnceARound() {
    for (int i = 0; i < 3; i++) {
      ada.receive(RECEIVED);
    }
    AtomicInteger asked = new AtomicInteger();
    chain.answer(
        raw -> {
          asked.incrementAndGet();
          return new BroadcastOutcome.Unreachable("half open");
        });
    List<SendView> sends = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      String id = "request-" + i;
      SendRequest request = ada.request(id, 900_000);
      sends.add(confirm(room.sends().propose(ada.accountId, ada.walletId, request)));
    }
    chain.be(ChainHealth.State.UNREACHABLE);
    asked.set(0);
    later(Duration.ofMinutes(10));
    assertThat(asked.get()).isEqualTo(1);
    room.follower().lookAfterDue();
    assertThat(asked.get()).as("another one in the next round").isEqualTo(2);
    chain.mend();
    later(Duration.ofMinutes(10));
    assertThat(sends).allMatch(send -> view(send).state() == SendState.BROADCAST);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 10})
  @DisplayName("Fault 15: a reorganisation drops the payment; it goes out again")
  void fault15APaymentThatIsDroppedIsHandedOverAgain(int depth) {
    SendView send = confirm(propose());
    for (int i = 0; i < depth; i++) {
      mine();
    }
    assertThat(view(send).confirmations()).isEqualTo(depth);
    house.practice.rewind(depth, Set.of(send.txid()));
    for (int i = 0; i <= depth; i++) {
      mine();
    }
    assertThat(view(send).confirmations()).isZero();
    assertThat(view(send).state()).isEqualTo(SendState.BROADCAST);
    assertThat(balance().reserved()).as("its coins are not free for another one").isPositive();
    later(Duration.ofMinutes(2));
    assertThat(house.practice.mempool()).containsExactly(send.txid());
    for (int i = 0; i < 7; i++) {
      mine();
    }
    assertThat(view(send).confirmations()).isEqualTo(7);
    assertThat(view(send).state()).isEqualTo(SendState.CONFIRMED);
    assertThat(balance().confirmed()).isEqualTo(RECEIVED - AMOUNT - send.fee());
    assertThat(debited()).isEqualTo(AMOUNT + send.fee());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 6})
  @DisplayName("Fault 15: a deposit that a reorganisation takes away is no longer there")
  void fault15ADepositThatVanishesIsTakenBack(int depth) {
    String deposit = house.practice.faucet(address(), new org.trefoil.core.units.Sats(70_000));
    for (int i = 0; i < depth; i++) {
      mine();
    }
    assertThat(balance().confirmed()).isEqualTo(RECEIVED + 70_000);
    house.practice.rewind(depth, Set.of(deposit));
    for (int i = 0; i <= depth; i++) {
      mine();
    }
    assertThat(balance()).isEqualTo(new Balance(RECEIVED, 0, 0));
    assertThat(house.rooms.book().history(ada.accountId, ada.walletId, null).items())
        .noneMatch(item -> item.txid().equals(deposit));
  }

  @Test
  @DisplayName("Fault 17: news that come twice, late, or not at all change nothing")
  void fault17NewsThatComeTwiceChangeNothing() {
    SendView send = confirm(propose());
    house.practice.mine(); // and nobody is told
    room.follower().walletsChanged(Set.of(ada.walletId));
    room.follower().tipChanged();
    assertThat(view(send).state()).isEqualTo(SendState.BROADCAST);
    house.rooms.chain().follower().catchUp();
    for (int i = 0; i < 3; i++) {
      room.follower().tipChanged();
      room.follower().walletsChanged(Set.of(ada.walletId));
      house.rooms.chain().follower().catchUp();
      room.follower().lookAfterDue();
      assertThat(view(send).state()).isEqualTo(SendState.CONFIRMED);
      assertThat(view(send).confirmations()).isEqualTo(1);
    }
    assertThat(house.rooms.coSigner().keyUses()).isEqualTo(1);
    assertThat(balance().confirmed()).isEqualTo(RECEIVED - AMOUNT - send.fee());
  }

  private org.trefoil.core.address.Address address() {
    return org.trefoil.core.address.Address.parse(
        house.rooms.wallets().anotherAddress(ada.accountId, ada.walletId).address(),
        org.trefoil.core.units.Network.REGTEST);
  }

  private void mine() {
    house.practice.mine();
    house.rooms.chain().follower().catchUp();
    room.follower().tipChanged();
  }
}
