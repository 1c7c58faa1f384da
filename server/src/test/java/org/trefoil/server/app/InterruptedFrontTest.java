package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trefoil.core.Token;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.policy.HeldRules;
import org.trefoil.core.policy.TestRules;
import org.trefoil.core.wire.ActivateRequest;
import org.trefoil.core.wire.DraftWallet;
import org.trefoil.core.wire.Json;
import org.trefoil.core.wire.JsonObject;
import org.trefoil.core.wire.MemberRole;
import org.trefoil.core.wire.PolicyDocument;
import org.trefoil.core.wire.RulesAndReceipt;
import org.trefoil.core.wire.SendState;
import org.trefoil.core.wire.SendView;
import org.trefoil.server.app.TestHouse.Person;
import org.trefoil.server.audit.AuditKind;
import org.trefoil.server.passkey.Passkeys;
import org.trefoil.server.rules.Rulebook;
import org.trefoil.server.rules.Standing;
import org.trefoil.server.secondfactor.GivenFactor;
import org.trefoil.server.secondfactor.SecondFactors;
import org.trefoil.server.secondfactor.Totp;
import org.trefoil.server.secondfactor.Verdict;
import org.trefoil.server.signer.RunningSigner;
import org.trefoil.server.store.Invariants;
import org.trefoil.server.store.JdbiSendStore;
import org.trefoil.server.store.TestDatabase;

/**
 * A front that was killed after the signer did what it was asked, and before that was committed
 * here: the signer was asked, and the front knows nothing of it. What heals by itself, by asking
 * the same again, or by the next look at it.
 */
class InterruptedFrontTest extends LosingKeys {
  private static final Duration TWO_DAYS = Duration.ofHours(48);
  private static final byte[] NONCE = new byte[HeldRules.NONCE];

  @TempDir Path folder;

  private final TestClock clock = new TestClock();
  private RunningSigner signer;
  private HostileFront killed;

  @Override
  TestHouse house() throws IOException {
    signer = TestHouse.signer(folder, null, clock);
    killed = new HostileFront(folder.resolve("s"));
    return new TestHouse(TestDatabase.H2.fresh(), clock, folder.resolve("s"));
  }

  @BeforeEach
  void serve() {
    house.rooms.address().servedOn(8080);
  }

  @AfterEach
  void endSigner() {
    signer.close();
  }

  private Rulebook book() {
    return house.rooms.rulebook();
  }

  private static JsonObject op(String name) {
    return Json.object().put("op", name);
  }

  private JsonObject ofWallet(String name) {
    return op(name).put("wallet", ada.walletId);
  }

  private JsonObject ofAda(String name) {
    return op(name).put("account", ada.accountId);
  }

  /** The signer did it, and nobody here knows. */
  private void asked(JsonObject request) {
    Json answer = killed.ask(request);
    assertThat(answer.write()).doesNotContain("\"no\"", "WRONG", "USED", "TOO_MANY");
  }

  private void askedRules(PolicyDocument document) {
    asked(
        ofWallet("rules")
            .put("account", ada.accountId)
            .put("document", document.toJson())
            .put("code", ada.code()));
  }

  /** What her vault gets before it half-signs, and takes. */
  private HeldRules held() {
    RulesAndReceipt said = book().held(ada.accountId, ada.walletId, NONCE);
    return HeldRules.check(ada.cosigners, ada.walletId, NONCE, said, null);
  }

  private Standing standing() {
    return book().standing(ada.accountId, ada.walletId);
  }

  private PolicyDocument perSend(long most) {
    return document(TestRules.none().perSend(most), 0, KeyRole.USER);
  }

