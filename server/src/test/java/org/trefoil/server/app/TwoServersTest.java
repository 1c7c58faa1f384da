package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trefoil.core.Token;
import org.trefoil.core.address.Address;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.SendRequest;
import org.trefoil.core.wire.SendState;
import org.trefoil.core.wire.SendView;
import org.trefoil.core.wire.Spendable;
import org.trefoil.core.wire.SpendableCoin;
import org.trefoil.server.account.Session;
import org.trefoil.server.app.TestHouse.Person;
import org.trefoil.server.chain.ChainHealth;
import org.trefoil.server.notify.WalletChange;
import org.trefoil.server.secondfactor.Verdict;
import org.trefoil.server.store.OnPostgres;
import org.trefoil.server.store.ThrowawayPostgres;
import org.trefoil.server.store.Waiting;

/** Two servers on one PostgreSQL: whatever comes to either of them, it is one house. */
@OnPostgres
@Timeout(120)
class TwoServersTest extends SeveralServers {
  private TestHouse a;
  private TestHouse b;

  TwoServersTest() {
    super(2, new Sats(450_000));
  }

  @BeforeEach
  void meet() {
    a = at(0);
    b = at(1);
    assertThat(a.foundation.database().cluster().leads()).isTrue();
    assertThat(b.foundation.database().cluster().leads()).isFalse();
    ada.receive(1_000_000);
  }

  @Test
  @DisplayName("Fault 8: fifty confirmations of one send over both servers are one transaction")
  void fault8FiftyConfirmationsOverBothMakeOneTransaction() throws Exception {
    SendView send = propose(b, ada.request("request-a", 200_000));
    String code = ada.code();
    List<Object> answers = Crowd.atOnce(50, i -> confirm(at(i), send, code));
    assertThat(answers).allMatch(answer -> answer instanceof SendView);
    assertThat(answers.stream().map(x -> ((SendView) x).txid()).distinct()).hasSize(1);
    assertThat(a.practice.mempool()).hasSize(1);
    assertThat(keyUses()).isEqualTo(1);
  }

  @Test
  @DisplayName("Fault 8: fifty proposals of one request over both servers are one send")
  void fault8FiftyProposalsOfOneRequestOverBothAreOneSend() throws Exception {
    SendRequest request = ada.request("request-a", 200_000);
    List<Object> answers = Crowd.atOnce(50, i -> propose(at(i), request));
    assertThat(answers).allMatch(answer -> answer instanceof SendView);
    assertThat(answers.stream().map(x -> ((SendView) x).sendId()).distinct()).hasSize(1);
  }

