package org.trefoil.server.app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.SendRequest;
import org.trefoil.core.wire.SendView;
import org.trefoil.core.wire.Spendable;
import org.trefoil.core.wire.SpendableCoin;
import org.trefoil.server.app.TestHouse.Person;
import org.trefoil.server.chain.practice.PracticeChain;
import org.trefoil.server.jobs.Clockwork;
import org.trefoil.server.store.Database;
import org.trefoil.server.store.Invariants;
import org.trefoil.server.store.JdbiPracticeStore;
import org.trefoil.server.store.ThrowawayPostgres;

/**
 * Several servers on one PostgreSQL, each with its own connections and rooms, over one node; Ada
 * has an account and a wallet there.
 */
abstract class SeveralServers {
  static final Duration PATIENCE = Duration.ofSeconds(10);

  final TestClock clock = new TestClock();
  final List<TestHouse> houses = new ArrayList<>();
  final Sats limit;
  Person ada;
  private final int servers;
  private Database nodesOwn;

  SeveralServers(int servers, Sats limit) {
    this.servers = servers;
    this.limit = limit;
  }

  @BeforeEach
  void open() {
    ThrowawayPostgres postgres = ThrowawayPostgres.shared();
    String url = postgres.freshSchema();
    nodesOwn = Database.inMemory("node-" + System.nanoTime());
    PracticeChain node = PracticeChain.open(new JdbiPracticeStore(nodesOwn), clock);
    for (int i = 0; i < servers; i++) {
      TestHouse house = new TestHouse(postgres.open(url), node, clock, limit);
      house.rooms.address().servedOn(8080);
      houses.add(house);
    }
    ada = at(0).new Person(1);
  }

  @AfterEach
  void close() {
    Invariants.hold(at(servers - 1).foundation.database());
    for (int i = servers - 1; i >= 0; i--) {
      at(i).close();
    }
    nodesOwn.close();
  }

  /** One of them; the numbers go round. */
  TestHouse at(int number) {
    return houses.get(number % houses.size());
  }

  SendView propose(TestHouse at, SendRequest request) {
    return at.rooms.sends().propose(ada.accountId, ada.walletId, request);
  }

  SendView confirm(TestHouse at, SendView send, String code) {
    return at.rooms.sends().confirm(ada.accountId, ada.walletId, send.sendId(), code);
  }

  /** A send of this coin alone. */
  SendRequest ofOneCoin(Spendable all, SpendableCoin coin, String requestId, long sats) {
    Spendable one =
        new Spendable(
            List.of(coin), all.fees(), all.changeIndex(), all.tipHeight(), all.lockTime());
    return ada.vault.send(ada.cosigners, one, requestId, TestHouse.ELSEWHERE, sats);
  }

  long keyUses() {
    return houses.stream().mapToLong(house -> house.rooms.coSigner().keyUses()).sum();
  }

  static long count(List<Object> answers, Object one) {
    return answers.stream().filter(one::equals).count();
  }

  static ChainNews news(TestHouse house) {
    return new ChainNews(
        new Clockwork("news"), house.rooms.follower(), house.rooms.live(), house.rooms.payments());
  }
}
