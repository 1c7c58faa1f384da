package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.policy.PolicyChain;
import org.trefoil.core.proposal.CheckedSpend;
import org.trefoil.core.proposal.FeeBounds;
import org.trefoil.core.proposal.FinalTx;
import org.trefoil.core.proposal.FoundSpend;
import org.trefoil.core.proposal.OwnScripts;
import org.trefoil.core.psbt.InputSignature;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.DraftWallet;
import org.trefoil.core.wire.Fees;
import org.trefoil.core.wire.Json;
import org.trefoil.core.wire.JsonObject;
import org.trefoil.core.wire.PolicyDocument;
import org.trefoil.core.wire.PolicyView;
import org.trefoil.core.wire.Rules;
import org.trefoil.core.wire.Spendable;
import org.trefoil.core.wire.SpendableCoin;
import org.trefoil.server.passkey.Assertion;
import org.trefoil.server.passkey.Preimage;
import org.trefoil.server.policy.Ceilings;
import org.trefoil.server.secondfactor.Totp;
import org.trefoil.server.signer.RunningSigner;

/**
 * The front process is somebody else's: he has all of its memory, database and key file, says on
 * the socket what he likes, and has the user's key and passcode. The signer signs nothing for him
 * that the owner's second factor and the wallet's rules do not allow.
 */
class FrontTakenOverTest {
  private static final String WALLET = "0123456789abcdef0123456789abcdef";
  private static final String OTHER = "fedcba9876543210fedcba9876543210";
  private static final String ADA = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
  private static final String EVE = "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee";
  private static final String SHOP = TestHouse.ELSEWHERE;
  private static final String THIEF =
      "bcrt1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3qzf4jry";
  private static final String SITE = "https://wallet.example";
  private static final long COIN = 1_000_000;

  @TempDir Path folder;

  private final TestClock clock = new TestClock();
  private final TestVault vault = new TestVault(7);
  private RunningSigner signer;
  private HostileFront front;
  private Cosigners cosigners;
  private byte[] totp;
  private long lastStep;
  private int made;

  @BeforeEach
  void begin() throws IOException {
    start(null);
    cosigners = wallet(WALLET, ADA, vault);
    totp = enrol(ADA);
  }

  @AfterEach
  void end() throws IOException {
    signer.close();
  }

  private void start(Sats perDay) throws IOException {
    Path socket = folder.resolve("s");
    signer =
        RunningSigner.start(
            new RunningSigner.Settings(
                folder.resolve("data"),
                socket,
                null,
                Network.REGTEST,
                "practice",
                new Ceilings(perDay, null),
                Duration.ofHours(72)),
            clock,
            clock,
            new SecureRandom());
    front = new HostileFront(socket);
  }

  private void restart(Sats perDay) throws IOException {
    signer.close();
    start(perDay);
  }

  // ---- what an honest front would do

  private static JsonObject op(String name) {
    return Json.object().put("op", name);
  }

  private static JsonObject op(String name, String walletId) {
    return op(name).put("wallet", walletId);
  }

  private Cosigners wallet(String walletId, String owner, TestVault by) {
    String key = front.ask(op("make", walletId)).read(f -> f.text("key"));
    Cosigners set = by.cosigners(new DraftWallet(walletId, "regtest", key, 0, 0));
    assertThat(front.says(pin(walletId, owner, set))).isEqualTo("done");
    return set;
  }

  private static JsonObject pin(String walletId, String owner, Cosigners set) {
    return op("pin", walletId).put("account", owner).put("descriptor", set.descriptor());
  }

  private byte[] enrol(String account) {
    String secret = front.ask(op("enrol").put("account", account)).read(f -> f.text("secret"));
    byte[] bytes = TestHouse.unbase32(secret);
    String code = Totp.code(bytes, Totp.step(clock.instant()), Totp.DIGITS);
    assertThat(front.says(op("enrolled").put("account", account).put("code", code)))
        .isEqualTo("done");
    lastStep = Totp.step(clock.instant());
    return bytes;
  }

  private String code() {
    return code(totp);
  }

