package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.trefoil.core.Token;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.Json;
import org.trefoil.core.wire.SendState;
import org.trefoil.core.wire.SendView;
import org.trefoil.server.app.TestHouse.Person;
import org.trefoil.server.chain.BadLine;
import org.trefoil.server.chain.BadLine.Way;
import org.trefoil.server.chain.ChainHealth;
import org.trefoil.server.chain.ChainSource;
import org.trefoil.server.chain.RegtestNode;
import org.trefoil.server.chain.bitcoind.BitcoindChain;
import org.trefoil.server.chain.bitcoind.NodeLogin;
import org.trefoil.server.chain.practice.PracticeChain;
import org.trefoil.server.store.Database;
import org.trefoil.server.store.Invariants;
import org.trefoil.server.store.JdbiPracticeStore;
import org.trefoil.server.store.JdbiSendStore;
import org.trefoil.server.store.TestDatabase;
import org.trefoil.server.store.Waiting;

/** Faults 12 and 14 on a real node behind a bad line: the whole house, from page to broadcast. */
@Timeout(60)
@ParameterizedClass
@EnumSource(TestDatabase.class)
class HangingNodeTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SOON = Duration.ofSeconds(10);

  /** Far less than a node may take, and enough for a busy machine. */
  private static final Duration AT_ONCE = Duration.ofSeconds(3);

  private final TestClock clock = new TestClock();
  private RegtestNode node;
  private BadLine line;
  private BitcoindChain chain;
  @Parameter TestDatabase engine;

  private TestHouse house;
  private Person ada;
  private ServedHouse served;
  private String cookie = "";

  private void open(Duration patience) throws Exception {
    node = RegtestNode.start();
    line = new BadLine(node.rpc());
    NodeLogin login = NodeLogin.password("rt", "rt");
    chain =
        new BitcoindChain(
            Network.REGTEST, line.address(), login, null, InstantSource.system(), patience);
    house = new TestHouse(engine.fresh(), chain, clock, null);
    ada = house.new Person(1);
    String address = house.rooms.wallets().anotherAddress(ada.accountId, ada.walletId).address();
    node.cli("generatetoaddress", "2", address);
    node.cli("generatetoaddress", "100", TestHouse.ELSEWHERE);
    house.rooms.chain().follower().catchUp();
    house.rooms.chain().follower().start();
    served = new ServedHouse(house);
    cookie =
        ServedHouse.cookie(house.rooms.sessions().open(ada.accountId, true, "Firefox", "").token());
  }

  @AfterEach
  void close() throws Exception {
    if (house != null) {
      Invariants.hold(house.foundation.database());
    }
    for (AutoCloseable each : new AutoCloseable[] {line, served, house, node}) {
      if (each != null) {
        each.close();
      }
    }
  }

  private SendView propose(String request) {
    return house.rooms.sends().propose(ada.accountId, ada.walletId, ada.request(request, 200_000));
  }

  private SendView confirm(SendView send, String code) {
    return house.rooms.sends().confirm(ada.accountId, ada.walletId, send.sendId(), code);
  }

  private SendView view(SendView send) {
    return house.rooms.sends().view(ada.accountId, ada.walletId, send.sendId());
  }

  private int status(HttpRequest.Builder request) throws Exception {
    return served.answer(request.timeout(SOON)).statusCode();
  }

  private int get(String path) throws Exception {
    return status(served.request(path).header("Cookie", cookie));
  }

  private int signIn() throws Exception {
    return status(
        served.call(
            "/api/account/signin",
            Json.object().put("email", "p1@example.org").put("proof", TestHouse.proof(1)).json()));
  }

  private interface Asking {
    int status() throws Exception;
  }

  private static void answersAtOnce(String what, Asking asking) throws Exception {
    long from = System.nanoTime();
    assertThat(asking.status()).as(what).isEqualTo(200);
    assertThat(Duration.ofNanos(System.nanoTime() - from)).as(what).isLessThan(AT_ONCE);
  }

  @Test
  @DisplayName("Fault 14: no page, no sign-in and no call waits for a node that hangs")
  void fault14NobodyWaitsForANodeThatHangs() throws Exception {
    open(LONG);
    String wallet = "/wallets/" + ada.walletId;
    List<String> paths =
        List.of(
            "/",
            "/wallets",
            wallet,
            wallet + "/receive",
            wallet + "/send",
            wallet + "/addresses",
            "/account",
            "/healthz",
            "/api" + wallet,
            "/api" + wallet + "/history",
            "/api" + wallet + "/spendable");
    for (String path : paths) {
      assertThat(get(path)).as(path).isEqualTo(200); // warm
    }
    line.be(Way.SILENT);
    line.awaitSwallowed(); // the follower waits for the node
    for (String path : paths) {
      answersAtOnce(path, () -> get(path));
    }
    answersAtOnce("sign-in", this::signIn);
    List<Object> crowd =
        Crowd.atOnce(
            20,
            i -> {
              answersAtOnce("a crowd", () -> get("/api" + wallet + "/spendable"));
              return true;
            });
    assertThat(crowd).hasSize(20);
  }

  @Test
  @DisplayName("Fault 14: a send is answered soon, goes out when the node is well, and once")
  void fault14ASendIsAnsweredSoonAndGoesOutLater() throws Exception {
    open(LONG);
    SendView send = propose("request-a");
    line.be(Way.SILENT);
    line.awaitSwallowed();
    long from = System.nanoTime();
    assertThat(confirm(send, ada.recovery.get(0)).state()).isEqualTo(SendState.SIGNED);
    assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(SOON);
    assertThat(node.cli("getrawmempool")).doesNotContain(view(send).txid());
    line.be(Way.WHOLE);
    Waiting.until(
        SOON,
        () -> {
          clock.forward(Duration.ofSeconds(3));
          house.rooms.follower().lookAfterDue();
          return view(send).state() == SendState.BROADCAST;
        });
    assertThat(node.cli("getrawmempool")).contains(view(send).txid());
    assertThat(house.rooms.coSigner().keyUses()).isEqualTo(1);
  }

  @Test
  @DisplayName("Fault 14: nothing is signed on what a hanging node said long ago; it mends itself")
  void fault14NothingIsSignedOnAStaleTipAndItMendsItself() throws Exception {
    open(Duration.ofSeconds(1));
    SendView send = propose("request-a");
    line.be(Way.SILENT);
    Waiting.until(
        SOON, () -> house.rooms.chain().index().health().state() == ChainHealth.State.UNREACHABLE);
    Refused.with(Token.CHAIN_UNAVAILABLE, () -> propose("request-b"));
    Refused.with(Token.CHAIN_UNAVAILABLE, () -> confirm(send, ada.recovery.get(0)));
    assertThat(house.rooms.coSigner().keyUses()).isZero();
    line.be(Way.WHOLE);
    Waiting.until(SOON, () -> house.rooms.chain().index().health().fine());
    assertThat(confirm(send, ada.recovery.get(0)).state())
        .as("the code was not used up")
        .isEqualTo(SendState.BROADCAST);
  }

  @Test
  @DisplayName("Fault 14: what a slow chain said is as old as its first word, not as its last")
  void fault14WhatASlowChainSaidIsAsOldAsItsFirstWord() {
    Database own = Database.inMemory("slow-" + System.nanoTime());
    PracticeChain practice = PracticeChain.open(new JdbiPracticeStore(own), clock);
    AtomicReference<Duration> delay = new AtomicReference<>(Duration.ZERO);
    ChainSource slow =
        (ChainSource)
            Proxy.newProxyInstance(
                ChainSource.class.getClassLoader(),
                new Class<?>[] {ChainSource.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("mempool")) {
                    clock.forward(delay.get());
                  }
                  return method.invoke(practice, arguments);
                });
    try (TestHouse here = new TestHouse(own, slow, clock, null)) {
      assertThat(here.rooms.chain().index().health()).isEqualTo(ChainHealth.FINE);
      delay.set(Duration.ofMinutes(2));
      here.rooms.chain().follower().catchUp();
      assertThat(here.rooms.chain().index().health().state())
          .isEqualTo(ChainHealth.State.UNREACHABLE);
      delay.set(Duration.ZERO);
      here.rooms.chain().follower().catchUp();
      assertThat(here.rooms.chain().index().health()).isEqualTo(ChainHealth.FINE);
    }
  }

  @Test
  @DisplayName("Fault 12: the node took it and the line broke in its answer: one transaction")
  void fault12TheNodeTookItAndTheLineBroke() throws Exception {
    open(Duration.ofSeconds(5));
    SendView send = propose("request-a");
    line.be(Way.CUT, "sendrawtransaction");
    assertThat(confirm(send, ada.recovery.get(0)).state())
        .isIn(SendState.SIGNED, SendState.BROADCAST);
    String txid = view(send).txid();
    assertThat(node.cli("getrawmempool")).contains(txid);
    line.be(Way.WHOLE);
    house.pass(Duration.ofMinutes(1));
    house.rooms.follower().lookAfterDue();
    assertThat(view(send).state()).isEqualTo(SendState.BROADCAST);
    assertThat(new JdbiSendStore(house.foundation.database()).of(ada.walletId)).hasSize(1);
    assertThat(node.cli("getrawmempool")).matches("(?s)\\[\\s*\"" + txid + "\"\\s*]");
    assertThat(house.rooms.coSigner().keyUses()).isEqualTo(1);
  }
}
