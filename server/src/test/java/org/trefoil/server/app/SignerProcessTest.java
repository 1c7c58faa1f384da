package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trefoil.core.Token;
import org.trefoil.core.wire.SendState;
import org.trefoil.core.wire.SendView;
import org.trefoil.server.app.TestHouse.Person;
import org.trefoil.server.durable.Milestones.Step;
import org.trefoil.server.mail.Mail;
import org.trefoil.server.passkey.Assertion;
import org.trefoil.server.passkey.Passkeys;
import org.trefoil.server.secondfactor.GivenFactor;
import org.trefoil.server.secondfactor.SecondFactors;
import org.trefoil.server.secondfactor.Verdict;
import org.trefoil.server.store.Database;
import org.trefoil.server.store.JdbiFactorStore;
import org.trefoil.server.store.JdbiSeedStore;
import org.trefoil.server.store.JdbiSendStore;

/** Two processes: the one that serves and the one that signs, and either of them killed. */
class SignerProcessTest {
  @TempDir Path folder;

  private final TestClock clock = new TestClock();
  private SteeredSigner signer;
  private TestHouse house;
  private Person ada;

  @BeforeEach
  void begin() throws IOException {
    signer = new SteeredSigner(folder, clock);
    house = house();
    ada = house.new Person(1);
    ada.receive(1_000_000);
  }

  private Database database(String name) throws IOException {
    return Database.inFolder(Files.createDirectories(folder.resolve(name)));
  }

  private TestHouse house() throws IOException {
    return new TestHouse(database("front"), clock, signer.socket());
  }

  @AfterEach
  void end() throws InterruptedException {
    house.close();
    signer.kill();
  }

  private SendView proposed(String request) {
    return house.rooms.sends().propose(ada.accountId, ada.walletId, ada.request(request, 100_000));
  }

  private SendView confirm(TestSends room, SendView send) throws IOException {
    String code = ada.code();
    signer.sync();
    return room.sends().confirm(ada.accountId, ada.walletId, send.sendId(), code);
  }

  private TestSends calm() {
    return TestSends.heard(house, step -> {});
  }

  private SendState state(SendView send) {
    return house.rooms.sends().view(ada.accountId, ada.walletId, send.sendId()).state();
  }

  private byte[] raw(SendView send) {
    return new JdbiSendStore(house.foundation.database()).find(send.sendId()).orElseThrow().rawTx();
  }

  /** Lets the jobs of the house take up what was interrupted. */
  private void later() throws IOException {
    house.pass(Duration.ofSeconds(30));
    signer.sync();
    house.rooms.follower().lookAfterDue();
  }

  @Test
  void aWholeJourneyLeavesNoKeyAndNoSecretAtTheFront() throws IOException {
    SendView out = confirm(calm(), proposed("request-1"));
    assertThat(out.state()).isEqualTo(SendState.BROADCAST);
    house.mine(1);
    assertThat(state(out)).isEqualTo(SendState.CONFIRMED);
    Database database = house.foundation.database();
    assertThat(new JdbiSeedStore(database).count()).isZero();
    assertThat(new JdbiFactorStore(database).count()).isZero();
    assertThat(house.rooms.factors().recoveryLeft(ada.accountId)).isEqualTo(10);
    String unused = ada.recovery.get(0);
    SendView second = proposed("request-2");
    house.rooms.sends().confirm(ada.accountId, ada.walletId, second.sendId(), unused);
    assertThat(house.rooms.factors().recoveryLeft(ada.accountId)).isEqualTo(9);
    house.mine(1);
    Refused.with(
        Token.CODE_USED,
        () ->
            house
                .rooms
                .sends()
                .confirm(ada.accountId, ada.walletId, proposed("request-3").sendId(), unused));
  }

