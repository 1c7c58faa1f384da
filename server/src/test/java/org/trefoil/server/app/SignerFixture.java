package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.policy.TestRules;
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
import org.trefoil.server.policy.Ceilings;
import org.trefoil.server.secondfactor.Totp;
import org.trefoil.server.signer.RunningSigner;

/** A signer with one wallet, one owner who has an app, and somebody at its socket. */
abstract class SignerFixture {
  static final String WALLET = "0123456789abcdef0123456789abcdef";
  static final String OTHER = "fedcba9876543210fedcba9876543210";
  static final String ADA = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
  static final String EVE = "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee";
  static final String SHOP = TestHouse.ELSEWHERE;
  static final String THIEF = "bcrt1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3qzf4jry";
  static final String SITE = "https://wallet.example";
  static final long COIN = 1_000_000;

  @TempDir Path folder;

  final TestClock clock = new TestClock();
  final TestVault vault = new TestVault(7);
  RunningSigner signer;
  HostileFront front;
  Cosigners cosigners;
  byte[] totp;
  long lastStep;
  List<String> recovery = List.of();
  int made;

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

  void start(@Nullable Sats perDay) throws IOException {
    start(perDay, null, false);
  }

  void start(@Nullable Sats perDay, @Nullable String site) throws IOException {
    start(perDay, site, false);
  }

  void start(@Nullable Sats perDay, boolean restored) throws IOException {
    start(perDay, null, restored);
  }

  private void start(@Nullable Sats perDay, @Nullable String site, boolean restored)
      throws IOException {
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
                Duration.ofHours(72),
                site,
                restored),
            clock,
            clock,
            new SecureRandom());
    front = new HostileFront(socket);
  }

  void restart(Sats perDay) throws IOException {
    signer.close();
    start(perDay);
  }

  static JsonObject op(String name) {
    return Json.object().put("op", name);
  }

  static JsonObject op(String name, String walletId) {
    return op(name).put("wallet", walletId);
  }

  Cosigners wallet(String walletId, String owner, TestVault by) {
    String key = front.ask(op("make", walletId)).read(f -> f.text("key"));
    Cosigners set = by.cosigners(new DraftWallet(walletId, "regtest", key, 0, 0));
    assertThat(front.says(pin(walletId, owner, set))).isEqualTo("done");
    return set;
  }

  static JsonObject pin(String walletId, String owner, Cosigners set) {
    return op("pin", walletId).put("account", owner).put("descriptor", set.descriptor());
  }

  byte[] enrol(String account) {
    byte[] bytes = offered(account);
    String code = Totp.code(bytes, Totp.step(clock.instant()), Totp.DIGITS);
    recovery = recovery(op("enrolled").put("account", account).put("code", code));
    lastStep = Totp.step(clock.instant());
    return bytes;
  }

  byte[] offered(String account) {
    return TestHouse.unbase32(
        front.ask(op("enrol").put("account", account)).read(f -> f.text("secret")));
  }

  /** The recovery codes that a request is answered with, which was done. */
  List<String> recovery(JsonObject request) {
    return front
        .ask(request)
        .read(
            f -> {
              assertThat(f.text("verdict")).isEqualTo("OK");
              return f.texts("recovery");
            });
  }

  String code() {
    return code(totp);
  }

  String code(byte[] secret) {
    while (Totp.step(clock.instant()) <= lastStep) {
      clock.forward(Duration.ofSeconds(30));
    }
    lastStep = Totp.step(clock.instant());
    return Totp.code(secret, lastStep, Totp.DIGITS);
  }

  /** Coins that nobody else knows of; the signer has no chain, and needs none. */
  Spendable coins(int number, long value) {
    String txid = String.format("%064x", number);
    SpendableCoin coin = new SpendableCoin(txid, 0, value, 0, number % 50, 6, false, false, "");
    return new Spendable(List.of(coin), new Fees(1_000, 2_000, 2_000, 2_000, 500_000), 1, 200, 200);
  }

  byte[] spend(int coin, String to, long sats) {
    return spend(cosigners, vault, coin, to, sats);
  }

  byte[] spend(Cosigners set, TestVault by, int coin, String to, long sats) {
    String psbt = by.send(set, coins(coin, COIN), "request-" + made++, to, sats).psbt();
    return Base64.getDecoder().decode(psbt);
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  static JsonObject confirm(byte[] psbt, String account) {
    return op("confirm", WALLET).put("account", account).put("psbt", base64(psbt));
  }

  String confirmed(byte[] psbt, String code) {
    return front.says(confirm(psbt, ADA).put("code", code));
  }

  String signs(byte[] psbt) {
    return front.says(op("sign", WALLET).put("psbt", base64(psbt)));
  }

  void nothingFor(byte[] psbt) {
    long before = signer.keyUses();
    assertThat(signs(psbt)).isNotEqualTo("done");
    assertThat(signer.keyUses()).isEqualTo(before);
  }

  byte[] digest(byte[] psbt) {
    return read(psbt).digest();
  }

  CheckedSpend read(byte[] psbt) {
    return FoundSpend.of(Psbt.parse(psbt), new OwnScripts(cosigners), FeeBounds.standard());
  }

  /** The whole transaction, all its signatures verified. */
  byte[] transaction(byte[] psbt) {
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

  final List<PolicyDocument> known = new ArrayList<>();

  PolicyDocument version(Rules rules, long begin, KeyRole by) {
    return vault.policy(cosigners, WALLET, new PolicyView(known, List.of(), 0), rules, begin, by);
  }

  String sends(PolicyDocument document, String code) {
    return front.says(
        op("rules", WALLET)
            .put("account", ADA)
            .put("document", document.toJson())
            .put("code", code));
  }

  void holds(Rules rules) {
    PolicyDocument document = version(rules, 0, KeyRole.USER);
    assertThat(sends(document, code())).isEqualTo("done");
    known.add(document);
  }

  static Rules perSend(long most) {
    return TestRules.none().perSend(most).done();
  }

  static Rules inADay(long most) {
    return TestRules.none().amount(24, most).done();
  }

  static Rules held(int hours) {
    return TestRules.none().hold(1_000, hours).done();
  }

  static Rules approvals(String... members) {
    List<Rules.Person> people = new ArrayList<>();
    for (String member : members) {
      people.add(new Rules.Person(member, "m@example.org"));
    }
    return TestRules.none().approvals(new Rules.Approvals(1_000, 1, 24, people)).done();
  }
}