  private String code(byte[] secret) {
    while (Totp.step(clock.instant()) <= lastStep) {
      clock.forward(Duration.ofSeconds(30));
    }
    lastStep = Totp.step(clock.instant());
    return Totp.code(secret, lastStep, Totp.DIGITS);
  }

  /** Coins that nobody else knows of; the signer has no chain, and needs none. */
  private Spendable coins(int number, long value) {
    String txid = String.format("%064x", number);
    SpendableCoin coin = new SpendableCoin(txid, 0, value, 0, number % 50, 6, false, false, "");
    return new Spendable(List.of(coin), new Fees(1_000, 2_000, 2_000, 2_000, 500_000), 1, 200);
  }

  private byte[] spend(int coin, String to, long sats) {
    return spend(cosigners, vault, coin, to, sats);
  }

  private byte[] spend(Cosigners set, TestVault by, int coin, String to, long sats) {
    String psbt = by.send(set, coins(coin, COIN), "request-" + made++, to, sats).psbt();
    return Base64.getDecoder().decode(psbt);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static JsonObject confirm(byte[] psbt, String account) {
    return op("confirm", WALLET).put("account", account).put("psbt", base64(psbt));
  }

  private String confirmed(byte[] psbt, String code) {
    return front.says(confirm(psbt, ADA).put("code", code));
  }

  private String signs(byte[] psbt) {
    return front.says(op("sign", WALLET).put("psbt", base64(psbt)));
  }

  private void nothingFor(byte[] psbt) {
    long before = signer.keyUses();
    assertThat(signs(psbt)).isNotEqualTo("done");
    assertThat(signer.keyUses()).isEqualTo(before);
  }

  private byte[] digest(byte[] psbt) {
    return read(psbt).digest();
  }

  private CheckedSpend read(byte[] psbt) {
    return FoundSpend.of(Psbt.parse(psbt), new OwnScripts(cosigners), FeeBounds.standard());
  }

  /** The whole transaction, all its signatures verified. */
  private byte[] transaction(byte[] psbt) {
    List<InputSignature> signatures = new ArrayList<>();
    front
        .ask(op("sign", WALLET).put("psbt", base64(psbt)))
        .read(
            f ->
                f.list(
                    "signatures",
                    each ->
                        each.read(
                            s ->
                                signatures.add(
                                    InputSignature.of(
                                        signatures.size(),
                                        Base64.getDecoder().decode(s.base64("key")),
                                        Base64.getDecoder().decode(s.base64("signature")))))));
    return FinalTx.finish(Psbt.parse(psbt).withSignatures(signatures), cosigners).bytes();
  }

  // ---- rules

  private final List<PolicyDocument> known = new ArrayList<>();

  private PolicyDocument version(Rules rules, long begin, KeyRole by) {
    return vault.policy(cosigners, WALLET, new PolicyView(known, List.of(), 0), rules, begin, by);
  }

  private String sends(PolicyDocument document, String code) {
    return front.says(
        op("rules", WALLET)
            .put("account", ADA)
            .put("document", document.toJson())
            .put("code", code));
  }

  private void holds(Rules rules) {
    PolicyDocument document = version(rules, 0, KeyRole.USER);
    assertThat(sends(document, code())).isEqualTo("done");
    known.add(document);
  }

  private static Rules perSend(long most) {
    Rules none = Rules.NONE;
    return new Rules(
        most,
        none.amounts(),
        none.counts(),
        false,
        List.of(),
        List.of(),
        null,
        0,
        null,
        0,
        List.of(),
        48,
        null,
        0);
  }

  private static Rules inADay(long most) {
    return new Rules(
        null,
        List.of(new Rules.Window(86_400, most)),
        List.of(),
        false,
        List.of(),
        List.of(),
        null,
        0,
        null,
        0,
        List.of(),
        48,
        null,
        0);
  }

  private static Rules book(String address) {
    return new Rules(
        null,
        List.of(),
        List.of(),
        true,
        List.of(new Rules.BookEntry("Shop", address)),
        List.of(),
        null,
        0,
        null,
        0,
        List.of(),
        48,
        null,
        0);
  }

  private static Rules held(int hours) {
    return new Rules(
        null,
        List.of(),
        List.of(),
        false,
        List.of(),
        List.of(),
        new Rules.Hold(1_000, hours),
        0,
        null,
        0,
        List.of(),
        48,
        null,
        0);
  }

  private static Rules approvals(String... members) {
    List<Rules.Person> people = new ArrayList<>();
    for (String member : members) {
      people.add(new Rules.Person(member, "m@example.org"));
    }
    return new Rules(
        null,
        List.of(),
        List.of(),
        false,
        List.of(),
        List.of(),
        null,
        0,
        null,
        0,
        List.of(),
        48,
        new Rules.Approvals(1_000, 1, 24, people),
        0);
  }

  // ---- the second factor

  @Test
  void theOwnerHasWhatSheConfirmedSignedTheSameBytesEachTime() throws IOException {
    byte[] psbt = spend(1, SHOP, 100_000);
    assertThat(confirmed(psbt, code())).isEqualTo("done");
    byte[] first = transaction(psbt);
    assertThat(transaction(psbt)).isEqualTo(first);
    restart(null);
    assertThat(confirmed(psbt, "")).as("once confirmed, it takes no code").isEqualTo("done");
    assertThat(transaction(psbt)).isEqualTo(first);
  }

  @Test
  void theUsersKeyWithoutTheSecondFactorGetsNothing() {
    byte[] psbt = spend(1, THIEF, 100_000);
    nothingFor(psbt);
    assertThat(front.says(confirm(psbt, ADA))).isEqualTo("code-wrong");
    assertThat(confirmed(psbt, "000000")).isEqualTo("code-wrong");
    assertThat(signs(psbt)).isEqualTo("send-not-pending");
    nothingFor(psbt);
  }

  @Test
  void tenWrongCodesStopTheGuessing() {
    byte[] psbt = spend(1, THIEF, 100_000);
    for (int i = 0; i < 10; i++) {
      assertThat(confirmed(psbt, "00000" + i)).isEqualTo("code-wrong");
    }
    assertThat(confirmed(psbt, code())).isEqualTo("too-many-tries");
    nothingFor(psbt);
  }

  @Test
  void somebodyElsesFactorIsNoFactor() {
    byte[] eves = enrol(EVE);
    byte[] psbt = spend(1, THIEF, 100_000);
    assertThat(front.says(confirm(psbt, EVE).put("code", code(eves)))).isEqualTo("role-refused");
    assertThat(confirmed(psbt, code(eves))).isEqualTo("code-wrong");
    nothingFor(psbt);
  }

  @Test
  void aCodeIsGoodOnceAndForOneTransaction() {
    byte[] hers = spend(1, SHOP, 100_000);
    String code = code();
    assertThat(confirmed(hers, code)).isEqualTo("done");
    byte[] his = spend(2, THIEF, 100_000);
    assertThat(confirmed(his, code)).isEqualTo("code-used");
    nothingFor(his);
    assertThat(transaction(hers)).isNotEmpty();
  }

  @Test
  void theAppInUseIsNotEnrolledOver() {
    assertThat(front.says(op("enrol").put("account", ADA))).isEqualTo("factor-already-enrolled");
    assertThat(front.says(op("enrolled").put("account", ADA).put("code", code())))
        .isEqualTo("factor-already-enrolled");
    assertThat(confirmed(spend(1, SHOP, 100_000), code())).isEqualTo("done");
  }

  @Test
  void aLostAppWaitsByTheSignersClockAndTheOneThereEndsIt() {
    assertThat(front.says(op("reset").put("account", ADA))).isEqualTo("done");
    byte[] his = reset();
    assertThat(endReset(code(his))).isEqualTo("reset-waiting");
    clock.forward(Duration.ofHours(71));
    assertThat(endReset(code(his))).isEqualTo("reset-waiting");
    assertThat(confirmed(spend(1, SHOP, 100_000), code())).isEqualTo("done");
    clock.forward(Duration.ofHours(2));
    assertThat(endReset(code(his))).as("she used hers").isEqualTo("link-dead");
    byte[] psbt = spend(2, THIEF, 100_000);
    assertThat(confirmed(psbt, code(his))).isEqualTo("code-wrong");
    nothingFor(psbt);
  }

  @Test
  void aNewAppIsNotGuessed() {
    assertThat(front.says(op("reset").put("account", ADA))).isEqualTo("done");
    clock.forward(Duration.ofHours(73));
    assertThat(endReset("000000")).isEqualTo("done"); // a verdict: wrong
    assertThat(endReset("000001")).isEqualTo("link-dead");
  }

  private byte[] reset() {
    return TestHouse.unbase32(
        front.ask(op("reset-show").put("account", ADA)).read(f -> f.text("secret")));
  }

  private String endReset(String code) {
    return front.says(op("reset-end").put("account", ADA).put("code", code));
  }

  @Test
  void aPasskeyIsAddedOnACodeAndAnswersForOneTransaction() {
    TestPasskey hers = new TestPasskey(SITE);
    assertThat(add(hers)).as("without a code").isEqualTo("passkey-refused");
    assertThat(front.says(op("grant").put("account", ADA).put("code", code()))).isEqualTo("done");
    assertThat(add(hers)).isEqualTo("done");
    TestPasskey his = new TestPasskey(SITE);
    assertThat(add(his)).as("one for a code").isEqualTo("passkey-refused");
    byte[] psbt = spend(1, SHOP, 100_000);
    byte[] other = spend(2, THIEF, 100_000);
    long end = clock.instant().plusSeconds(120).getEpochSecond();
    assertThat(answered(psbt, his, psbt, end, 0)).isEqualTo("passkey-refused");
    assertThat(answered(other, hers, psbt, end, 0)).isEqualTo("passkey-refused");
    assertThat(answered(psbt, hers, psbt, end, 1)).as("other rules").isEqualTo("passkey-refused");
    long over = clock.instant().getEpochSecond();
    assertThat(answered(psbt, hers, psbt, over, 0)).as("too late").isEqualTo("passkey-refused");
    nothingFor(psbt);
    nothingFor(other);
    assertThat(answered(psbt, hers, psbt, end, 0)).isEqualTo("done");
    assertThat(transaction(psbt)).isNotEmpty();
    byte[] third = spend(3, SHOP, 100_000);
    assertThat(front.says(passkey("passkey-gone", hers))).isEqualTo("done");
    assertThat(answered(third, hers, third, end, 0)).isEqualTo("passkey-refused");
    nothingFor(third);
  }

  private String add(TestPasskey passkey) {
    return front.says(passkey("passkey", passkey));
  }

  private static JsonObject passkey(String op, TestPasskey passkey) {
    return op(op).put("account", ADA).put("publicKey", base64(passkey.publicKey()));
  }

  /** Confirms one with what a passkey signed of another. */
  private String answered(byte[] psbt, TestPasskey by, byte[] signed, long end, long version) {
    byte[] preimage = Preimage.ofSend(WALLET, digest(signed), version, new byte[32], end);
    Assertion answer = by.answer(Preimage.challenge(preimage), "wallet.example");
    Json proof =
        Json.object()
            .put("digest", base64(digest(psbt)))
            .put("preimage", base64(preimage))
            .put("origin", SITE)
            .put("clientData", base64(answer.clientData()))
            .put("authenticatorData", base64(answer.authenticatorData()))
            .put("signature", base64(answer.signature()))
            .put("publicKey", base64(by.publicKey()))
            .put("algorithm", -7)
            .json();
    return front.says(confirm(psbt, ADA).put("proof", proof));
  }

  // ---- the rules, with the factor in hand

  @Test
  void anAmountOverTheLimitIsRefusedEvenToTheOwner() {
    holds(perSend(50_000));
    byte[] psbt = spend(1, SHOP, 60_000);
    assertThat(confirmed(psbt, code())).isEqualTo("limit-per-send");
    nothingFor(psbt);
    assertThat(confirmed(spend(2, SHOP, 20_000), code())).isEqualTo("done");
  }

  @Test
  void fiftyAtOnceDoNotSpendALimitTwice() throws Exception {
    holds(inADay(250_000));
    List<String> recovery = recovery();
    List<byte[]> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      all.add(spend(i + 1, THIEF, 100_000));
    }
    ExecutorService threads = Executors.newFixedThreadPool(50);
    try {
      List<Callable<String>> tries = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        byte[] psbt = all.get(i);
        String code = recovery.get(i % recovery.size());
        tries.add(() -> confirmed(psbt, code));
      }
      List<String> said = new ArrayList<>();
      for (Future<String> each : threads.invokeAll(tries)) {
        said.add(each.get());
      }
      assertThat(said.stream().filter("done"::equals)).hasSize(2);
      int signed = 0;
      for (byte[] psbt : all) {
        signed += signs(psbt).equals("done") ? 1 : 0;
      }
      assertThat(signed).isEqualTo(2);
    } finally {
      threads.shutdownNow();
    }
  }

  private List<String> recovery() {
    return front
        .ask(op("renew").put("account", ADA).put("code", code()))
        .read(
            f -> {
              assertThat(f.text("verdict")).isEqualTo("OK");
              return f.texts("recovery");
            });
  }

  @Test
  void theOperatorsCeilingIsTheSigners() throws IOException {
    restart(new Sats(150_000));
    assertThat(confirmed(spend(1, SHOP, 100_000), code())).isEqualTo("done");
    byte[] psbt = spend(2, SHOP, 100_000);
    assertThat(confirmed(psbt, code())).isEqualTo("limit-daily");
    nothingFor(psbt);
    clock.forward(Duration.ofHours(25));
    assertThat(confirmed(psbt, code())).isEqualTo("done");
  }

  @Test
  void anAddressThatIsNotInTheBookIsNotPaid() {
    holds(book(SHOP));
    byte[] psbt = spend(1, THIEF, 20_000);
    assertThat(confirmed(psbt, code())).isEqualTo("not-in-book");
    nothingFor(psbt);
    assertThat(confirmed(spend(2, SHOP, 20_000), code())).isEqualTo("done");
  }

  @Test
  void whatWaitsIsNotSignedBeforeItsTime() throws IOException {
    holds(held(24));
    byte[] psbt = spend(1, SHOP, 20_000);
    assertThat(confirmed(psbt, code())).isEqualTo("done");
    nothingFor(psbt);
    clock.forward(Duration.ofHours(23));
    restart(null);
    nothingFor(psbt);
    clock.forward(Duration.ofMinutes(61));
    assertThat(transaction(psbt)).isNotEmpty();
  }

  @Test
  void whatIsDroppedIsNeverSigned() {
    holds(held(24));
    byte[] psbt = spend(1, SHOP, 20_000);
    assertThat(confirmed(psbt, code())).isEqualTo("done");
    String digest = HexFormat.of().formatHex(digest(psbt));
    assertThat(front.says(op("drop", WALLET).put("digest", digest))).isEqualTo("done");
    clock.forward(Duration.ofHours(25));
    assertThat(confirmed(psbt, code())).isEqualTo("send-not-pending");
    nothingFor(psbt);
  }

  @Test
  void aRuleThatCameMeanwhileHoldsForWhatWaits() {
    holds(held(24));
    byte[] psbt = spend(1, SHOP, 60_000);
    assertThat(confirmed(psbt, code())).isEqualTo("done");
    Rules tighter = held(24);
    holds(
        new Rules(
            50_000L,
            List.of(),
            List.of(),
            false,
            List.of(),
            List.of(),
            tighter.hold(),
            0,
            null,
            0,
            List.of(),
            48,
            null,
            0));
    clock.forward(Duration.ofHours(25));
    assertThat(signs(psbt)).isEqualTo("limit-per-send");
    nothingFor(psbt);
  }

  @Test
  void nobodySaysYesForSomebodyElse() {
    byte[] eves = enrol(EVE);
    holds(approvals(EVE, ADA));
    byte[] psbt = spend(1, SHOP, 20_000);
    assertThat(confirmed(psbt, code())).isEqualTo("done");
    String digest = HexFormat.of().formatHex(digest(psbt));
    assertThat(vote(ADA, digest, code())).as("her own").isEqualTo("approver-refused");
    assertThat(vote(OTHER, digest, code())).isEqualTo("approver-refused");
    assertThat(vote(EVE, digest, "000000")).isEqualTo("code-wrong");
    assertThat(vote(EVE, digest, code())).as("Ada's code").isEqualTo("code-wrong");
    byte[] another = spend(2, THIEF, 20_000);
    String elsewhere = HexFormat.of().formatHex(digest(another));
    assertThat(vote(EVE, elsewhere, code(eves))).isEqualTo("send-not-pending");
    nothingFor(psbt);
    assertThat(vote(EVE, digest, code(eves))).isEqualTo("done");
    nothingFor(another);
    assertThat(transaction(psbt)).isNotEmpty();
  }

  @Test
  void aNoIsTheEnd() {
    byte[] eves = enrol(EVE);
    holds(approvals(EVE));
    byte[] psbt = spend(1, SHOP, 20_000);
    assertThat(confirmed(psbt, code())).isEqualTo("done");
    String digest = HexFormat.of().formatHex(digest(psbt));
    JsonObject no =
        op("vote", WALLET)
            .put("account", EVE)
            .put("digest", digest)
            .put("yes", false)
            .put("code", code(eves));
    assertThat(front.says(no)).isEqualTo("done");
    assertThat(vote(EVE, digest, code(eves))).isEqualTo("already-decided");
    nothingFor(psbt);
  }

  private String vote(String account, String digest, String code) {
    return front.says(
        op("vote", WALLET)
            .put("account", account)
            .put("digest", digest)
            .put("yes", true)
            .put("code", code));
  }

  @Test
  void rulesGoOnlyForwardAndOnlyByTheUsersKey() {
    holds(perSend(50_000));
    PolicyDocument older = known.get(0);
    holds(perSend(40_000));
    byte[] psbt = spend(1, THIEF, 45_000);
    assertThat(sends(older, code())).as("there already").isEqualTo("done");
    assertThat(confirmed(psbt, code())).as("the newest holds").isEqualTo("limit-per-send");
    PolicyDocument bySheet = version(Rules.NONE, 0, KeyRole.BACKUP);
    assertThat(sends(bySheet, code())).isEqualTo("policy-wrong");
    PolicyDocument bare = new PolicyDocument(3, bySheet.previous(), 0, bySheet.rules(), "AA==");
    assertThat(sends(bare, code())).isEqualTo("policy-wrong");
    known.add(version(perSend(30_000), 0, KeyRole.USER)); // never sent
    assertThat(sends(version(perSend(20_000), 0, KeyRole.USER), code()))
        .isEqualTo("policy-changed-elsewhere");
    known.remove(2);
    assertThat(sends(version(Rules.NONE, 0, KeyRole.USER), code())).isEqualTo("policy-too-soon");
    assertThat(sends(version(perSend(10_000), 0, KeyRole.USER), "000000")).isEqualTo("code-wrong");
    nothingFor(psbt);
  }

  @Test
  void looserRulesWaitByTheSignersClockAndStayCancelled() {
    holds(perSend(50_000));
    long begin = clock.instant().plus(Duration.ofHours(49)).getEpochSecond();
    PolicyDocument looser = version(Rules.NONE, begin, KeyRole.USER);
    assertThat(sends(looser, code())).isEqualTo("done");
    known.add(looser);
    byte[] psbt = spend(1, THIEF, 60_000);
    assertThat(confirmed(psbt, code())).isEqualTo("limit-per-send");
    assertThat(front.says(op("rules-cancel", WALLET).put("version", 2))).isEqualTo("done");
    clock.forward(Duration.ofHours(50));
    assertThat(sends(looser, code())).isEqualTo("done");
    assertThat(confirmed(psbt, code())).as("cancelled").isEqualTo("limit-per-send");
    nothingFor(psbt);
  }

  @Test
  void aStopIsNotLiftedWithoutItsFactorAndItsDelay() throws IOException {
    assertThat(front.says(op("stop", WALLET))).isEqualTo("done");
    byte[] psbt = spend(1, THIEF, 60_000);
    assertThat(confirmed(psbt, code())).isEqualTo("wallet-frozen");
    JsonObject thaw = op("thaw", WALLET).put("account", ADA);
    assertThat(front.says(thaw.put("code", "000000"))).isEqualTo("code-wrong");
    restart(null);
    assertThat(confirmed(psbt, code())).isEqualTo("wallet-frozen");
    assertThat(front.says(op("thaw", WALLET).put("account", ADA).put("code", code())))
        .isEqualTo("done");
    clock.forward(Duration.ofHours(47));
    assertThat(confirmed(psbt, code())).isEqualTo("wallet-frozen");
    nothingFor(psbt);
    clock.forward(Duration.ofHours(2));
    assertThat(confirmed(psbt, code())).isEqualTo("done");
  }

  // ---- the transaction itself

  @Test
  void oneCoinIsSpentOnceOrAgainForTheSame() {
    byte[] first = spend(1, SHOP, 100_000);
    assertThat(confirmed(first, code())).isEqualTo("done");
    assertThat(transaction(first)).isNotEmpty();
    byte[] again = spend(1, THIEF, 100_000);
    assertThat(confirmed(again, code())).isEqualTo("coins-taken");
    byte[] more = spend(1, SHOP, 200_000);
    assertThat(confirmed(more, code())).isEqualTo("coins-taken");
    nothingFor(again);
    nothingFor(more);
  }

  @Test
  void coinsOfAnotherWalletAreForeign() {
    TestVault eve = new TestVault(9);
    Cosigners eves = wallet(OTHER, EVE, eve);
    byte[] psbt = spend(eves, eve, 1, THIEF, 100_000);
    assertThat(confirmed(psbt, code())).isEqualTo("foreign-input");
    nothingFor(psbt);
    assertThat(signer.keyUses()).isZero();
  }

  @Test
  void anUnderstatedAmountMakesAnotherTransactionThatNobodyTakes() {
    holds(perSend(50_000));
    // He says that the coin is worth little: then what he pays is little, and the signature is over
    // that amount, which no coin of the chain has.
    byte[] psbt =
        Base64.getDecoder()
            .decode(vault.send(cosigners, coins(1, 60_000), "request-u", THIEF, 40_000).psbt());
    assertThat(confirmed(psbt, code())).isIn("limit-per-send", "done");
    Psbt whole = Psbt.parse(spend(1, THIEF, 40_000));
    assertThat(digest(psbt)).isNotEqualTo(digest(whole.serialize()));
    nothingFor(spend(1, THIEF, 900_000));
  }

  @Test
  void anotherKindOfSignatureIsRefused() {
    byte[] psbt = spend(1, THIEF, 100_000);
    byte[] changed = psbt.clone();
    int at = indexOf(changed, new byte[] {0x22, 0x02}); // partial signature of a 33-byte key
    int length = changed[at + 35] & 0xff;
    changed[at + 35 + length] = 3; // SIGHASH_SINGLE
    assertThat(confirmed(changed, code())).isEqualTo("sighash-not-all");
    nothingFor(changed);
    byte[] unsigned = Psbt.parse(psbt).serialize();
    unsigned[at + 40]++;
    assertThat(confirmed(unsigned, code())).isNotEqualTo("done");
    nothingFor(unsigned);
  }

  private static int indexOf(byte[] all, byte[] part) {
    for (int i = 0; i + 36 < all.length; i++) {
      if (all[i] == part[0] && all[i + 1] == part[1] && (all[i + 2] == 2 || all[i + 2] == 3)) {
        return i;
      }
    }
    throw new IllegalStateException("no signature in it");
  }

  // ---- wallets

  @Test
  void aWalletKeepsItsKeysAndItsOwner() {
    assertThat(front.says(op("make", WALLET))).isEqualTo("wrong-state");
    TestVault eve = new TestVault(9);
    String key = cosigners.key(KeyRole.SERVER).expression();
    Cosigners his = eve.cosigners(new DraftWallet(WALLET, "regtest", key, 0, 0));
    assertThat(front.says(pin(WALLET, ADA, his))).isEqualTo("wallet-already-stored");
    assertThat(front.says(pin(WALLET, EVE, cosigners))).isEqualTo("wallet-already-stored");
    assertThat(front.says(pin(OTHER, EVE, cosigners))).isEqualTo("not-found");
    assertThat(front.says(op("make", "../" + WALLET))).isEqualTo("not-found");
    byte[] psbt = spend(his, eve, 1, THIEF, 100_000);
    assertThat(confirmed(psbt, code())).isEqualTo("foreign-input");
    nothingFor(psbt);
  }

  @Test
  void aKeyServesNoWalletThatIsNotPinned() {
    String key = front.ask(op("make", OTHER)).read(f -> f.text("key"));
    TestVault eve = new TestVault(9);
    Cosigners his = eve.cosigners(new DraftWallet(OTHER, "regtest", key, 0, 0));
    byte[] psbt = spend(his, eve, 1, THIEF, 100_000);
    assertThat(front.says(op("sign", OTHER).put("psbt", base64(psbt)))).isEqualTo("not-found");
    assertThat(signer.keyUses()).isZero();
  }

  // ---- the socket and the file

  @Test
  void garbageOnTheSocketIsRefusedAndHurtsNobody() throws Exception {
    byte[] noise = new byte[5_000];
    new SecureRandom().nextBytes(noise);
    assertThat(front.send(noise)).contains("\"no\"");
    assertThat(front.send("[]".getBytes())).contains("\"no\"");
    assertThat(front.send("{\"op\":\"nothing\"}".getBytes())).contains("wrong-value");
    assertThat(front.send("{\"op\":\"sign\"}".getBytes())).contains("\"no\"");
    assertThat(front.send(("[".repeat(100_000)).getBytes())).contains("\"no\"");
    assertThat(front.says(op("sign", WALLET).put("psbt", base64(noise)))).isNotEqualTo("done");
    assertThat(front.says(op("sign", WALLET).put("psbt", "AA").put("more", 1)))
        .isNotEqualTo("done");
    byte[] gigabyte = ByteBuffer.allocate(8).putInt(1 << 30).putInt(7).array();
    assertThatThrownBy(() -> front.sendRaw(gigabyte)).isInstanceOf(IOException.class);
    assertThat(confirmed(spend(1, SHOP, 100_000), code())).isEqualTo("done");
  }

  @Test
  void fiveHundredThatSayNothingEndAndTheNextIsServed() throws Exception {
    List<SocketChannel> idle = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      try {
        idle.add(front.open());
      } catch (IOException e) {
        break; // not even taken
      }
    }
    byte[] psbt = spend(1, SHOP, 100_000);
    String code = code();
    String said = "";
    for (int i = 0; i < 60 && !said.equals("done"); i++) {
      try {
        said = confirmed(psbt, code);
      } catch (java.io.UncheckedIOException e) {
        Thread.sleep(500); // each has ten seconds
      }
    }
    assertThat(said).isEqualTo("done");
    for (SocketChannel channel : idle) {
      channel.close();
    }
  }

  @Test
  void aJournalThatSomebodyChangedIsNotOpened() throws IOException {
    holds(perSend(50_000));
    signer.close();
    Path journal = folder.resolve("data").resolve("signer.journal");
    List<String> lines = Files.readAllLines(journal);
    List<String> fewer = new ArrayList<>(lines);
    fewer.remove(lines.size() - 2);
    Files.write(journal, fewer);
    assertThatThrownBy(() -> start(null)).hasMessageContaining("is not what this signer wrote");
    Files.write(journal, lines);
    Files.writeString(journal, Files.readString(journal) + lines.get(2).substring(0, 40));
    start(null);
    assertThat(confirmed(spend(1, THIEF, 60_000), code())).isEqualTo("limit-per-send");
  }

  @Test
  void onlyItsOwnerOpensTheSocket() throws IOException {
    assertThat(Files.getPosixFilePermissions(folder.resolve("s")).toString())
        .doesNotContain("GROUP")
        .doesNotContain("OTHERS");
    assertThat(PolicyChain.MOST).isPositive();
  }
}
