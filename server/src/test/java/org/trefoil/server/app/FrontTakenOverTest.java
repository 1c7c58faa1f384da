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
import org.trefoil.core.wire.JsonObject;
import org.trefoil.core.wire.PolicyDocument;
import org.trefoil.core.wire.Rules;
import org.trefoil.core.wire.Spendable;
import org.trefoil.core.wire.SpendableCoin;

/**
 * The front process is somebody else's: he has all of its memory, database and key file, says on
 * the socket what he likes, and has the user's key and passcode. The signer signs nothing for him
 * that the owner's second factor and the wallet's rules do not allow.
 */
class FrontTakenOverTest extends SignerFixture {
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
    assertThat(front.says(op("drop", WALLET).put("digest", digest)))
        .as("it takes no factor, so none passes by with it")
        .isEqualTo("done");
    assertThat(vote(EVE, digest, code(eves))).isEqualTo("already-decided");
    nothingFor(psbt);
  }

  private String vote(String account, String digest, String code) {
    return front.says(
        op("yes", WALLET).put("account", account).put("digest", digest).put("code", code));
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
  void rulesThatBeginInAThousandYearsOrInNoTimeZoneAreRefused() {
    holds(perSend(50_000));
    String code = code();
    for (long begin : new long[] {clock.instant().getEpochSecond() * 20, (1L << 53) - 1}) {
      assertThat(sends(version(Rules.NONE, begin, KeyRole.USER), code)).isEqualTo("policy-wrong");
    }
    assertThat(sends(version(Rules.NONE, -1, KeyRole.USER), code)).isEqualTo("policy-too-soon");
    Rules nowhere = TestRules.none().open(0, 60, "Atlantis/Poseidonis").done();
    assertThat(sends(version(nowhere, 0, KeyRole.USER), code)).isEqualTo("rules-malformed");
    assertThat(confirmed(spend(1, SHOP, 20_000), code)).as("no code was used").isEqualTo("done");
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

  @Test
  void whatAWalletOfTheThiefsSaysOfOthersCoinsKeepsNobodyFromThem() {
    TestVault thief = new TestVault(9);
    Cosigners his = wallet(OTHER, EVE, thief);
    byte[] eves = enrol(EVE);
    String claims = base64(spend(his, thief, 1, THIEF, 100_000));
    assertThat(
            front.says(
                op("confirm", OTHER)
                    .put("account", EVE)
                    .put("psbt", claims)
                    .put("code", code(eves))))
        .isEqualTo("done");
    byte[] hers = spend(1, SHOP, 100_000);
    assertThat(confirmed(hers, code())).isEqualTo("done");
    assertThat(transaction(hers)).isNotEmpty();
  }

  @Test
  void anAmountThatACoinHasNotKeepsItFromNobody() {
    String wrong = vault.send(cosigners, coins(1, 60_000), "request-w", SHOP, 40_000).psbt();
    assertThat(confirmed(Base64.getDecoder().decode(wrong), code())).isEqualTo("done");
    byte[] right = spend(1, SHOP, 100_000);
    assertThat(confirmed(right, code())).isEqualTo("done");
    assertThat(transaction(right)).isNotEmpty();
    byte[] again = spend(1, THIEF, 100_000);
    assertThat(confirmed(again, code())).as("the coin as it is").isEqualTo("coins-taken");
    nothingFor(again);
  }

  private byte[] twoCoins(long one, long other) {
    Spendable some = coins(1, one);
    List<SpendableCoin> both = List.of(some.coins().get(0), coins(2, other).coins().get(0));
    Spendable spendable =
        new Spendable(both, some.fees(), some.changeIndex(), some.tipHeight(), some.lockTime());
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
