package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.bitcoinj.base.SegwitAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.trefoil.core.Token;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.SendRequest;
import org.trefoil.core.wire.SendView;
import org.trefoil.core.wire.Spendable;
import org.trefoil.core.wire.SpendableCoin;
import org.trefoil.server.app.TestHouse.Person;
import org.trefoil.server.store.Invariants;
import org.trefoil.server.store.JdbiSendStore;
import org.trefoil.server.store.TestDatabase;

/** Faults 5, 6, 7 and 9: fifty at once, of the same and of different sends, on either engine. */
@ParameterizedClass
@EnumSource
class CrowdFaultsTest {
  private static final int CROWD = 50;
  private static final long EACH = 20_000;
  private static final Sats LIMIT = new Sats(170_000);

  @Parameter TestDatabase engine;

  private TestHouse house;
  private Person ada;

  @BeforeEach
  void open() throws Exception {
    house = new TestHouse(engine.fresh(), LIMIT);
    ada = house.new Person(1);
  }

  @AfterEach
  void close() {
    Invariants.hold(house.foundation.database());
    house.close();
  }

  @Test
  @DisplayName("Fault 5: fifty times one request, from proposal to network, is one transaction")
  void fault5OneRequestFiftyTimesIsOneTransaction() throws Exception {
    ada.receive(100_000);
    SendRequest request = ada.request("request-crowd", EACH);
    String code = ada.code();
    List<Object> answers =
        Crowd.atOnce(
            CROWD,
            i -> {
              SendView send = house.rooms.sends().propose(ada.accountId, ada.walletId, request);
              return house.rooms.sends().confirm(ada.accountId, ada.walletId, send.sendId(), code);
            });
    assertThat(answers.stream().filter(answer -> !(answer instanceof SendView))).isEmpty();
    Set<String> txids =
        answers.stream().map(answer -> ((SendView) answer).txid()).collect(Collectors.toSet());
    assertThat(txids).hasSize(1);
    assertThat(house.practice.mempool()).isEqualTo(txids);
    assertThat(house.rooms.coSigner().keyUses()).isEqualTo(1);
    assertThat(spent()).isEqualTo(EACH + ((SendView) answers.get(0)).fee());
  }

  @Test
  @DisplayName("Fault 6: of fifty bodies under one request id at once one is taken")
  void fault6OfFiftyBodiesUnderOneIdOneIsTaken() throws Exception {
    ada.receive(2_000_000);
    List<SendRequest> bodies = new ArrayList<>();
    for (int i = 0; i < CROWD; i++) {
      bodies.add(ada.request("request-crowd", EACH + i));
    }
    List<Object> answers =
        Crowd.atOnce(
            CROWD, i -> house.rooms.sends().propose(ada.accountId, ada.walletId, bodies.get(i)));
    assertThat(answers.stream().filter(answer -> answer instanceof SendView)).hasSize(1);
    assertThat(answers.stream().filter(answer -> !(answer instanceof SendView)).distinct())
        .containsExactly(Token.REQUEST_REUSED.token());
    SendView taken =
        (SendView) answers.stream().filter(x -> x instanceof SendView).findFirst().orElseThrow();
    int number = answers.indexOf(taken);
    assertThat(taken.recipients()).isEqualTo(bodies.get(number).recipients());
    SendRequest same = bodies.get(number);
    SendRequest otherNote =
        new SendRequest(
            same.requestId(),
            same.psbt(),
            same.recipients(),
            same.everything(),
            same.feeRate(),
            "another note");
    Refused.with(
        Token.REQUEST_REUSED,
        () -> house.rooms.sends().propose(ada.accountId, ada.walletId, otherNote));
    assertThat(house.rooms.sends().propose(ada.accountId, ada.walletId, same).sendId())
        .isEqualTo(taken.sendId());
    house.rooms.sends().confirm(ada.accountId, ada.walletId, taken.sendId(), ada.code());
    assertThat(house.practice.mempool()).hasSize(1);
  }

  @Test
  @DisplayName("Fault 9: of ten sends of one coin to different people at once one is signed")
  void fault9OfManySendsOfOneCoinOneIsSigned() throws Exception {
    ada.receive(1_000_000);
    Spendable all = house.rooms.book().spendable(ada.accountId, ada.walletId);
    List<SendView> waiting = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      SendRequest request =
          ada.vault.send(ada.cosigners, all, "request-" + i, somebody(i), EACH + i);
      waiting.add(house.rooms.sends().propose(ada.accountId, ada.walletId, request));
    }
    List<String> codes = ada.codes(10);
    List<Object> answers =
        Crowd.atOnce(
            10,
            i ->
                house
                    .rooms
                    .sends()
                    .confirm(ada.accountId, ada.walletId, waiting.get(i).sendId(), codes.get(i)));
    assertThat(answers.stream().filter(answer -> answer instanceof SendView)).hasSize(1);
    assertThat(answers.stream().filter(answer -> !(answer instanceof SendView)).distinct())
        .containsExactly(Token.COINS_TAKEN.token());
    assertThat(house.practice.mempool()).hasSize(1);
    assertThat(house.rooms.coSigner().keyUses()).isEqualTo(1);
  }

  private static String somebody(int number) {
    byte[] hash = new byte[20];
    hash[0] = (byte) number;
    return SegwitAddress.fromHash(Network.REGTEST.bitcoinj(), hash).toString();
  }

  @Test
  @DisplayName("Fault 7: fifty different sends at once keep the limit, and no coin goes twice")
  void fault7FiftyDifferentSendsKeepTheLimit() throws Exception {
    for (int i = 0; i < CROWD / 2; i++) {
      ada.receive(2 * EACH);
    }
    Spendable all = house.rooms.book().spendable(ada.accountId, ada.walletId);
    List<SendView> waiting = new ArrayList<>();
    for (int i = 0; i < CROWD; i++) {
      SpendableCoin one = all.coins().get(i / 2); // two want each coin
      Spendable of =
          new Spendable(
              List.of(one), all.fees(), all.changeIndex(), all.tipHeight(), all.lockTime());
      SendRequest request =
          ada.vault.send(ada.cosigners, of, "request-" + i + "-crowd", TestHouse.ELSEWHERE, EACH);
      waiting.add(house.rooms.sends().propose(ada.accountId, ada.walletId, request));
    }
    List<String> codes = ada.codes(CROWD);
    List<Object> answers =
        Crowd.atOnce(
            CROWD,
            i ->
                house
                    .rooms
                    .sends()
                    .confirm(ada.accountId, ada.walletId, waiting.get(i).sendId(), codes.get(i)));
    long done = answers.stream().filter(answer -> answer instanceof SendView).count();
    assertThat(answers.stream().filter(answer -> !(answer instanceof SendView)).distinct())
        .isSubsetOf(Token.LIMIT_DAILY.token(), Token.COINS_TAKEN.token());
    long fee = waiting.get(0).fee();
    assertThat(done).isEqualTo(LIMIT.value() / (EACH + fee));
    assertThat(spent()).isLessThanOrEqualTo(LIMIT.value()).isEqualTo(done * (EACH + fee));
    assertThat(house.practice.mempool()).hasSize((int) done);
    assertThat(house.rooms.coSigner().keyUses()).isEqualTo(done);
  }

  private long spent() {
    return new JdbiSendStore(house.foundation.database())
        .approvals(ada.walletId, java.time.Instant.EPOCH)
        .spent();
  }
}
