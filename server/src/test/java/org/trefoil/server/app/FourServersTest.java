package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.trefoil.core.Token;
import org.trefoil.core.address.Address;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.SendState;
import org.trefoil.core.wire.SendView;
import org.trefoil.core.wire.Spendable;
import org.trefoil.core.wire.SpendableCoin;
import org.trefoil.server.account.Session;
import org.trefoil.server.passkey.Assertion;
import org.trefoil.server.passkey.NewCredential;
import org.trefoil.server.passkey.PasskeyQuestions;
import org.trefoil.server.passkey.Passkeys;
import org.trefoil.server.secondfactor.GivenFactor;
import org.trefoil.server.secondfactor.Verdict;
import org.trefoil.server.store.OnPostgres;
import org.trefoil.server.store.Waiting;

/** Four servers on one PostgreSQL: more than two are no other than two. */
@OnPostgres
@Timeout(180)
class FourServersTest extends SeveralServers {
  private static final int SERVERS = 4;
  private static final int CROWD = 50;
  private static final long EACH = 20_000;

  FourServersTest() {
    super(SERVERS, new Sats(370_000));
  }

  @Test
  @DisplayName("Fault 8: fifty different sends at once over four servers keep one limit")
  void fault8FiftyDifferentSendsOverFourServersKeepOneLimit() throws Exception {
    for (int i = 0; i < CROWD; i++) {
      ada.receive(2 * EACH);
    }
    Spendable all = at(0).rooms.book().spendable(ada.accountId, ada.walletId);
    List<SendView> waiting = new ArrayList<>();
    for (int i = 0; i < CROWD; i++) {
      String id = "request-" + i + "-four";
      waiting.add(propose(at(i), ofOneCoin(all, all.coins().get(i), id, EACH)));
    }
    List<String> codes = ada.codes(CROWD);
    List<Object> answers =
        Crowd.atOnce(CROWD, i -> confirm(at(i / SERVERS), waiting.get(i), codes.get(i)));
    long most = limit.value() / (EACH + waiting.get(0).fee());
    assertThat(answers).filteredOn(answer -> answer instanceof SendView).hasSize((int) most);
    assertThat(count(answers, Token.LIMIT_DAILY.token())).isEqualTo(CROWD - most);
    assertThat(at(0).practice.mempool()).hasSize((int) most);
    assertThat(keyUses()).isEqualTo(most);
    assertThat(houses).allMatch(house -> house.rooms.coSigner().keyUses() < most);
  }

  @Test
  @DisplayName("Fault 8: a coin that one server reserved is offered by none, and sent by one")
  void fault8AReservationOfOneServerHoldsAtAll() throws Exception {
    ada.receive(300_000);
    List<SendView> waiting = new ArrayList<>();
    for (int i = 0; i < SERVERS; i++) {
      waiting.add(propose(at(i), ada.request("request-" + i + "-coin", 100_000 + i)));
    }
    List<Object> answers =
        Crowd.atOnce(SERVERS, i -> confirm(at(i + 1), waiting.get(i), ada.recovery.get(i)));
    assertThat(answers).filteredOn(answer -> answer instanceof SendView).hasSize(1);
    assertThat(count(answers, Token.COINS_TAKEN.token())).isEqualTo(SERVERS - 1);
    assertThat(keyUses()).isEqualTo(1);
    for (TestHouse house : houses) {
      assertThat(house.rooms.book().spendable(ada.accountId, ada.walletId).coins())
          .filteredOn(coin -> coin.confirmations() > 0)
          .isNotEmpty()
          .allMatch(SpendableCoin::reserved);
    }
  }

  private TestPasskey registered() {
    TestPasskey device = new TestPasskey(PasskeysTest.HERE);
    Passkeys.Making making = at(0).rooms.passkeys().begin(ada.accountId);
    NewCredential made = device.make(making.challenge(), making.siteId());
    at(1).rooms.passkeys().add(ada.accountId, "Phone", made, "");
    return device;
  }

  private PasskeyQuestions questions(int server) {
    return at(server).rooms.passkeys().questions();
  }

  private static Assertion answer(TestPasskey device, PasskeyQuestions.Asked asked) {
    return device.answer(asked.challenge(), asked.siteId());
  }

  @Test
  void aPasskeyIsMadeForAQuestionOfAnotherServerAndOnce() throws Exception {
    TestPasskey device = new TestPasskey(PasskeysTest.HERE);
    Passkeys.Making making = at(0).rooms.passkeys().begin(ada.accountId);
    NewCredential made = device.make(making.challenge(), making.siteId());
    List<Object> answers =
        Crowd.atOnce(
            2 * SERVERS, i -> at(i).rooms.passkeys().add(ada.accountId, "Phone", made, "").name());
    assertThat(count(answers, "Phone")).isEqualTo(1);
    assertThat(count(answers, Token.PASSKEY_LATE.token())).isEqualTo(2 * SERVERS - 1);
    assertThat(at(3).rooms.passkeys().list(ada.accountId)).hasSize(1);
  }