  @Test
  void whileTheSignerIsAwayNothingIsLostAndTheSameIsConfirmedAgain() throws Exception {
    SendView send = proposed("request-1");
    signer.kill();
    assertThat(house.rooms.holders().answers()).isFalse();
    Refused.with(
        Token.SIGNER_UNAVAILABLE,
        () -> house.rooms.sends().confirm(ada.accountId, ada.walletId, send.sendId(), ada.code()));
    assertThat(state(send)).isEqualTo(SendState.NEEDS_FACTOR);
    signer.start();
    assertThat(house.rooms.holders().answers()).isTrue();
    assertThat(confirm(calm(), send).state()).isEqualTo(SendState.BROADCAST);
  }

  @Test
  void aSignerKilledBetweenItsTwoAnswersSignsWhenItIsBack() throws Exception {
    SendView send = proposed("request-1");
    TestSends room =
        TestSends.heard(
            house,
            step -> {
              if (step == Step.INTENDED) {
                kill();
              }
            });
    confirm(room, send);
    assertThat(state(send)).isNotEqualTo(SendState.BROADCAST);
    later();
    assertThat(state(send)).as("still away").isNotEqualTo(SendState.BROADCAST);
    signer.start();
    later();
    assertThat(state(send)).isEqualTo(SendState.BROADCAST);
  }

  /** A house that ends when it comes to a step. */
  private TestSends endsAt(Step end) {
    return TestSends.heard(
        house,
        step -> {
          if (step == end) {
            throw new IllegalStateException(step.name());
          }
        });
  }

