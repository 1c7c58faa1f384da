package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.policy.TestRules;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.DraftWallet;
import org.trefoil.core.wire.Json;
import org.trefoil.core.wire.JsonObject;
import org.trefoil.core.wire.PolicyDocument;
import org.trefoil.core.wire.Rules;
import org.trefoil.core.wire.Spendable;
import org.trefoil.core.wire.SpendableCoin;
import org.trefoil.server.passkey.Assertion;
import org.trefoil.server.passkey.Preimage;

/**
 * The front process is somebody else's: he has all of its memory, database and key file, says on
 * the socket what he likes, and has the user's key and passcode. The signer signs nothing for him
 * that the owner's second factor and the wallet's rules do not allow.
 */
class FrontTakenOverTest extends SignerFixture {
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
    for (int i = 0; i < 10; i++) {
      assertThat(endReset("00000" + i)).isEqualTo("done"); // a verdict: wrong
    }
    assertThat(endReset("000010")).isEqualTo("link-dead");
  }

  @Test
  void bothKeysHastenANewAppOnceAndNoOtherTwoDo() {
    assertThat(front.says(op("reset").put("account", ADA))).isEqualTo("done");
    byte[] fresh = reset();
    long end = clock.instant().plusSeconds(600).getEpochSecond();
    assertThat(hastens(vault, "aa", end, KeyRole.USER)).isEqualTo("statement-wrong");
    assertThat(hastens(new TestVault(9), "aa", end, KeyRole.BACKUP)).isEqualTo("statement-wrong");
    assertThat(hastens(vault, "aa", end + 86_400, KeyRole.BACKUP)).isEqualTo("question-dead");
    TestVault eve = new TestVault(9);
    Cosigners eves = wallet(OTHER, ADA, eve);
    String user = eve.lost(eves, OTHER, ADA, "cc", end, KeyRole.USER);
    String backup = eve.lost(eves, OTHER, ADA, "cc", end, KeyRole.BACKUP);
    assertThat(front.says(hastens(OTHER, "cc", end, user, backup)))
        .as("a wallet that somebody else made in her account")
        .isEqualTo("statement-wrong");
    assertThat(endReset(code(fresh))).isEqualTo("reset-waiting");
    assertThat(hastens(vault, "bb", end, KeyRole.BACKUP)).isEqualTo("done");
    assertThat(endReset(code(fresh))).isEqualTo("done");
    totp = fresh;
    assertThat(front.says(op("reset").put("account", ADA))).isEqualTo("done");
    assertThat(hastens(vault, "bb", end, KeyRole.BACKUP)).as("again").isEqualTo("question-dead");
    assertThat(confirmed(spend(1, SHOP, 100_000), code())).isEqualTo("done");
  }

  private String hastens(TestVault by, String challenge, long end, KeyRole second) {
    String user = by.lost(cosigners, WALLET, ADA, challenge, end, KeyRole.USER);
    String other = by.lost(cosigners, WALLET, ADA, challenge, end, second);
    return front.says(hastens(WALLET, challenge, end, user, other));
  }

  private static JsonObject hastens(
      String walletId, String challenge, long end, String user, String backup) {
    return op("reset-keys", walletId)
        .put("account", ADA)
        .put("challenge", challenge)
        .put("expires", end)
        .put("user", user)
        .put("backup", backup);
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
    assertThat(answered(psbt, hers, psbt, end + 600, 0))
        .as("a question that is open for long")
        .isEqualTo("passkey-refused");
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
    holds(TestRules.none().bookOnly(SHOP).done());
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
    holds(TestRules.none().perSend(50_000L).hold(1_000, 24).done());
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
  void aYesThatIsKeptBackUntilItsTimeIsOverIsNone() {
    byte[] eves = enrol(EVE);
    holds(approvals(EVE));
    byte[] psbt = spend(1, SHOP, 20_000);
    assertThat(confirmed(psbt, code())).isEqualTo("done");
    clock.forward(Duration.ofDays(31));
    String digest = HexFormat.of().formatHex(digest(psbt));
    assertThat(vote(EVE, digest, code(eves))).isEqualTo("approval-expired");
    nothingFor(psbt);
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

  /** Each signature is over the amount of its own coin alone, so two such would make one whole. */
  @Test
  void anUnderstatedAmountOfAnotherCoinIsNotMadeUpForByASecondTransaction() {
    byte[] first = twoCoins(900_000, 60_000);
    byte[] second = twoCoins(60_000, 900_000);
    assertThat(Psbt.parse(first).unsignedTx().txid())
        .isEqualTo(Psbt.parse(second).unsignedTx().txid());
    assertThat(confirmed(first, code())).isEqualTo("done");
    assertThat(transaction(first)).isNotEmpty();
    assertThat(confirmed(second, code())).isEqualTo("coins-taken");
    nothingFor(second);
  }

  private byte[] twoCoins(long one, long other) {
    Spendable some = coins(1, one);
    List<SpendableCoin> both = List.of(some.coins().get(0), coins(2, other).coins().get(0));
    Spendable spendable = new Spendable(both, some.fees(), some.changeIndex(), some.tipHeight());
    String psbt = vault.send(cosigners, spendable, "request-two", THIEF, 930_000).psbt();
    return Base64.getDecoder().decode(psbt);
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
}
