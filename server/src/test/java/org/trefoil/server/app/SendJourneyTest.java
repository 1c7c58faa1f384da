package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.RecipientLine;
import org.trefoil.core.wire.SendRequest;
import org.trefoil.core.wire.SendState;
import org.trefoil.core.wire.SendView;
import org.trefoil.server.app.TestHouse.Person;
import org.trefoil.server.secondfactor.SecondFactors;
import org.trefoil.server.secondfactor.Totp;
import org.trefoil.server.secondfactor.Verdict;
import org.trefoil.server.spend.Sends;
import org.trefoil.server.store.JdbiSendStore;
import org.trefoil.server.store.TestDatabase;

/** A send from proposal to confirmation, honest and not, alone and in crowds. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class SendJourneyTest {
  @Parameter TestDatabase engine;

  private TestHouse house;
  private Person ada;

  @BeforeEach
  void open() throws Exception {
    house = new TestHouse(engine.fresh(), null);
    ada = house.new Person(1);
    ada.receive(1_000_000);
  }

  @AfterEach
  void close() {
    house.close();
  }

  private Sends sends() {
    return house.rooms.sends();
  }

  private SendView propose(SendRequest request) {
    return sends().propose(ada.accountId, ada.walletId, request);
  }

  private SendView confirm(SendView send, String code) {
    return sends().confirm(ada.accountId, ada.walletId, send.sendId(), code);
  }

  private SendView view(SendView send) {
    return sends().view(ada.accountId, ada.walletId, send.sendId());
  }

  @Test
  void goesFromProposalToConfirmed() {
    SendView proposed = propose(ada.request("request-a", 200_000));
    assertThat(proposed.state()).isEqualTo(SendState.NEEDS_FACTOR);
    assertThat(proposed.txid()).isNull();
    SendView out = confirm(proposed, ada.code());
    assertThat(out.state()).isEqualTo(SendState.BROADCAST);
    assertThat(house.practice.mempool()).containsExactly(out.txid());
    house.mine(1);
    SendView done = view(out);
    assertThat(done.state()).isEqualTo(SendState.CONFIRMED);
    assertThat(done.confirmations()).isEqualTo(1);
    var history = house.rooms.book().history(ada.accountId, ada.walletId, null).items();
    assertThat(history.get(0).txid()).isEqualTo(out.txid());
    assertThat(history.get(0).note()).isEqualTo("for 200000");
    long left = 1_000_000 - 200_000 - done.fee();
    assertThat(house.rooms.wallets().view(ada.accountId, ada.walletId).balance().confirmed())
        .isEqualTo(left);
  }

  @Test
  void sameRequestAgainIsTheSameSendAndAnotherUnderItsIdIsRefused() {
    SendRequest request = ada.request("request-a", 200_000);
    SendView first = propose(request);
    assertThat(propose(request)).isEqualTo(first);
    Refused.with(Token.REQUEST_REUSED, () -> propose(ada.request("request-a", 200_001)));
  }

  @Test
  void aCodeIsWrongOrUsedOnceAndTheSendStaysAsItWas() {
    SendView send = propose(ada.request("request-a", 200_000));
    Refused.with(Token.CODE_WRONG, () -> confirm(send, "000000"));
    String code = ada.code();
    assertThat(house.rooms.factors().use(ada.accountId, code))
        .isEqualTo(org.trefoil.server.secondfactor.Verdict.OK);
    Refused.with(Token.CODE_USED, () -> confirm(send, code));
    assertThat(view(send).state()).isEqualTo(SendState.NEEDS_FACTOR);
    assertThat(house.rooms.coSigner().keyUses()).isZero();
    assertThat(confirm(send, ada.recovery.get(3)).state()).isEqualTo(SendState.BROADCAST);
    house.mine(1);
    SendView second = propose(ada.request("request-b", 10_000));
    Refused.with(Token.CODE_USED, () -> confirm(second, ada.recovery.get(3)));
  }

  @Test
  void tenWrongCodesStopFurtherTriesForAnHour() {
    SendView send = propose(ada.request("request-a", 200_000));
    for (int i = 0; i < 10; i++) {
      Refused.with(Token.CODE_WRONG, () -> confirm(send, "000000"));
    }
    Refused.with(Token.TOO_MANY_TRIES, () -> confirm(send, ada.code()));
    house.pass(Duration.ofMinutes(61));
    SendView again = propose(ada.request("request-b", 200_000));
    assertThat(confirm(again, ada.code()).state()).isEqualTo(SendState.BROADCAST);
  }

  @Test
  void fiftyConfirmationsAtOnceMakeOneTransaction() throws Exception {
    SendView send = propose(ada.request("request-a", 200_000));
    String code = ada.code();
    List<Object> answers = Crowd.atOnce(50, i -> confirm(send, code));
    assertThat(answers).allMatch(answer -> answer instanceof SendView);
    assertThat(answers.stream().map(a -> ((SendView) a).txid()).distinct()).hasSize(1);
    assertThat(house.practice.mempool()).hasSize(1);
    assertThat(house.rooms.coSigner().keyUses()).isEqualTo(1);
  }

  @Test
  void fiftyProposalsOfOneRequestAreOneSend() throws Exception {
    SendRequest request = ada.request("request-a", 200_000);
    List<Object> answers = Crowd.atOnce(50, i -> propose(request));
    assertThat(answers).allMatch(answer -> answer instanceof SendView);
    assertThat(Set.copyOf(answers)).hasSize(1);
    assertThat(sends().list(ada.accountId, ada.walletId)).hasSize(1);
  }

  @Test
  void oneCodeForManySendsPassesOnce() throws Exception {
    for (int i = 0; i < 7; i++) {
      ada.receive(100_000);
    }
    List<SendView> waiting = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      waiting.add(propose(ada.request("request-" + i, 20_000 + i)));
    }
    String code = ada.code();
    List<Object> answers = Crowd.atOnce(8, i -> confirm(waiting.get(i), code));
    assertThat(answers.stream().filter(a -> a instanceof SendView)).hasSize(1);
    assertThat(house.practice.mempool()).hasSize(1);
  }

  @Test
  void twoSendsOfOneCoinOneSucceeds() {
    SendView first = propose(ada.request("request-a", 200_000));
    SendView second = propose(ada.request("request-b", 300_000));
    confirm(first, ada.code());
    Refused.with(Token.COINS_TAKEN, () -> confirm(second, ada.code()));
    assertThat(house.practice.mempool()).hasSize(1);
    assertThat(house.rooms.coSigner().keyUses()).isEqualTo(1);
  }

  @Test
  void cancelledAndExpiredSendsAreNotSigned() {
    SendView cancelled = propose(ada.request("request-a", 200_000));
    sends().cancel(ada.accountId, ada.walletId, cancelled.sendId());
    assertThat(sends().cancel(ada.accountId, ada.walletId, cancelled.sendId()).state())
        .isEqualTo(SendState.CANCELLED);
    Refused.with(Token.SEND_NOT_PENDING, () -> confirm(cancelled, ada.code()));
    SendView late = propose(ada.request("request-b", 200_000));
    house.pass(Sends.PATIENCE);
    assertThat(view(late).state()).isEqualTo(SendState.EXPIRED);
    Refused.with(Token.SEND_EXPIRED, () -> confirm(late, ada.code()));
    SendView out = confirm(propose(ada.request("request-c", 200_000)), ada.code());
    Refused.with(
        Token.SEND_NOT_PENDING, () -> sends().cancel(ada.accountId, ada.walletId, out.sendId()));
    assertThat(house.rooms.coSigner().keyUses()).isEqualTo(1);
  }

  @Test
  void ofACancelledOrExpiredSendNothingIsLeftThatCouldBeCompleted() {
    JdbiSendStore store = new JdbiSendStore(house.foundation.database());
    SendView waiting = propose(ada.request("request-a", 200_000));
    assertThat(store.find(waiting.sendId()).orElseThrow().psbt()).isNotEmpty();
    sends().cancel(ada.accountId, ada.walletId, waiting.sendId());
    assertThat(store.find(waiting.sendId()).orElseThrow().psbt()).isEmpty();
    SendView late = propose(ada.request("request-b", 200_000));
    SendView later = propose(ada.request("request-c", 200_000));
    house.pass(Sends.PATIENCE);
    Refused.with(Token.SEND_EXPIRED, () -> confirm(late, ada.code()));
    house.rooms.follower().expire();
    assertThat(store.find(late.sendId()).orElseThrow().psbt()).isEmpty();
    assertThat(store.find(later.sendId()).orElseThrow().psbt()).isEmpty();
  }

  @Test
  void wrongCodesAtSignInDoNotKeepTheOwnerFromSending() {
    for (int i = 0; i <= SecondFactors.MOST_TRIES; i++) {
      house.rooms.factors().useToSignIn(ada.accountId, "000000", false);
    }
    assertThat(house.rooms.factors().useToSignIn(ada.accountId, ada.code(), false))
        .isEqualTo(Verdict.TOO_MANY);
    SendView out = confirm(propose(ada.request("request-a", 200_000)), ada.code());
    assertThat(out.state()).isEqualTo(SendState.BROADCAST);
  }

  @Test
  void strangersFindNothing() throws Exception {
    Person bob = house.new Person(2);
    SendView send = propose(ada.request("request-a", 200_000));
    Refused.with(Token.NOT_FOUND, () -> sends().view(bob.accountId, ada.walletId, send.sendId()));
    Refused.with(Token.NOT_FOUND, () -> sends().view(bob.accountId, bob.walletId, send.sendId()));
    Refused.with(
        Token.NOT_FOUND,
        () -> sends().confirm(bob.accountId, bob.walletId, send.sendId(), bob.code()));
    Refused.with(Token.NOT_FOUND, () -> house.rooms.wallets().view(bob.accountId, ada.walletId));
    Refused.with(Token.NOT_FOUND, () -> house.rooms.wallets().view(bob.accountId, "nothing"));
    bob.receive(500_000);
    SendRequest foreign = ada.request("request-f", 100_000);
    Refused.with(Token.FOREIGN_INPUT, () -> sends().propose(bob.accountId, bob.walletId, foreign));
  }

  @Test
  void liesAboutTheTransactionAreRefusedBeforeTheKeyIsTouched() {
    SendRequest honest = ada.request("request-a", 200_000);
    SendRequest more =
        new SendRequest(
            "request-b",
            honest.psbt(),
            List.of(new RecipientLine(TestHouse.ELSEWHERE, 200_001)),
            false,
            honest.feeRate(),
            "");
    assertThat(refusal(() -> propose(more))).isIn("wrong-amount", "missing-output");
    SendRequest garbage =
        new SendRequest(
            "request-c",
            Base64.getEncoder().encodeToString(new byte[100_000]),
            honest.recipients(),
            false,
            honest.feeRate(),
            "");
    Refused.with(Token.PSBT_MALFORMED, () -> propose(garbage));
    SendView asked = propose(honest);
    byte[] flipped = Base64.getDecoder().decode(honest.psbt());
    int refused = 0;
    for (int i = 0; i < flipped.length; i += 7) {
      byte[] copy = flipped.clone();
      copy[i] ^= 0x20;
      SendRequest request =
          new SendRequest(
              "request-x" + i,
              Base64.getEncoder().encodeToString(copy),
              honest.recipients(),
              false,
              honest.feeRate(),
              "");
      try {
        // What is taken all the same must be the same transaction: the bit was in nothing that
        // counts.
        assertThat(propose(request).digestWords()).isEqualTo(asked.digestWords());
      } catch (RefusedException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(flipped.length / 7 / 2);
    assertThat(house.rooms.coSigner().keyUses()).isZero();
    confirm(asked, ada.code());
    assertThat(house.rooms.coSigner().keyUses()).as("the count does count").isEqualTo(1);
  }

  @Test
  void nothingIsProposedOrSignedOnAStaleChain() {
    SendRequest request = ada.request("request-a", 200_000);
    SendView waiting = propose(ada.request("request-b", 200_000));
    house.clock.forward(Duration.ofMinutes(10));
    Refused.with(Token.CHAIN_UNAVAILABLE, () -> propose(request));
    String code = Totp.code(ada.totp, Totp.step(house.clock.instant()), Totp.DIGITS);
    Refused.with(Token.CHAIN_UNAVAILABLE, () -> confirm(waiting, code));
    assertThat(house.rooms.coSigner().keyUses()).isZero();
    house.pass(Duration.ZERO);
    assertThat(confirm(waiting, code).state()).isEqualTo(SendState.BROADCAST);
  }

  @Test
  void aVaultThatRepeatsItsNonceIsStopped() {
    ada.receive(900_000);
    var spendable = house.rooms.book().spendable(ada.accountId, ada.walletId);
    SendRequest first =
        ada.vault.carelessSend(ada.cosigners, spendable, "request-a", TestHouse.ELSEWHERE, 200_000);
    propose(first);
    SendRequest second =
        ada.vault.carelessSend(ada.cosigners, spendable, "request-b", TestHouse.ELSEWHERE, 300_000);
    Refused.with(Token.NONCE_REPEATED, () -> propose(second));
    assertThat(sends().list(ada.accountId, ada.walletId)).hasSize(1);
  }

  @Test
  void theDailyLimitHoldsForAllSendsTogether() throws Exception {
    try (TestHouse limited = new TestHouse(engine.fresh(), new Sats(250_000))) {
      Person eve = limited.new Person(3);
      eve.receive(200_000);
      eve.receive(200_000);
      Sends sends = limited.rooms.sends();
      SendView first =
          sends.propose(eve.accountId, eve.walletId, eve.request("request-a", 150_000));
      sends.confirm(eve.accountId, eve.walletId, first.sendId(), eve.code());
      SendView second =
          sends.propose(eve.accountId, eve.walletId, eve.request("request-b", 150_000));
      Refused.with(
          Token.LIMIT_DAILY,
          () -> sends.confirm(eve.accountId, eve.walletId, second.sendId(), eve.code()));
      assertThat(limited.rooms.coSigner().keyUses()).isEqualTo(1);
    }
  }

  @Test
  void aSendThatAReorganisationDropsIsHandedOverAgain() {
    SendView out = confirm(propose(ada.request("request-a", 200_000)), ada.code());
    house.mine(1);
    assertThat(view(out).state()).isEqualTo(SendState.CONFIRMED);
    house.practice.rewind(1, Set.of(out.txid()));
    house.mine(2);
    assertThat(view(out).state()).isEqualTo(SendState.BROADCAST);
    house.pass(Duration.ofMinutes(2));
    house.rooms.follower().lookAfterDue();
    assertThat(house.practice.mempool()).contains(out.txid());
    house.mine(6);
    assertThat(view(out).state()).isEqualTo(SendState.CONFIRMED);
    assertThat(view(out).confirmations()).isEqualTo(6);
  }

  private static String refusal(Runnable work) {
    try {
      work.run();
    } catch (RefusedException e) {
      return e.refusal().token();
    }
    return "";
  }
}