  @Test
  void aPasskeysAnswerForASendIsTakenAtAnotherServerAndSignsOnce() throws Exception {
    TestPasskey device = registered();
    ada.receive(300_000);
    ada.receive(300_000);
    SendView send = propose(at(0), ada.request("request-p", 100_000));
    PasskeyQuestions.Asked asked =
        at(1).rooms.sends().asking().ask(ada.accountId, ada.walletId, send.sendId());
    GivenFactor given = new GivenFactor.Signed(answer(device, asked));
    List<Object> answers =
        Crowd.atOnce(
            5 * SERVERS,
            i ->
                at(i)
                    .rooms
                    .sends()
                    .confirm(ada.accountId, ada.walletId, send.sendId(), given)
                    .state());
    assertThat(answers).contains(SendState.BROADCAST);
    assertThat(answers)
        .allMatch(x -> x instanceof SendState || x.equals(Token.PASSKEY_LATE.token()));
    assertThat(keyUses()).isEqualTo(1);
    assertThat(at(0).practice.mempool()).hasSize(1);
    SendView other = propose(at(2), ada.request("request-q", 10_000));
    Refused.with(
        Token.PASSKEY_LATE,
        () -> at(3).rooms.sends().confirm(ada.accountId, ada.walletId, other.sendId(), given));
  }

  @Test
  void aPasskeysAnswerForStepUpAndForSignInPassesOnceAtAnyServer() throws Exception {
    TestPasskey device = registered();
    String id = at(2).rooms.passkeys().list(ada.accountId).get(0).passkeyId();
    at(3).rooms.passkeys().change(ada.accountId, id, "Phone", true, "");
    Assertion stepUp = answer(device, questions(0).askStepUp(ada.accountId));
    List<Object> tickets =
        Crowd.atOnce(5 * SERVERS, i -> questions(i + 1).answerStepUp(ada.accountId, stepUp));
    assertThat(count(tickets, Token.PASSKEY_LATE.token())).isEqualTo(5 * SERVERS - 1);
    String ticket =
        (String)
            tickets.stream()
                .filter(x -> !x.equals(Token.PASSKEY_LATE.token()))
                .findFirst()
                .orElseThrow();
    List<Object> uses =
        Crowd.atOnce(5 * SERVERS, i -> at(i).rooms.factors().use(ada.accountId, ticket));
    assertThat(count(uses, Verdict.OK)).isEqualTo(1);
    Assertion signIn = answer(device, questions(1).askSignIn());
    List<Object> accounts = Crowd.atOnce(5 * SERVERS, i -> questions(i).answerSignIn(signIn));
    assertThat(count(accounts, ada.accountId)).isEqualTo(1);
    assertThat(count(accounts, Token.PASSKEY_LATE.token())).isEqualTo(5 * SERVERS - 1);
  }

  @Test
  void aSessionIsOneAtAllAndEndsForAll() {
    Session session = at(0).rooms.sessions().open(ada.accountId, true, "Firefox", "");
    assertThat(houses).allMatch(house -> house.rooms.sessions().find(session.token()).isPresent());
    at(3).rooms.sessions().end(session.token());
    assertThat(houses).allMatch(house -> house.rooms.sessions().find(session.token()).isEmpty());
  }

  @Test
  void aRateLimitIsOneForAHundredAtOnceOverAll() throws Exception {
    List<Object> answers =
        Crowd.atOnce(100, i -> at(i).rooms.limits().take("bucket", 20, PATIENCE, clock.instant()));
    assertThat(count(answers, Duration.ZERO)).isEqualTo(20);
  }

  @Test
  void whatOneFollowsAllTellTheirBrowsers() throws Exception {
    TestHouse leader = at(0);
    assertThat(leader.foundation.database().cluster().leads()).isTrue();
    leader.rooms.chain().index().listen(news(leader));
    Set<Integer> told = ConcurrentHashMap.newKeySet();
    for (int i = 0; i < SERVERS; i++) {
      int number = i;
      at(i).rooms.live().subscribe(ada.walletId, change -> told.add(number));
      at(i).rooms.chain().follower().start();
    }
    String fresh = at(2).rooms.wallets().anotherAddress(ada.accountId, ada.walletId).address();
    leader.practice.faucet(Address.parse(fresh, Network.REGTEST), new Sats(70_000));
    Waiting.until(PATIENCE, () -> told.size() == SERVERS);
    assertThat(houses)
        .allMatch(house -> house.rooms.chain().index().balance(ada.walletId).pending() == 70_000);
  }
}