  @Test
  @DisplayName("Fault 8: ten sends, confirmed five times each at both servers, keep one limit")
  void fault8ManySendsOverBothStayWithinOneLimit() throws Exception {
    for (int i = 0; i < 10; i++) {
      ada.receive(110_000);
    }
    Spendable all = a.rooms.book().spendable(ada.accountId, ada.walletId);
    List<SendView> waiting = new ArrayList<>();
    for (SpendableCoin coin : all.coins()) {
      if (coin.value() == 110_000) {
        String id = "request-" + waiting.size();
        waiting.add(propose(at(waiting.size()), ofOneCoin(all, coin, id, 100_000)));
      }
    }
    // each send with a code of its own, five times, at both servers
    List<Object> answers =
        Crowd.atOnce(
            50, i -> confirm(at(i / 10 + i), waiting.get(i % 10), ada.recovery.get(i % 10)));
    long spent =
        a.rooms.sends().list(ada.accountId, ada.walletId).stream()
            .filter(send -> send.state() == SendState.BROADCAST)
            .mapToLong(send -> send.recipients().get(0).amount() + send.fee())
            .sum();
    assertThat(spent).isGreaterThan(400_000).isLessThanOrEqualTo(limit.value());
    assertThat(a.practice.mempool()).hasSize((int) keyUses());
    assertThat(answers).contains(Token.LIMIT_DAILY.token());
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("Fault 8: sends over both servers keep each limit that owners sign, and that of all")
  void fault8ManySendsOverBothStayWithinEachLimitThatOwnersSignAndTheOneOfAll(
      LimitedSends.Kind kind) throws Exception {
    int most = 7;
    int crowd = 20;
    LimitedSends sends = new LimitedSends(kind, most, 20_000, crowd, 40_000, clock, a, b);
    List<SendView> waiting = new ArrayList<>();
    for (int i = 0; i < crowd; i++) {
      waiting.add(sends.propose(i));
    }
    List<Object> answers = Crowd.atOnce(crowd, i -> sends.confirm(i, waiting.get(i)));
    assertThat(answers).filteredOn(answer -> answer instanceof SendView).hasSize(most);
    assertThat(answers).filteredOn(kind.token.token()::equals).hasSize(crowd - most);
    assertThat(a.practice.mempool()).hasSize(most);
    assertThat(keyUses()).isEqualTo(most);
  }

  @Test
  void aCodeUsedFiftyTimesOverBothPassesOnce() throws Exception {
    String code = ada.code();
    List<Object> answers = Crowd.atOnce(50, i -> at(i).rooms.factors().use(ada.accountId, code));
    assertThat(answers.stream().filter(Verdict.OK::equals)).hasSize(1);
  }

  @Test
  @DisplayName("Fault 8: of two sends of one coin at both servers one succeeds")
  void fault8TwoSendsOfOneCoinAtBothOneSucceeds() throws Exception {
    List<SendView> both =
        List.of(
            propose(a, ada.request("request-a", 200_000)),
            propose(b, ada.request("request-b", 300_000)));
    List<Object> answers = Crowd.atOnce(2, i -> confirm(at(i), both.get(i), ada.recovery.get(i)));
    assertThat(answers).contains(Token.COINS_TAKEN.token());
    assertThat(a.practice.mempool()).hasSize(1);
    assertThat(keyUses()).isEqualTo(1);
  }

  @Test
  void sessionsFactorsAndRateLimitsAreTheSameAtBoth() {
    Session session = a.rooms.sessions().open(ada.accountId, true, "Firefox", "");
    assertThat(b.rooms.sessions().find(session.token())).isPresent();
    b.rooms.sessions().end(session.token());
    assertThat(a.rooms.sessions().find(session.token())).isEmpty();
    for (int i = 0; i < 4; i++) {
      assertThat(at(i).rooms.limits().take("bucket", 4, PATIENCE, clock.instant())).isZero();
    }
    assertThat(a.rooms.limits().take("bucket", 4, PATIENCE, clock.instant())).isPositive();
    assertThat(b.rooms.limits().take("bucket", 4, PATIENCE, clock.instant())).isPositive();
  }

  @Test
  void whatTheLeaderFollowsTheOtherAnswersAndTellsItsBrowsers() throws Exception {
    a.rooms.chain().index().listen(news(a));
    a.rooms.chain().follower().start();
    b.rooms.chain().follower().start();
    Person bob = b.new Person(2);
    List<WalletChange> told = new CopyOnWriteArrayList<>();
    b.rooms.live().subscribe(bob.walletId, told::add);
    var fresh = b.rooms.wallets().anotherAddress(bob.accountId, bob.walletId);
    String txid =
        a.practice.faucet(Address.parse(fresh.address(), Network.REGTEST), new Sats(70_000));
    Waiting.until(PATIENCE, () -> told.stream().anyMatch(c -> c.changed().contains(txid)));
    assertThat(b.rooms.chain().index().balance(bob.walletId).pending()).isEqualTo(70_000);
    told.clear();
    int height = a.practice.mine();
    Waiting.until(PATIENCE, () -> b.rooms.chain().index().tip().height() == height);
    Waiting.until(PATIENCE, () -> !told.isEmpty());
    assertThat(b.rooms.chain().index().balance(bob.walletId).confirmed()).isEqualTo(70_000);
    assertThat(b.rooms.chain().index().health()).isEqualTo(ChainHealth.FINE);
  }

  @Test
  void whenTheLeaderIsGoneTheOtherFollowsAndNothingIsSignedMeanwhileOnAStaleChain()
      throws Exception {
    SendView waiting = propose(b, ada.request("request-a", 200_000));
    clock.forward(Duration.ofMinutes(2));
    Refused.with(Token.CHAIN_UNAVAILABLE, () -> confirm(b, waiting, ada.recovery.get(0)));
    a.foundation.database().close();
    b.rooms.chain().follower().start();
    int height = b.practice.mine();
    Waiting.until(PATIENCE, () -> b.rooms.chain().index().tip().height() == height);
    Waiting.until(PATIENCE, () -> b.rooms.chain().index().health().fine());
    assertThat(b.foundation.database().cluster().leads()).isTrue();
    assertThat(confirm(b, waiting, ada.recovery.get(0)).state()).isEqualTo(SendState.BROADCAST);
    assertThat(keyUses()).isEqualTo(1);
  }

  @Test
  void aBrowserLearnsOfAChangeWhoseWordWasLostWithTheConnection() throws Exception {
    a.rooms.chain().index().listen(news(a));
    var fresh = b.rooms.wallets().anotherAddress(ada.accountId, ada.walletId);
    try (ServedHouse served = new ServedHouse(b);
        BufferedReader browser = listen(served)) {
      assertThat(event(browser)).contains("\"confirmed\":1000000,\"pending\":0");
      String[] txid = new String[1];
      ThrowawayPostgres.shared()
          .whileNobodyIsLetIn(
              administrator -> {
                // the last words of who does not lead, on the connection it hears by
                administrator.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE application_name = 'trefoil' AND pid <> pg_backend_pid()"
                        + " AND query LIKE '%pg_try_advisory_lock%'");
                Address address = Address.parse(fresh.address(), Network.REGTEST);
                txid[0] = a.practice.faucet(address, new Sats(70_000));
                a.rooms.chain().follower().catchUp();
                administrator.awaitWord(txid[0]); // told, and nobody at the other server heard it
              });
      long from = System.nanoTime();
      assertThat(event(browser)).contains("\"pending\":70000").doesNotContain(txid[0]);
      assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(PATIENCE);
      assertThat(b.foundation.database().cluster().leads()).isFalse();
    }
  }

  private BufferedReader listen(ServedHouse served) throws Exception {
    String token = b.rooms.sessions().open(ada.accountId, true, "Firefox", "").token();
    HttpRequest request =
        served
            .request("/api/wallets/" + ada.walletId + "/events")
            .header("Accept", "text/event-stream")
            .header("Cookie", ServedHouse.cookie(token))
            .build();
    return new BufferedReader(
        new InputStreamReader(
            HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofInputStream())
                .body(),
            StandardCharsets.UTF_8));
  }

  private static String event(BufferedReader lines) throws Exception {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("data:") && line.contains("balance")) {
        return line;
      }
    }
    throw new AssertionError("the stream ended");
  }
}