  @Test
  void rulesThatTheSignerAloneHoldsAreTakenOverAndTold() {
    sign(TestRules.none().perSend(500_000L));
    askedRules(perSend(100_000));
    assertThat(standing().chain().version()).isEqualTo(1);
    assertThat(held().version()).isEqualTo(2);
    assertThat(standing().chain().version()).isEqualTo(2);
    assertThat(mailed()).filteredOn("The rules of a wallet are changed"::equals).hasSize(2);
    assertThat(audit()).filteredOn(AuditKind.RULES_CHANGED::equals).hasSize(2);
    assertThat(held().version()).isEqualTo(2);
    assertThat(mailed()).filteredOn("The rules of a wallet are changed"::equals).hasSize(2);
    Refused.with(Token.LIMIT_PER_SEND, () -> send("request-a", 200_000));
    sign(TestRules.none().perSend(50_000L));
    assertThat(held().version()).isEqualTo(3);
  }

  private SendView send(String request, long sats) {
    return confirm(propose(ada.request(request, sats)), ada.code());
  }

  @Test
  void theSameRulesAreSignedAgainAndOthersBringTheSigners() {
    PolicyDocument first = perSend(100_000);
    PolicyDocument other = perSend(90_000);
    askedRules(first);
    Refused.with(Token.POLICY_CHANGED_ELSEWHERE, () -> sign(other, ada.code()));
    assertThat(standing().chain().documents()).containsExactly(first);
    sign(first, "no code is asked for");
    PolicyDocument second = perSend(80_000);
    askedRules(second);
    sign(second, "no code is used up");
    assertThat(held().version()).isEqualTo(2);
    assertThat(standing().chain().version()).isEqualTo(2);
  }

  @Test
  void looserRulesThatWaitAtTheSignerAreToldAndWhatWasCancelledThereIsCancelled() {
    sign(TestRules.none().perSend(100_000L));
    long begin = clock.instant().plus(TWO_DAYS).plusSeconds(60).getEpochSecond();
    askedRules(document(TestRules.none().perSend(300_000L), begin, KeyRole.USER));
    assertThat(held().waiting()).isNotNull();
    assertThat(mailed()).contains("The rules of a wallet are to become looser");
    assertThat(standing().waiting(clock.instant())).isNotNull();
    asked(ofWallet("rules-cancel").put("version", 2L));
    assertThat(standing().waiting(clock.instant())).isNotNull();
    assertThat(held().waiting()).isNull();
    assertThat(standing().waiting(clock.instant())).isNull();
    assertThat(audit()).contains(AuditKind.RULES_CANCELLED);
    Refused.with(Token.NOTHING_WAITS, () -> book().cancel(ada.accountId, ada.walletId));
    // Both at once, of a front that knows of neither.
    begin = clock.instant().plus(TWO_DAYS).plusSeconds(60).getEpochSecond();
    askedRules(document(TestRules.none().perSend(400_000L), begin, KeyRole.USER));
    asked(ofWallet("rules-cancel").put("version", 3L));
    assertThat(held().version()).isEqualTo(3);
    assertThat(standing().waiting(clock.instant())).isNull();
  }

  @Test
  void aCancelThatTheSignerAloneDidIsDoneAgain() {
    sign(TestRules.none().perSend(100_000L));
    long begin = clock.instant().plus(TWO_DAYS).plusSeconds(60).getEpochSecond();
    sign(document(TestRules.none().perSend(300_000L), begin, KeyRole.USER), ada.code());
    asked(ofWallet("rules-cancel").put("version", 2L));
    book().cancel(ada.accountId, ada.walletId);
    assertThat(standing().waiting(clock.instant())).isNull();
  }

  @Test
  void aStopThatTheSignerAloneHoldsIsTakenOver() {
    asked(ofWallet("stop"));
    assertThat(standing().frozen(clock.instant())).isFalse();
    assertThat(held().stopped()).isTrue();
    assertThat(standing().frozen(clock.instant())).isTrue();
    assertThat(mailed()).contains("A wallet is stopped");
    book().thaw(ada.accountId, ada.walletId, ada.code());
    asked(ofWallet("stop"));
    assertThat(standing().thawAt()).isNotNull();
    held();
    assertThat(standing().frozen(clock.instant())).isTrue();
    assertThat(standing().thawAt()).isNull();
  }

