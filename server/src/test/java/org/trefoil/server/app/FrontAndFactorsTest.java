package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.wire.JsonObject;
import org.trefoil.server.passkey.Assertion;
import org.trefoil.server.passkey.Preimage.Deed;
import org.trefoil.server.passkey.Sha256;

/**
 * The front process is somebody else's, and so is every code that people type there and every
 * question that passkeys are asked: none of it becomes more than it was given for.
 */
class FrontAndFactorsTest extends SignerFactorsFixture {
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
    assertThat(front.says(reset(ADA))).isEqualTo("done");
    byte[] his = shown(ADA);
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
    assertThat(front.says(reset(ADA))).isEqualTo("done");
    clock.forward(Duration.ofHours(73));
    for (int i = 0; i < 10; i++) {
      assertThat(endReset("00000" + i)).isEqualTo("done"); // a verdict: wrong
    }
    assertThat(endReset("000010")).isEqualTo("link-dead");
  }

  @Test
  void bothKeysHastenANewAppOnceAndNoOtherTwoDo() {
    usedForLong();
    assertThat(front.says(reset(ADA))).isEqualTo("done");
    byte[] fresh = shown(ADA);
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
    assertThat(front.says(reset(ADA))).isEqualTo("done");
    assertThat(hastens(vault, "bb", end, KeyRole.BACKUP)).as("again").isEqualTo("question-dead");
    assertThat(confirmed(spend(1, SHOP, 100_000), code())).isEqualTo("done");
  }

  @Test
  void bothKeysAloneReplaceTheAppOfWhoHasAPasskey() {
    usedForLong();
    TestPasskey hers = grown();
    assertThat(front.says(reset(ADA))).isEqualTo("reset-needs-keys");
    assertThat(front.says(passkey("passkey-gone", ADA, hers))).isEqualTo("done");
    assertThat(front.says(reset(ADA))).as("it was hers").isEqualTo("reset-needs-keys");
    assertThat(front.says(reset(ADA, true))).isEqualTo("done");
    byte[] his = shown(ADA);
    clock.forward(Duration.ofDays(3_000));
    assertThat(endReset(ADA, code(his))).isEqualTo("reset-waiting");
    long end = clock.instant().plusSeconds(600).getEpochSecond();
    assertThat(hastens(vault, "aa", end, KeyRole.BACKUP)).isEqualTo("done");
    assertThat(endReset(ADA, code(his))).isEqualTo("done");
    assertThat(front.says(reset(ADA))).as("all that was there is dead").isEqualTo("done");
  }

  @Test
  void aPasskeyEndsAReplacementAsACodeDoes() {
    byte[] eves = enrol(EVE);
    holds(approvals(EVE));
    TestPasskey hers = new TestPasskey(SITE);
    assertThat(add(EVE, eves, hers)).isEqualTo("done");
    clock.forward(Duration.ofHours(73));
    byte[] psbt = spend(1, SHOP, 20_000);
    assertThat(confirmed(psbt, code())).isEqualTo("done");
    assertThat(front.says(reset(EVE))).as("she has no wallet").isEqualTo("done");
    byte[] his = shown(EVE);
    assertThat(yes(Deed.APPROVE, psbt, hers)).isEqualTo("done");
    clock.forward(Duration.ofHours(73));
    assertThat(endReset(EVE, code(his))).isEqualTo("link-dead");
  }

  @Test
  void anAppIsOfferedToOneWhoAsksAlone() {
    byte[] first = offered(EVE);
    byte[] second = offered(EVE);
    assertThat(second).isNotEqualTo(first);
    JsonObject enrolled = op("enrolled").put("account", EVE).put("code", code(first));
    String verdict = front.ask(enrolled).read(f -> f.text("verdict") + f.texts("recovery"));
    assertThat(verdict).isEqualTo("WRONG[]");
    assertThat(front.says(reset(ADA))).isEqualTo("done");
    byte[] shown = shown(ADA);
    assertThat(shown(ADA)).isNotEqualTo(shown);
    clock.forward(Duration.ofHours(73));
    assertThat(ended(ADA, code(shown))).isEqualTo("WRONG");
  }

  @Test
  void whatWaitsAndWasAllowedByTheOldFactorEndsWithIt() {
    usedForLong();
    holds(held(24));
    byte[] psbt = spend(1, SHOP, 20_000);
    assertThat(confirmed(psbt, code())).isEqualTo("done");
    assertThat(front.says(reset(ADA))).isEqualTo("done");
    byte[] fresh = shown(ADA);
    clock.forward(Duration.ofHours(13));
    long end = clock.instant().plusSeconds(600).getEpochSecond();
    assertThat(hastens(vault, "aa", end, KeyRole.BACKUP)).isEqualTo("done");
    assertThat(endReset(ADA, code(fresh))).isEqualTo("done");
    clock.forward(Duration.ofHours(13));
    assertThat(confirmed(psbt, code(fresh))).isEqualTo("factor-replaced");
    assertThat(signs(psbt)).isEqualTo("factor-replaced");
    nothingFor(psbt);
  }

  @Test
  void whatACodeAllowedEndsWithItsApp() {
    usedForLong();
    assertThat(front.says(grant(ADA, code()))).isEqualTo("done");
    assertThat(front.says(reset(ADA))).isEqualTo("done");
    byte[] newest = shown(ADA);
    long end = clock.instant().plusSeconds(600).getEpochSecond();
    assertThat(hastens(vault, "aa", end, KeyRole.BACKUP)).isEqualTo("done");
    assertThat(endReset(ADA, code(newest))).isEqualTo("done");
    assertThat(front.says(passkey("passkey", ADA, new TestPasskey(SITE))))
        .isEqualTo("passkey-refused");
  }

  // ---- passkeys

  @Test
  void aPasskeyIsAddedOnACodeAndAnswersForOneTransaction() {
    TestPasskey hers = new TestPasskey(SITE);
    assertThat(front.says(passkey("passkey", ADA, hers))).isEqualTo("passkey-refused");
    assertThat(add(ADA, totp, hers)).isEqualTo("done");
    TestPasskey his = new TestPasskey(SITE);
    assertThat(front.says(passkey("passkey", ADA, his)))
        .as("one for a code")
        .isEqualTo("passkey-refused");
    clock.forward(Duration.ofHours(73));
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
    assertThat(front.says(op("grant-gone").put("account", ADA).put("code", code())))
        .isEqualTo("done");
    assertThat(front.says(passkey("passkey-gone", ADA, hers))).isEqualTo("done");
    assertThat(answered(third, hers, third, end, 0)).isEqualTo("passkey-refused");
    nothingFor(third);
  }

  @Test
  void oneCodeThatPassesByIsNoPasskeyForGood() {
    TestPasskey his = new TestPasskey(SITE);
    assertThat(add(ADA, totp, his)).isEqualTo("done");
    byte[] psbt = spend(1, THIEF, 100_000);
    assertThat(answered(psbt, his)).isEqualTo("factor-too-new");
    clock.forward(Duration.ofHours(71));
    assertThat(answered(psbt, his)).isEqualTo("factor-too-new");
    assertThat(add(ADA, totp, his)).as("again").isEqualTo("done");
    TestPasskey another = new TestPasskey(SITE);
    assertThat(add(ADA, totp, another)).isEqualTo("done");
    assertThat(vouched(his, another)).as("it vouches for none").isEqualTo("factor-too-new");
    assertThat(front.says(passkey("passkey-gone", ADA, his))).as("the owner").isEqualTo("done");
    clock.forward(Duration.ofHours(2));
    assertThat(answered(psbt, his)).isEqualTo("passkey-refused");
    nothingFor(psbt);
  }

  @Test
  void aPasskeyThatCountsHasExactlyOneMoreCountAtOnce() {
    TestPasskey hers = grown();
    TestPasskey another = new TestPasskey(SITE);
    TestPasskey his = new TestPasskey(SITE);
    assertThat(add(ADA, totp, another)).isEqualTo("done");
    assertThat(add(ADA, totp, his)).isEqualTo("done");
    byte[] psbt = spend(1, SHOP, 100_000);
    assertThat(answered(psbt, another)).isEqualTo("factor-too-new");
    Assertion signed = answer(hers, vouching(another));
    assertThat(front.says(vouch(his).put("proof", proof(hers, vouching(another), signed))))
        .isEqualTo("passkey-refused");
    byte[] asSend = preimage(Deed.SEND, Sha256.of(his.publicKey()));
    assertThat(front.says(vouch(his).put("proof", proof(hers, asSend, answer(hers, asSend)))))
        .as("said of a send")
        .isEqualTo("passkey-refused");
    assertThat(vouched(hers, another)).isEqualTo("done");
    assertThat(answered(psbt, another)).isEqualTo("done");
    assertThat(answered(spend(2, THIEF, 100_000), his)).isEqualTo("factor-too-new");
  }

  @Test
  void noAnswerIsTurnedIntoAnother() {
    byte[] eves = enrol(EVE);
    holds(approvals(EVE));
    TestPasskey evesKey = new TestPasskey(SITE);
    assertThat(add(EVE, eves, evesKey)).isEqualTo("done");
    TestPasskey hers = grown();
    byte[] psbt = spend(1, SHOP, 20_000);
    assertThat(answered(Deed.APPROVE, psbt, hers)).isEqualTo("passkey-refused");
    assertThat(answered(null, psbt, hers)).as("an older one").isEqualTo("passkey-refused");
    assertThat(answered(Deed.SEND, psbt, hers)).isEqualTo("done");
    assertThat(yes(Deed.SEND, psbt, evesKey)).isEqualTo("passkey-refused");
    assertThat(yes(null, psbt, evesKey)).isEqualTo("passkey-refused");
    nothingFor(psbt);
    assertThat(yes(Deed.APPROVE, psbt, evesKey)).isEqualTo("done");
    assertThat(transaction(psbt)).isNotEmpty();
  }

  @Test
  void anAnswerAtAnotherSiteIsNone() throws IOException {
    TestPasskey hers = grown();
    assertThat(answered(spend(1, SHOP, 20_000), hers)).isEqualTo("done");
    String elsewhere = "https://wallet.example:444";
    byte[] psbt = spend(2, THIEF, 20_000);
    byte[] asked = preimage(Deed.SEND, digest(psbt));
    TestPasskey there = hers.at(elsewhere);
    assertThat(
            front.says(confirm(psbt, ADA).put("proof", proof(there, asked, answer(there, asked)))))
        .isEqualTo("passkey-refused");
    signer.close();
    start(null, elsewhere);
    assertThat(
            front.says(confirm(psbt, ADA).put("proof", proof(there, asked, answer(there, asked)))))
        .as("its operator says so")
        .isEqualTo("done");
  }

  // ---- codes

  @Test
  void recoveryCodesThatWereMadeAnewCountAfterTheWait() {
    List<String> his = recovery(op("renew").put("account", ADA).put("code", code()));
    byte[] psbt = spend(1, THIEF, 20_000);
    assertThat(confirmed(psbt, his.get(0))).isEqualTo("factor-too-new");
    assertThat(front.says(grant(ADA, his.get(0)))).isEqualTo("factor-too-new");
    assertThat(sends(version(perSend(50_000), 0, KeyRole.USER), his.get(0)))
        .isEqualTo("factor-too-new");
    assertThat(front.says(op("renew").put("account", ADA).put("code", his.get(0))))
        .isEqualTo("factor-too-new");
    assertThat(used("OWN", his.get(0))).as("it signs in").isEqualTo("OK");
    nothingFor(psbt);
    clock.forward(Duration.ofHours(73));
    assertThat(confirmed(psbt, his.get(1))).isEqualTo("done");
  }

  @Test
  void whoIsNamedBeforeHeHasAnAppSaysYesAfterTheWait() {
    holds(approvals(EVE));
    byte[] eves = enrol(EVE);
    byte[] psbt = spend(1, SHOP, 20_000);
    assertThat(confirmed(psbt, code())).isEqualTo("done");
    String digest = HexFormat.of().formatHex(digest(psbt));
    JsonObject yes = op("yes", WALLET).put("account", EVE).put("digest", digest);
    assertThat(front.says(yes.put("code", code(eves)))).isEqualTo("factor-too-new");
    assertThat(front.says(grant(EVE, code(eves)))).isEqualTo("factor-too-new");
    nothingFor(psbt);
  }

  @Test
  void wrongCodesAreCountedWhateverTheFrontCallsThem() {
    TestPasskey hers = grown();
    for (int i = 0; i < 20; i++) {
      assertThat(used(i % 2 == 0 ? "OWN" : "STRANGE", "00000" + i % 10)).isEqualTo("WRONG");
    }
    byte[] psbt = spend(1, SHOP, 20_000);
    assertThat(confirmed(psbt, code())).isEqualTo("too-many-tries");
    clock.forward(Duration.ofHours(2));
    assertThat(confirmed(psbt, code())).isEqualTo("too-many-tries");
    assertThat(answered(psbt, hers)).as("nobody guesses a passkey").isEqualTo("done");
    clock.forward(Duration.ofHours(23));
    assertThat(confirmed(spend(2, SHOP, 20_000), code())).isEqualTo("done");
  }

  @Test
  void whoReadsTheMailUsesUpNoTriesOfTheOwner() {
    for (int i = 0; i < 30; i++) {
      assertThat(linked("000000")).isEqualTo("WRONG");
    }
    assertThat(linked(code())).isEqualTo("TOO_MANY");
    assertThat(used("STRANGE", code())).isEqualTo("OK");
  }
}