  private void kill() {
    try {
      signer.kill();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aFrontThatEndsAfterTheSignersAnswerAsksAgainAndGetsTheSameBytes() throws Exception {
    SendView send = proposed("request-1");
    TestSends room = endsAt(Step.SIGNED);
    assertThatThrownBy(() -> confirm(room, send)).hasMessage("SIGNED");
    signer.kill();
    signer.start();
    house.close();
    house = house();
    ada = house.new Person(ada.saved());
    later();
    assertThat(state(send)).isEqualTo(SendState.BROADCAST);
    byte[] first = raw(send);
    later();
    assertThat(raw(send)).isEqualTo(first);
  }

  @Test
  void aFrontThatForgotWhatTheSignerTookIsServedWithoutAnotherDebit() throws Exception {
    SendView send = proposed("request-1");
    TestSends room = endsAt(Step.RESERVED);
    assertThatThrownBy(() -> confirm(room, send)).hasMessage("RESERVED");
    assertThat(state(send)).isEqualTo(SendState.NEEDS_FACTOR);
    SendView out = calm().sends().confirm(ada.accountId, ada.walletId, send.sendId(), "000000");
    assertThat(out.state()).as("its code was taken already").isEqualTo(SendState.BROADCAST);
  }

  @Test
  void aPasskeyThatTheSignerKnowsConfirmsASendAndOnesOfTheFrontAloneDoNot() throws IOException {
    Passkeys passkeys = house.rooms.passkeys();
    TestPasskey unknown = new TestPasskey(passkeys.site().origin());
    Refused.with(Token.PASSKEY_REFUSED, () -> add(unknown));
    Refused.with(
        Token.SIGNER_NEEDS_CODE,
        () -> house.rooms.factors().useToAddPasskey(ada.accountId, "0".repeat(64)));
    String code = ada.code();
    signer.sync();
    assertThat(house.rooms.factors().useToAddPasskey(ada.accountId, code)).isEqualTo(Verdict.OK);
    TestPasskey hers = new TestPasskey(passkeys.site().origin());
    add(hers);
    assertThat(
            house
                .rooms
                .services(TestHouse.config(folder, null))
                .passkeys()
                .list(ada.accountId)
                .get(0)
                .countsFrom())
        .isEqualTo(clock.instant().plus(Duration.ofHours(72)).getEpochSecond());
    assertThat(letter("Your Trefoil account has a new passkey"))
        .contains("Sends and changes of rules are confirmed with it from 20");
    SendView early = proposed("request-0");
    Refused.with(Token.FACTOR_TOO_NEW, () -> answered(hers, early));
    house.pass(Duration.ofHours(73));
    signer.sync();
    SendView send = proposed("request-1");
    assertThat(answered(hers, send).state()).isEqualTo(SendState.BROADCAST);
    house.mine(1);
    TestPasskey another = another();
    vouch(hers);
    assertThat(answered(another, proposed("request-2")).state()).isEqualTo(SendState.BROADCAST);
  }

  @Test
  void newRecoveryCodesSignInAtOnceAndSayFromWhenTheyConfirmSends() throws IOException {
    SecondFactors factors = house.rooms.factors();
    String code = ada.code();
    signer.sync();
    assertThat(factors.recoveryFrom(ada.accountId)).isNull();
    List<String> fresh = factors.renewRecovery(ada.accountId, code, "");
    assertThat(factors.recoveryFrom(ada.accountId))
        .isEqualTo(clock.instant().plus(Duration.ofHours(72)));
    assertThat(letter("You have new recovery codes")).contains("confirmed with it from 20");
    SendView send = proposed("request-1");
    Refused.with(
        Token.FACTOR_TOO_NEW,
        () ->
            house.rooms.sends().confirm(ada.accountId, ada.walletId, send.sendId(), fresh.get(0)));
    assertThat(factors.useToSignIn(ada.accountId, fresh.get(0), true)).isEqualTo(Verdict.OK);
    Refused.with(
        Token.SIGNER_NEEDS_CODE, () -> factors.renewRecovery(ada.accountId, "0".repeat(64), ""));
  }

  private String letter(String subject) {
    return house.rooms.post().room().shown(null).stream()
        .filter(mail -> mail.subject().equals(subject))
        .map(Mail::text)
        .findFirst()
        .orElse("");
  }

  private TestPasskey another() throws IOException {
    String code = ada.code();
    signer.sync();
    assertThat(house.rooms.factors().useToAddPasskey(ada.accountId, code)).isEqualTo(Verdict.OK);
    TestPasskey another = new TestPasskey(house.rooms.passkeys().site().origin());
    add(another);
    return another;
  }

  /** Has the newest passkey count at once. */
  private void vouch(TestPasskey by) {
    Passkeys passkeys = house.rooms.passkeys();
    String fresh = passkeys.list(ada.accountId).get(1).passkeyId();
    var asked = passkeys.askVouch(ada.accountId, fresh);
    Assertion answer = by.answer(asked.challenge(), asked.siteId());
    passkeys.vouch(ada.accountId, fresh, answer, house.rooms.holders().ages());
  }

  private SendView answered(TestPasskey hers, SendView send) {
    var asked = house.rooms.sends().asking().ask(ada.accountId, ada.walletId, send.sendId());
    Assertion answer = hers.answer(asked.challenge(), asked.siteId());
    return house
        .rooms
        .sends()
        .confirm(ada.accountId, ada.walletId, send.sendId(), new GivenFactor.Signed(answer));
  }

  private void add(TestPasskey device) {
    device.addTo(house, ada.accountId);
  }

  @Test
  void aDatabaseIsOfOneKindFromItsFirstStartOn() throws IOException {
    house.close();
    assertThatThrownBy(() -> new TestHouse(database("front"), null))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("--signer");
    house = house();
    try (TestHouse own = new TestHouse(database("own"), null)) {
      own.new Person(2);
    }
    assertThatThrownBy(() -> new TestHouse(database("own"), clock, signer.socket()))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("of its own");
  }

  @Test
  void aSignerRefusesToStartWithoutASocketOnAnotherChainAndBesideAnother() {
    assertThatThrownBy(() -> start("signer", "--data", folder.resolve("x").toString()))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("--socket");
    assertThatThrownBy(
            () ->
                start(
                    "signer",
                    "--data",
                    folder.resolve("data").toString(),
                    "--socket",
                    folder.resolve("t").toString()))
        .hasMessageContaining("Another signer is using");
    assertThatThrownBy(() -> start("signer", "--network", "mainnet", "--socket", "s"))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("--limit-per-day");
    assertThatThrownBy(() -> start("signer", "--network", "signet", "--socket", "s"))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("--site");
  }

  private void start(String... flags) throws IOException {
    SignerCommand.start(List.of(flags), Map.of(), clock, System::nanoTime);
  }
}