  private Instant thawsThere() {
    RulesAndReceipt said = book().held(ada.accountId, ada.walletId, NONCE);
    return Instant.ofEpochSecond(said.receipt().thawAt());
  }

  private void askedThaw() {
    asked(ofWallet("thaw").put("account", ada.accountId).put("code", ada.code()));
  }

  @Test
  void aThawThatTheSignerAloneBeganIsAskedForAgainAndNoWaitIsShorter() {
    book().freeze(ada.accountId, ada.walletId);
    askedThaw();
    Instant there = clock.instant().plus(TWO_DAYS);
    house.pass(Duration.ofHours(10));
    Refused.with(Token.CODE_WRONG, () -> book().thaw(ada.accountId, ada.walletId, "000000"));
    book().thaw(ada.accountId, ada.walletId, ada.code());
    assertThat(standing().thawAt()).isEqualTo(clock.instant().plus(TWO_DAYS));
    assertThat(mailed()).contains("A stopped wallet is to go on");
    assertThat(thawsThere()).as("neither sooner nor later").isEqualTo(there);
    house.pass(Duration.ofHours(39));
    Refused.with(Token.WALLET_FROZEN, () -> send("request-b", 100_000));
    house.pass(Duration.ofHours(10));
    assertThat(send("request-c", 100_000).state()).isEqualTo(SendState.BROADCAST);
  }

  @Test
  void aThawThatIsOverAtTheSignerIsAskedForAgain() {
    book().freeze(ada.accountId, ada.walletId);
    askedThaw();
    house.pass(TWO_DAYS.plusHours(1));
    assertThat(standing().frozen(clock.instant())).isTrue();
    assertThat(held().stopped()).as("again, there as here").isTrue();
    book().thaw(ada.accountId, ada.walletId, ada.code());
    house.pass(TWO_DAYS.minusHours(1));
    Refused.with(Token.WALLET_FROZEN, () -> send("request-a", 100_000));
    house.pass(Duration.ofHours(2));
    assertThat(send("request-b", 100_000).state()).isEqualTo(SendState.BROADCAST);
  }

  @Test
  void whoStopsAgainWhatIsStoppedHereStopsItThereToo() {
    book().freeze(ada.accountId, ada.walletId);
    askedThaw();
    assertThat(thawsThere()).isEqualTo(clock.instant().plus(TWO_DAYS));
    book().freeze(ada.accountId, ada.walletId);
    assertThat(held().thawAt()).isNull();
    house.pass(TWO_DAYS.plusHours(1));
    assertThat(held().stopped()).isTrue();
  }

  @Test
  void aThawThatWaitsAtTheSignerIsToldWhenSomebodyLooks() {
    book().freeze(ada.accountId, ada.walletId);
    askedThaw();
    Instant there = clock.instant().plus(TWO_DAYS);
    house.pass(Duration.ofHours(1));
    held();
    assertThat(house.rooms.post().room().shown(ada.accountId))
        .filteredOn(mail -> mail.subject().equals("A stopped wallet is to go on"))
        .singleElement()
        .satisfies(
            mail ->
                assertThat(mail.text())
                    .contains("it signs again from " + minute(there))
                    .contains("this server sends again from " + minute(there.plusSeconds(3_600))));
    assertThat(standing().thawAt()).isEqualTo(clock.instant().plus(TWO_DAYS));
    Refused.with(Token.NOTHING_WAITS, () -> book().thaw(ada.accountId, ada.walletId, ada.code()));
  }

  private static String minute(Instant at) {
    return at.toString().substring(0, 16).replace('T', ' ') + " UTC";
  }

  private byte[] psbt(SendView send) {
    return new JdbiSendStore(house.foundation.database()).find(send.sendId()).orElseThrow().psbt();
  }

