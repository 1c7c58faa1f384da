package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.bitcoinj.base.Sha256Hash;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trefoil.core.Token;
import org.trefoil.core.wire.SendState;
import org.trefoil.core.wire.SendView;
import org.trefoil.server.account.Session;
import org.trefoil.server.app.TestHouse.Person;
import org.trefoil.server.mail.Mail;
import org.trefoil.server.passkey.Assertion;
import org.trefoil.server.passkey.Passkey;
import org.trefoil.server.passkey.PasskeyQuestions;
import org.trefoil.server.passkey.Passkeys;
import org.trefoil.server.passkey.Preimage;
import org.trefoil.server.passkey.ProofCheck;
import org.trefoil.server.passkey.ProofCheck.Finding;
import org.trefoil.server.passkey.SendProof;
import org.trefoil.server.secondfactor.GivenFactor;
import org.trefoil.server.secondfactor.SecondFactors;
import org.trefoil.server.secondfactor.Verdict;
import org.trefoil.server.store.BareRows;
import org.trefoil.server.store.JdbiPasskeyStore;
import org.trefoil.server.store.JdbiSendStore;
import org.trefoil.server.store.SwappedSends;
import org.trefoil.server.store.TestDatabase;

/** Passkeys from registration to removal: what they confirm, and what they do not. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class PasskeysTest {
  static final String HERE = "http://localhost:8080";

  @Parameter TestDatabase engine;

  private TestHouse house;
  private Person ada;

  @BeforeEach
  void open() throws Exception {
    house = new TestHouse(engine.fresh(), null);
    house.rooms.address().servedOn(8080);
    ada = house.new Person(1);
    ada.receive(1_000_000);
  }

  @AfterEach
  void close() {
    house.close();
  }

  private Passkeys passkeys() {
    return house.rooms.passkeys();
  }

  private PasskeyQuestions questions() {
    return passkeys().questions();
  }

  private Passkey register(TestPasskey device) {
    return device.addTo(house, ada.accountId);
  }

  private TestPasskey registered() {
    TestPasskey device = new TestPasskey(HERE);
    register(device);
    return device;
  }

  private SendView propose(String request, long sats) {
    return house.rooms.sends().propose(ada.accountId, ada.walletId, ada.request(request, sats));
  }

  private PasskeyQuestions.Asked ask(SendView send) {
    return house.rooms.sends().asking().ask(ada.accountId, ada.walletId, send.sendId());
  }

  private SendView confirm(SendView send, Assertion assertion) {
    GivenFactor given = new GivenFactor.Signed(assertion);
    return house.rooms.sends().confirm(ada.accountId, ada.walletId, send.sendId(), given);
  }

  private static Assertion answer(TestPasskey device, PasskeyQuestions.Asked asked) {
    return device.answer(asked.challenge(), asked.siteId());
  }

  @Test
  void aPasskeyIsRegisteredOnceForTheQuestionThatWasAskedAndByAVerifiedPerson() {
    TestPasskey device = new TestPasskey(HERE);
    Session other = house.rooms.sessions().open(ada.accountId, true, "Firefox", "");
    Passkeys.Making making = passkeys().begin(ada.accountId);
    assertThat(making.siteId()).isEqualTo("localhost");
    device.verifies = false;
    Refused.with(
        Token.PASSKEY_REFUSED,
        () ->
            passkeys()
                .add(ada.accountId, "Phone", device.make(making.challenge(), "localhost"), ""));
    device.verifies = true;
    Refused.with(
        Token.PASSKEY_REFUSED,
        () ->
            passkeys()
                .add(
                    ada.accountId,
                    "Phone",
                    new TestPasskey("http://localhost:9090").make(making.challenge(), "localhost"),
                    ""));
    Refused.with(
        Token.PASSKEY_LATE,
        () -> passkeys().add(ada.accountId, "Phone", device.make(new byte[32], "localhost"), ""));
    Refused.with(
        Token.NAME_MALFORMED,
        () ->
            passkeys()
                .add(ada.accountId, "a\nb", device.make(making.challenge(), "localhost"), ""));
    Passkey made =
        passkeys().add(ada.accountId, " Phone ", device.make(making.challenge(), "localhost"), "");
    assertThat(made.name()).isEqualTo("Phone");
    assertThat(made.algorithm()).isEqualTo(-7);
    assertThat(made.transports()).containsExactly("internal");
    assertThat(made.signsIn()).isFalse();
    assertThat(house.rooms.sessions().find(other.token())).as("every other session").isEmpty();
    Refused.with(
        Token.PASSKEY_LATE,
        () ->
            passkeys()
                .add(ada.accountId, "Again", device.make(making.challenge(), "localhost"), ""));
    Refused.with(Token.PASSKEY_KNOWN, () -> register(device));
    assertThat(passkeys().begin(ada.accountId).known()).hasSize(1);
    assertThat(passkeys().list(ada.accountId)).hasSize(1);
  }

  @Test
  void aRowThatWasPutInMovedOrChangedInTheDatabaseIsNoPasskey() {
    TestPasskey device = registered();
    BareRows rows = new BareRows(house.foundation.database());
    Person bob = house.new Person(2);
    assertThat(ticket(device)).isNotEmpty();
    String row = " WHERE account_id = ?";
    rows.tamper("UPDATE passkey SET signs_in = TRUE" + row, ada.accountId);
    assertThat(passkeys().list(ada.accountId)).isEmpty();
    Refused.with(
        Token.PASSKEY_REFUSED,
        () -> questions().answerSignIn(answer(device, questions().askSignIn())));
    rows.tamper("UPDATE passkey SET signs_in = FALSE" + row, ada.accountId);
    assertThat(ticket(device)).isNotEmpty();
    rows.tamper("UPDATE passkey SET account_id = ?" + row, bob.accountId, ada.accountId);
    assertThat(passkeys().list(bob.accountId)).isEmpty();
    rows.tamper("UPDATE passkey SET account_id = ?" + row, ada.accountId, bob.accountId);
    rows.tamper("UPDATE passkey SET seal = NULL" + row, ada.accountId);
    assertThat(passkeys().list(ada.accountId)).isEmpty();
    String planted = "ab".repeat(32);
    rows.tamper(
        "INSERT INTO passkey_ticket (token_hash, account_id, expires_at) VALUES (?, ?, ?)",
        Sha256Hash.hash(planted.getBytes(StandardCharsets.US_ASCII)),
        ada.accountId,
        house.clock.instant().plusSeconds(60).getEpochSecond());
    assertThat(house.rooms.factors().use(ada.accountId, planted)).isEqualTo(Verdict.USED);
  }

  @Test
  void anAccountHoldsTwenty() {
    for (int i = 0; i < 20; i++) {
      registered();
    }
    Refused.with(Token.TOO_MANY_PASSKEYS, () -> passkeys().begin(ada.accountId));
  }

  @Test
  void aPasskeyConfirmsASendAndWhatItSignedProvesThatForGood() {
    TestPasskey device = registered();
    SendView send = propose("request-a", 200_000);
    assertThat(confirm(send, answer(device, ask(send))).state()).isEqualTo(SendState.BROADCAST);
    Passkey used = passkeys().list(ada.accountId).get(0);
    assertThat(used.lastUsedAt()).isNotNull();
    passkeys().remove(ada.accountId, used.passkeyId(), "");
    JdbiPasskeyStore rows = new JdbiPasskeyStore(house.foundation.database());
    SendProof proof = rows.proof(send.sendId()).orElseThrow();
    byte[] digest =
        new JdbiSendStore(house.foundation.database()).find(send.sendId()).orElseThrow().digest();
    assertThat(ProofCheck.of(proof, ada.walletId, digest)).isEqualTo(Finding.PROVES);
    assertThat(Preimage.policyVersion(proof.preimage())).isZero();
    assertThat(ProofCheck.of(proof, "0".repeat(32), digest)).isEqualTo(Finding.OTHER_TRANSACTION);
    assertThat(ProofCheck.of(proof, ada.walletId, new byte[32]))
        .isEqualTo(Finding.OTHER_TRANSACTION);
    byte[] later = proof.preimage().clone();
    later[110]++;
    assertThat(ProofCheck.of(with(proof, later, HERE, proof.publicKey()), ada.walletId, digest))
        .isEqualTo(Finding.OTHER_QUESTION);
    assertThat(
            ProofCheck.of(
                with(proof, proof.preimage(), "https://evil.example", proof.publicKey()),
                ada.walletId,
                digest))
        .isEqualTo(Finding.OTHER_QUESTION);
    byte[] foreign = register(new TestPasskey(HERE)).publicKey();
    assertThat(ProofCheck.of(with(proof, proof.preimage(), HERE, foreign), ada.walletId, digest))
        .isEqualTo(Finding.NOT_SIGNED);
  }

  @ParameterizedTest
  @EnumSource
  void aPasskeyOfEachAlgorithmThatThePageOffersConfirmsASendAndProvesIt(
      TestPasskey.Algorithm algorithm) {
    TestPasskey device = new TestPasskey(HERE, algorithm);
    assertThat(register(device).algorithm()).isEqualTo(algorithm.number);
    SendView send = propose("request-a", 200_000);
    for (int part = 1; part < 3; part++) { // what was signed, and the signature
      Assertion bent = TestPasskey.bent(answer(device, ask(send))).get(part);
      Refused.with(Token.PASSKEY_REFUSED, () -> confirm(send, bent));
    }
    assertThat(confirm(send, answer(device, ask(send))).state()).isEqualTo(SendState.BROADCAST);
    SendProof proof =
        new JdbiPasskeyStore(house.foundation.database()).proof(send.sendId()).orElseThrow();
    assertThat(ProofCheck.of(proof, ada.walletId, proof.digest())).isEqualTo(Finding.PROVES);
    byte[] foreign = register(new TestPasskey(HERE, algorithm)).publicKey();
    assertThat(
            ProofCheck.of(
                with(proof, proof.preimage(), HERE, foreign), ada.walletId, proof.digest()))
        .isEqualTo(Finding.NOT_SIGNED);
    assertThat(house.rooms.coSigner().keyUses()).isEqualTo(1);
  }

  private static SendProof with(SendProof p, byte[] preimage, String origin, byte[] key) {
    return new SendProof(
        p.sendId(),
        p.digest(),
        preimage,
        origin,
        p.clientData(),
        p.authenticatorData(),
        p.signature(),
        key,
        p.algorithm());
  }

  @Test
  void aProofThatSomebodyPutIntoTheDatabaseGivesWayToTheTrueOne() {
    TestPasskey device = registered();
    SendView first = propose("request-a", 100_000);
    confirm(first, answer(device, ask(first)));
    ada.receive(1_000_000);
    SendView send = propose("request-b", 100_000);
    new BareRows(house.foundation.database())
        .tamper(
            "INSERT INTO send_proof (send_id, digest, preimage, origin, client_data,"
                + " authenticator_data, signature, public_key, algorithm) SELECT ?, digest,"
                + " preimage, origin, client_data, authenticator_data, signature, public_key,"
                + " algorithm FROM send_proof WHERE send_id = ?",
            send.sendId(),
            first.sendId());
    assertThat(confirm(send, answer(device, ask(send))).state()).isEqualTo(SendState.BROADCAST);
    JdbiPasskeyStore rows = new JdbiPasskeyStore(house.foundation.database());
    assertThat(rows.proof(send.sendId()).orElseThrow().digest())
        .isNotEqualTo(rows.proof(first.sendId()).orElseThrow().digest());
  }

  @Test
  void fiftyUsesOfOneAssertionMakeOneTransaction() throws Exception {
    TestPasskey device = registered();
    SendView send = propose("request-a", 200_000);
    Assertion assertion = answer(device, ask(send));
    List<Object> answers = Crowd.atOnce(50, i -> confirm(send, assertion));
    assertThat(answers).allMatch(answer -> answer instanceof SendView);
    assertThat(house.practice.mempool()).hasSize(1);
    assertThat(house.rooms.coSigner().keyUses()).isEqualTo(1);
    Assertion stepUp = answer(device, questions().askStepUp(ada.accountId));
    List<Object> tickets = Crowd.atOnce(50, i -> questions().answerStepUp(ada.accountId, stepUp));
    assertThat(tickets.stream().filter(ticket -> ticket.toString().length() == 64)).hasSize(1);
  }

  @Test
  void anAssertionServesNoOtherSendAndNothingElseAndNotTwice() {
    TestPasskey device = registered();
    SendView first = propose("request-a", 200_000);
    SendView second = propose("request-b", 200_001);
    Assertion forFirst = answer(device, ask(first));
    Refused.with(Token.PASSKEY_REFUSED, () -> confirm(second, forFirst));
    Refused.with(Token.PASSKEY_LATE, () -> confirm(first, forFirst));
    for (int part = 0; part < 3; part++) {
      Assertion bent = TestPasskey.bent(answer(device, ask(first))).get(part);
      Refused.with(Token.PASSKEY_REFUSED, () -> confirm(first, bent));
    }
    Refused.with(
        Token.PASSKEY_LATE,
        () -> questions().answerStepUp(ada.accountId, answer(device, ask(first))));
    Refused.with(
        Token.PASSKEY_LATE,
        () -> confirm(first, answer(device, questions().askStepUp(ada.accountId))));
    Refused.with(
        Token.PASSKEY_REFUSED, () -> confirm(first, answer(new TestPasskey(HERE), ask(first))));
    PasskeyQuestions.Asked late = ask(first);
    house.pass(Duration.ofMinutes(2));
    Refused.with(Token.PASSKEY_LATE, () -> confirm(first, answer(device, late)));
    device.verifies = false;
    Refused.with(Token.PASSKEY_REFUSED, () -> confirm(first, answer(device, ask(first))));
    device.verifies = true;
    device.countsFrom(0);
    Refused.with(Token.PASSKEY_REFUSED, () -> confirm(first, answer(device, ask(first))));
    assertThat(house.rooms.coSigner().keyUses()).isZero();
    device.countsFrom(1_000);
    assertThat(confirm(first, answer(device, ask(first))).state()).isEqualTo(SendState.BROADCAST);
  }

  @Test
  void aSendThatIsSwappedInTheDatabaseIsNotConfirmedByThePasskeyOfTheOther() {
    TestPasskey device = registered();
    SendView honest = propose("request-a", 200_000);
    SendView theft = propose("request-b", 900_000);
    Assertion assertion = answer(device, ask(honest));
    new SwappedSends(house.foundation.database()).put(theft.sendId(), honest.sendId());
    Refused.with(Token.PASSKEY_REFUSED, () -> confirm(honest, assertion));
    assertThat(house.rooms.coSigner().keyUses()).isZero();
  }

  @Test
  void anAssertionUnderOtherPoliciesIsRefused() {
    TestPasskey device = registered();
    SendView send = propose("request-a", 200_000);
    Assertion assertion = answer(device, ask(send));
    byte[] digest =
        new JdbiSendStore(house.foundation.database()).find(send.sendId()).orElseThrow().digest();
    assertThat(
            questions()
                .answerSend(ada.accountId, ada.walletId, send.sendId(), digest, 1, assertion))
        .matches(refusal -> refusal.is(Token.PASSKEY_REFUSED));
  }

  @Test
  void aPasskeyStandsInForACodeOnceForTwoMinutesAndNeverForASend() {
    TestPasskey device = registered();
    SecondFactors factors = house.rooms.factors();
    String ticket = ticket(device);
    assertThat(ticket).matches("[0-9a-f]{64}");
    Person bob = house.new Person(2);
    assertThat(factors.use(bob.accountId, ticket)).isEqualTo(Verdict.USED);
    SendView send = propose("request-a", 200_000);
    Refused.with(
        Token.CODE_WRONG,
        () -> house.rooms.sends().confirm(ada.accountId, ada.walletId, send.sendId(), ticket));
    assertThat(factors.use(ada.accountId, ticket)).isEqualTo(Verdict.OK);
    assertThat(factors.use(ada.accountId, ticket)).isEqualTo(Verdict.USED);
    String late = ticket(device);
    house.pass(Duration.ofMinutes(2));
    assertThat(factors.use(ada.accountId, late)).isEqualTo(Verdict.USED);
    Refused.with(Token.PASSKEY_REFUSED, () -> questions().askStepUp(bob.accountId));
  }

  @Test
  void whoGuessesCodesKeepsNobodyOutWhoHasAPasskey() {
    TestPasskey device = registered();
    SecondFactors factors = house.rooms.factors();
    for (int i = 0; i <= SecondFactors.MOST_TRIES; i++) {
      factors.use(ada.accountId, "000000");
    }
    assertThat(factors.use(ada.accountId, ada.code())).isEqualTo(Verdict.TOO_MANY);
    assertThat(factors.use(ada.accountId, ticket(device))).isEqualTo(Verdict.OK);
  }

  private String ticket(TestPasskey device) {
    return questions()
        .answerStepUp(ada.accountId, answer(device, questions().askStepUp(ada.accountId)));
  }

  @Test
  void aPasskeySignsInWithoutThePasswordOnlyWhereItsOwnerAllowedIt() {
    TestPasskey device = registered();
    String id = passkeys().list(ada.accountId).get(0).passkeyId();
    Refused.with(
        Token.PASSKEY_NO_SIGNIN,
        () -> questions().answerSignIn(answer(device, questions().askSignIn())));
    passkeys().change(ada.accountId, id, "Key in the safe", true, "");
    Assertion answer = answer(device, questions().askSignIn());
    assertThat(questions().answerSignIn(answer)).isEqualTo(ada.accountId);
    Refused.with(Token.PASSKEY_LATE, () -> questions().answerSignIn(answer));
    Refused.with(
        Token.PASSKEY_LATE,
        () -> questions().answerSignIn(answer(device, questions().askStepUp(ada.accountId))));
    Person bob = house.new Person(2);
    Refused.with(Token.NOT_FOUND, () -> passkeys().change(bob.accountId, id, "Mine", true, ""));
    Refused.with(Token.NOT_FOUND, () -> passkeys().remove(bob.accountId, id, ""));
    passkeys().remove(ada.accountId, id, "");
    Refused.with(
        Token.PASSKEY_REFUSED,
        () -> questions().answerSignIn(answer(device, questions().askSignIn())));
  }

  @Test
  void whoLetsAPasskeySignInIsToldAndEveryOtherSessionEnds() {
    registered();
    String id = passkeys().list(ada.accountId).get(0).passkeyId();
    String here = house.rooms.sessions().open(ada.accountId, true, "Firefox", "").token();
    String other = house.rooms.sessions().open(ada.accountId, true, "Safari", "").token();
    String told = "A passkey signs in to your Trefoil account without the password";
    passkeys().change(ada.accountId, id, "Key in the safe", false, here);
    assertThat(house.rooms.sessions().find(other)).as("only a name").isPresent();
    assertThat(mailed()).doesNotContain(told);
    passkeys().change(ada.accountId, id, "Key at home", true, here);
    assertThat(house.rooms.sessions().find(other)).isEmpty();
    assertThat(house.rooms.sessions().find(here)).isPresent();
    assertThat(mailed()).containsOnlyOnce(told);
    assertThat(house.rooms.post().room().shown(ada.accountId))
        .anyMatch(mail -> mail.subject().equals(told) && mail.text().contains("Key at home"));
    passkeys().change(ada.accountId, id, "Key in the safe", true, here);
    passkeys().change(ada.accountId, id, "Key in the safe", false, here);
    assertThat(mailed()).containsOnlyOnce(told);
  }

  @Test
  void whoRemovesAPasskeyEndsEveryOtherSession() {
    registered();
    String id = passkeys().list(ada.accountId).get(0).passkeyId();
    String here = house.rooms.sessions().open(ada.accountId, true, "Firefox", "").token();
    String other = house.rooms.sessions().open(ada.accountId, true, "Safari", "").token();
    passkeys().remove(ada.accountId, id, here);
    assertThat(house.rooms.sessions().find(other)).isEmpty();
    assertThat(house.rooms.sessions().find(here)).isPresent();
  }

  private List<String> mailed() {
    return house.rooms.post().room().shown(ada.accountId).stream().map(Mail::subject).toList();
  }

  @Test
  void whatWasAskedAndIsOverIsForgotten() {
    TestPasskey device = registered();
    questions().askSignIn();
    ticket(device);
    JdbiPasskeyStore rows = new JdbiPasskeyStore(house.foundation.database());
    assertThat(rows.sweep(house.clock.instant())).isZero();
    house.clock.forward(Duration.ofMinutes(2));
    assertThat(rows.sweep(house.clock.instant())).isEqualTo(2);
  }
}