  private SendView askedConfirm(String request, long sats) {
    SendView send = propose(ada.request(request, sats));
    String psbt = Base64.getEncoder().encodeToString(psbt(send));
    asked(
        ofWallet("confirm")
            .put("account", ada.accountId)
            .put("psbt", psbt)
            .put("code", ada.code()));
    assertThat(look(send).state()).isEqualTo(SendState.NEEDS_FACTOR);
    return send;
  }

  @Test
  void aSendThatTheSignerAloneGrantedIsCancelledAndItsCoinsAreFree() {
    SendView send = askedConfirm("request-a", 100_000);
    byte[] psbt = psbt(send);
    house.rooms.sends().cancel(ada.accountId, ada.walletId, send.sendId());
    assertThat(signs(psbt)).isEqualTo("send-not-pending");
    assertThat(send("request-b", 200_000).state()).isEqualTo(SendState.BROADCAST);
    house.mine(1);
    Invariants.hold(house.foundation.database());
  }

  @Test
  void aSendThatTheSignerAloneGrantedEndsWithItsTimeAndMayBeProposedAnew() {
    SendView send = askedConfirm("request-a", 100_000);
    byte[] psbt = psbt(send);
    house.pass(Duration.ofHours(2));
    assertThat(house.rooms.follower().expire()).isEqualTo(1);
    assertThat(signs(psbt)).isEqualTo("send-not-pending");
    assertThat(send("request-b", 100_000).state()).isEqualTo(SendState.BROADCAST);
  }

  @Test
  void whatWaitedAndTheSignerAloneRefusesIsEndedThereAsWell() {
    sign(TestRules.none().hold(50_000, 24));
    SendView send = confirm(propose(ada.request("request-a", 200_000)), ada.code());
    assertThat(send.state()).isEqualTo(SendState.HELD);
    byte[] psbt = psbt(send);
    askedRules(document(TestRules.none().hold(50_000, 24).perSend(100_000L), 0, KeyRole.USER));
    house.pass(Duration.ofHours(25));
    house.rooms.follower().lookAfterDue();
    assertThat(look(send).state()).isEqualTo(SendState.REJECTED);
    assertThat(signs(psbt)).isEqualTo("send-not-pending");
  }

  @Test
  void whatWasSignedOrIsOneOfTwoOverACoinIsNotForgotten() {
    SendView send = askedConfirm("request-a", 100_000);
    byte[] psbt = psbt(send);
    assertThat(signs(psbt)).isEqualTo("done");
    house.rooms.sends().cancel(ada.accountId, ada.walletId, send.sendId());
    assertThat(signs(psbt)).isEqualTo("done");
    Refused.with(Token.COINS_TAKEN, () -> send("request-b", 200_000));
  }

  private String signs(byte[] psbt) {
    return killed.says(ofWallet("sign").put("psbt", Base64.getEncoder().encodeToString(psbt)));
  }

  private Person approver() {
    Person bob = house.new Person(2);
    join(bob, MemberRole.APPROVER);
    sign(TestRules.none().approvals(50_000, 1, named(bob)));
    return bob;
  }

  @Test
  void aYesThatTheSignerAloneHeardIsSaidAgain() {
    Person bob = approver();
    SendView send = send("request-a", 200_000);
    assertThat(send.state()).isEqualTo(SendState.HELD);
    byte[] digest =
        new JdbiSendStore(house.foundation.database()).find(send.sendId()).orElseThrow().digest();
    asked(
        ofWallet("yes")
            .put("account", bob.accountId)
            .put("digest", HexFormat.of().formatHex(digest))
            .put("code", bob.code()));
    house
        .rooms
        .sends()
        .approving()
        .approve(bob.accountId, ada.walletId, send.sendId(), new GivenFactor.Code("000000"));
    assertThat(look(send).state()).isEqualTo(SendState.BROADCAST);
  }

  @Test
  void whatTheSignerAloneEndedIsCancelledHereTooOrNeverSigned() {
    Person bob = approver();
    SendView send = send("request-a", 200_000);
    byte[] digest =
        new JdbiSendStore(house.foundation.database()).find(send.sendId()).orElseThrow().digest();
    asked(ofWallet("drop").put("digest", HexFormat.of().formatHex(digest)));
    house.rooms.sends().approving().refuse(bob.accountId, ada.walletId, send.sendId());
    assertThat(look(send).state()).isEqualTo(SendState.CANCELLED);
    assertThat(view(ada.walletId).balance().reserved()).isZero();
  }

  private JsonObject ofPasskey(String name, TestPasskey passkey) {
    return ofAda(name).put("publicKey", Base64.getEncoder().encodeToString(passkey.publicKey()));
  }

  private void granted() {
    String code = ada.code();
    assertThat(house.rooms.factors().useToAddPasskey(ada.accountId, code)).isEqualTo(Verdict.OK);
  }

  private TestPasskey added() {
    Passkeys passkeys = house.rooms.passkeys();
    granted();
    TestPasskey hers = new TestPasskey(passkeys.site().origin());
    Passkeys.Making making = passkeys.begin(ada.accountId);
    passkeys.add(ada.accountId, "Phone", hers.make(making.challenge(), making.siteId()), "");
    return hers;
  }

  private List<org.trefoil.server.http.Passkeys.Line> looked() {
    return house.rooms.services(TestHouse.config(folder, null)).passkeys().list(ada.accountId);
  }

  private boolean keysAlone() {
    return house.rooms.factors().keysAlone(ada.accountId);
  }

  @Test
  void aPasskeyThatTheSignerAloneKnowsIsForgottenThere() {
    TestPasskey unknown = new TestPasskey(house.rooms.passkeys().site().origin());
    granted();
    asked(ofPasskey("passkey", unknown));
    looked();
    assertThat(youngThere(unknown)).as("it may be about to be committed").hasSize(1);
    house.pass(Duration.ofMinutes(21));
    TestPasskey hers = added();
    assertThat(looked()).hasSize(1);
    assertThat(youngThere(unknown, hers))
        .containsExactly(Base64.getEncoder().encodeToString(hers.publicKey()));
  }

  @Test
  void onePasskeyThatCountsAndNoPageShowsGoesAfterTheWait() {
    TestPasskey planted = new TestPasskey(house.rooms.passkeys().site().origin());
    granted();
    asked(ofPasskey("passkey", planted));
    house.pass(Duration.ofHours(73));
    assertThat(keysAlone()).isTrue();
    assertThat(looked()).isEmpty();
    house.pass(Duration.ofHours(73));
    granted();
    asked(ofPasskey("passkey", planted));
    assertThat(youngThere(planted)).as("it was gone, and is new").hasSize(1);
  }

  /** Those that do not count yet at the signer, which is asked to forget none of these. */
  private List<String> youngThere(TestPasskey... known) {
    List<String> keys =
        Stream.of(known).map(key -> Base64.getEncoder().encodeToString(key.publicKey())).toList();
    return killed
        .ask(ofAda("young").putTexts("known", keys))
        .read(f -> f.list("young", each -> each.pick(y -> y.text("key"))));
  }

  @Test
  void aPasskeyThatTheSignerAloneRemovedIsRemovedAgainAndItsCodeAllowsNoOther() {
    TestPasskey hers = added();
    house.pass(Duration.ofHours(73));
    TestPasskey other = added();
    house.pass(Duration.ofHours(73));
    asked(ofAda("grant-gone").put("code", ada.code()));
    asked(ofPasskey("passkey-gone", hers));
    Passkeys passkeys = house.rooms.passkeys();
    String first = passkeys.list(ada.accountId).get(0).passkeyId();
    SecondFactors factors = house.rooms.factors();
    assertThat(factors.useToRemovePasskey(ada.accountId, ada.code())).isEqualTo(Verdict.OK);
    passkeys.remove(ada.accountId, first, "");
    assertThat(passkeys.list(ada.accountId)).hasSize(1);
    asked(ofPasskey("passkey-gone", other));
    SendView send = propose(ada.request("request-a", 100_000));
    var question = house.rooms.sends().asking().ask(ada.accountId, ada.walletId, send.sendId());
    var answer = other.answer(question.challenge(), question.siteId());
    assertThat(
            house
                .rooms
                .sends()
                .confirm(ada.accountId, ada.walletId, send.sendId(), new GivenFactor.Signed(answer))
                .state())
        .as("no code was given for that one")
        .isEqualTo(SendState.BROADCAST);
  }

  @Test
  void aWalletIsPinnedWhenItIsPutToUseAndAgainByTheSameKeys() {
    TestVault vault = new TestVault(9);
    DraftWallet broken = house.rooms.wallets().draft(ada.accountId, "Broken", "request-broken");
    house.rooms.wallets().storeKeys(ada.accountId, broken.walletId(), vault.keys(broken));
    JsonObject receipt =
        op("receipt")
            .put("wallet", broken.walletId())
            .put("nonce", Base64.getEncoder().encodeToString(NONCE));
    assertThat(killed.says(receipt)).isEqualTo("not-found");
    asked(
        op("pin")
            .put("wallet", broken.walletId())
            .put("account", ada.accountId)
            .put("descriptor", vault.cosigners(broken).descriptor()));
    String statement = vault.statement(vault.cosigners(broken), broken.walletId(), KeyRole.BACKUP);
    house
        .rooms
        .wallets()
        .activate(
            ada.accountId, broken.walletId(), new ActivateRequest("backup", statement, List.of()));
    assertThat(house.rooms.wallets().active(ada.accountId, broken.walletId())).isNotNull();
  }

  /** What heals by being asked again, as it always did. */
  @Test
  void whateverElseTheSignerDidAloneIsAskedOfItAgain() {
    SecondFactors factors = house.rooms.factors();
    String eve =
        house
            .rooms
            .accounts()
            .signUp("eve@example.org", TestHouse.salt(), TestHouse.KDF, TestHouse.proof(5))
            .accountId();
    asked(op("enrol").put("account", eve));
    byte[] app = TestHouse.unbase32(factors.begin(eve, "eve").secret());
    asked(op("enrolled").put("account", eve).put("code", code(app)));
    Refused.with(Token.FACTOR_ALREADY_ENROLLED, () -> factors.confirm(eve, code(app)));
    house.pass(Duration.ofSeconds(30));
    assertThat(factors.renewRecovery(eve, code(app), "")).as("nobody saw the first").hasSize(10);
    asked(ofAda("renew").put("code", ada.code()));
    assertThat(factors.renewRecovery(ada.accountId, ada.code(), "")).hasSize(10);
    asked(ofAda("use").put("code", ada.code()).put("kind", "OWN"));
    assertThat(factors.use(ada.accountId, ada.code())).isEqualTo(Verdict.OK);
    asked(ofAda("use-link").put("code", ada.code()));
    assertThat(factors.useCountedElsewhere(ada.accountId, ada.code())).isEqualTo(Verdict.OK);
    asked(ofAda("grant").put("code", ada.code()));
    TestPasskey first = added();
    house.pass(Duration.ofHours(73));
    TestPasskey second = added();
    Passkeys passkeys = house.rooms.passkeys();
    String fresh = passkeys.list(ada.accountId).get(1).passkeyId();
    for (int times = 0; times < 2; times++) {
      var question = passkeys.askVouch(ada.accountId, fresh);
      var answer = first.answer(question.challenge(), question.siteId());
      passkeys.vouch(ada.accountId, fresh, answer, house.rooms.holders().ages());
    }
    assertThat(youngThere(first, second)).isEmpty();
    asked(op("make").put("wallet", "ab".repeat(16)));
    assertThat(house.rooms.wallets().draft(ada.accountId, "Another", "request-x")).isNotNull();
  }

  private String code(byte[] app) {
    return Totp.code(app, Totp.step(clock.instant()), Totp.DIGITS);
  }
}
