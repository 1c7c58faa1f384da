package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.wire.JsonObject;
import org.trefoil.server.passkey.Preimage.Deed;

/**
 * The front process is somebody else's, and says that an account lost its second factor, and whose
 * a wallet is, and which passkeys are gone.
 */
class FrontAndLossesTest extends SignerFactorsFixture {
  /** Nothing but the front's word says whose a wallet is that the owner's factor never met. */
  @Test
  void keysOfAWalletThatTheFactorNeverMetReplaceNothingAtOnce() {
    byte[] eves = enrol(EVE);
    TestVault thief = new TestVault(9);
    Cosigners his = wallet(OTHER, EVE, thief);
    assertThat(front.says(reset(EVE, true))).isEqualTo("done");
    byte[] app = shown(EVE);
    assertThat(lost(EVE, OTHER, thief, his, "aa")).isEqualTo("done");
    assertThat(endReset(EVE, code(app))).isEqualTo("reset-waiting");
    clock.forward(Duration.ofHours(71));
    assertThat(lost(EVE, OTHER, thief, his, "bb")).as("again").isEqualTo("done");
    assertThat(endReset(EVE, code(app))).isEqualTo("reset-waiting");
    assertThat(used(EVE, "OWN", code(eves))).isEqualTo("OK");
    clock.forward(Duration.ofHours(2));
    assertThat(endReset(EVE, code(app))).as("she used hers").isEqualTo("link-dead");
  }

  @Test
  void keysOfASavingsWalletReplaceTheAppOfWhoHasAPasskeyAfterTheWait() {
    grown();
    assertThat(front.says(reset(ADA, true))).isEqualTo("done");
    byte[] fresh = shown(ADA);
    assertThat(lost(ADA, WALLET, vault, cosigners, "aa")).isEqualTo("done");
    clock.forward(Duration.ofHours(71));
    assertThat(endReset(code(fresh))).isEqualTo("reset-waiting");
    clock.forward(Duration.ofHours(2));
    assertThat(ended(ADA, code(fresh))).startsWith("OK");
  }

  @Test
  void aWalletThatWasUsedOnceSpeaksAtOnceAfterTheWait() {
    assertThat(confirmed(spend(40, SHOP, 20_000), code())).isEqualTo("done");
    clock.forward(Duration.ofHours(71));
    assertThat(front.says(reset(ADA))).isEqualTo("done");
    byte[] his = shown(ADA);
    assertThat(lost(ADA, WALLET, vault, cosigners, "aa")).isEqualTo("done");
    assertThat(endReset(code(his))).as("one code of hers passed by").isEqualTo("reset-waiting");
    clock.forward(Duration.ofHours(2));
    assertThat(front.says(reset(ADA))).isEqualTo("done");
    byte[] hers = shown(ADA);
    assertThat(lost(ADA, WALLET, vault, cosigners, "bb")).isEqualTo("done");
    assertThat(ended(ADA, code(hers))).startsWith("OK");
  }

  /** She had no wallet, or no passkey that counts, when it began. */
  @Test
  void aWaitThatBeganBeforeBothKeysAloneSpokeEndsByThem() {
    assertThat(front.says(grant(ADA, code()))).isEqualTo("done");
    TestPasskey hers = new TestPasskey(SITE);
    assertThat(front.says(passkey("passkey", ADA, hers))).isEqualTo("done");
    assertThat(front.says(reset(ADA))).isEqualTo("done");
    byte[] his = shown(ADA);
    clock.forward(Duration.ofHours(73));
    assertThat(endReset(code(his))).isEqualTo("reset-needs-keys");
    assertThat(lost(ADA, WALLET, vault, cosigners, "aa")).isEqualTo("done");
    assertThat(ended(ADA, code(his))).startsWith("OK");
  }

  @Test
  void aPasskeyThatCountsIsNotRemovedAtOnceByTheFrontsWord() {
    TestPasskey hers = grown();
    assertThat(front.says(passkey("passkey-gone", ADA, hers))).isEqualTo("done");
    clock.forward(Duration.ofHours(71));
    assertThat(answered(spend(1, SHOP, 20_000), hers)).isEqualTo("done");
    clock.forward(Duration.ofHours(73));
    assertThat(answered(spend(2, SHOP, 20_000), hers)).as("it answered").isEqualTo("done");
    assertThat(front.says(passkey("passkey-gone", ADA, hers))).isEqualTo("done");
    clock.forward(Duration.ofHours(73));
    byte[] psbt = spend(3, THIEF, 20_000);
    assertThat(answered(psbt, hers)).as("it did not").isEqualTo("passkey-refused");
    nothingFor(psbt);
  }

  @Test
  void oneCodeRemovesOnePasskeyAtOnce() {
    TestPasskey one = new TestPasskey(SITE);
    assertThat(add(ADA, totp, one)).isEqualTo("done");
    TestPasskey another = grown();
    JsonObject code = op("grant-gone").put("account", ADA).put("code", code());
    assertThat(front.says(code)).isEqualTo("done");
    assertThat(front.says(passkey("passkey-gone", ADA, one))).isEqualTo("done");
    assertThat(front.says(passkey("passkey-gone", ADA, another))).isEqualTo("done");
    byte[] psbt = spend(1, SHOP, 20_000);
    assertThat(answered(psbt, one)).isEqualTo("passkey-refused");
    nothingFor(psbt);
    assertThat(answered(psbt, another)).isEqualTo("done");
  }

  /** Each is a line of the journal. */
  @Test
  void whatTakesNoFactorIsAskedForSoOftenInADay() {
    for (int i = 1; i < 50; i++) { // her app was shown once
      assertThat(front.says(reset(ADA))).isEqualTo("done");
    }
    assertThat(front.says(reset(ADA))).isEqualTo("too-many-tries");
    assertThat(front.says(op("reset-show").put("account", ADA))).isEqualTo("too-many-tries");
    assertThat(front.says(reset(EVE))).isEqualTo("factor-missing");
    for (int i = 0; i < 40; i++) {
      offered(EVE);
    }
    assertThat(front.says(op("enrol").put("account", EVE))).isEqualTo("too-many-tries");
    assertThat(confirmed(spend(1, SHOP, 20_000), code())).as("with a factor").isEqualTo("done");
    clock.forward(Duration.ofHours(24));
    assertThat(front.says(reset(ADA))).isEqualTo("done");
    enrol(EVE);
  }

  /** Each has a challenge of its own, is a line of the journal, and is known until it ends. */
  @Test
  void bothKeysSpeakSoOftenInADay() {
    usedForLong();
    assertThat(front.says(reset(ADA))).isEqualTo("done");
    for (int i = 1; i < 50; i++) {
      assertThat(lost(ADA, WALLET, vault, cosigners, "c" + i)).isEqualTo("done");
    }
    assertThat(lost(ADA, WALLET, vault, cosigners, "more")).isEqualTo("too-many-tries");
    assertThat(front.says(reset(ADA))).isEqualTo("too-many-tries");
    clock.forward(Duration.ofHours(24));
    assertThat(lost(ADA, WALLET, vault, cosigners, "more")).isEqualTo("done");
  }

  @Test
  void theFirstCodeOfAnAppIsTypedSoOftenInADay() {
    offered(EVE);
    JsonObject wrong = op("enrolled").put("account", EVE).put("code", "no code");
    for (int i = 0; i < 50; i++) {
      assertThat(front.says(wrong)).isEqualTo("done");
    }
    assertThat(front.says(wrong)).isEqualTo("too-many-tries");
    clock.forward(Duration.ofHours(24));
    enrol(EVE);
  }

  private long written() throws IOException {
    return Files.size(folder.resolve("data/signer.journal"));
  }

  @Test
  void whatIsSaidAgainOfAPasskeyIsNotWrittenAgain() throws IOException {
    TestPasskey hers = grown();
    TestPasskey fresh = new TestPasskey(SITE);
    assertThat(add(ADA, totp, fresh)).isEqualTo("done");
    byte[] asked = vouching(fresh);
    JsonObject vouched = vouch(fresh).put("proof", proof(hers, asked, answer(hers, asked)));
    assertThat(front.says(vouched)).isEqualTo("done");
    long size = written();
    assertThat(front.says(vouched)).isEqualTo("done");
    assertThat(written()).isEqualTo(size);
    assertThat(front.says(passkey("passkey-gone", ADA, fresh))).isEqualTo("done");
    size = written();
    clock.forward(Duration.ofHours(1));
    assertThat(front.says(passkey("passkey-gone", ADA, fresh))).isEqualTo("done");
    assertThat(written()).isEqualTo(size);
  }

  /** A front has accounts of its own, and as many passkeys that answer. */
  @Test
  void aPasskeyGoesAndStaysSoOftenInADay() {
    TestPasskey hers = grown();
    for (int i = 0; i < 50; i++) {
      assertThat(front.says(passkey("passkey-gone", ADA, hers))).isEqualTo("done");
      assertThat(vouched(hers, hers)).isEqualTo("done");
    }
    assertThat(front.says(passkey("passkey-gone", ADA, hers))).isEqualTo("too-many-tries");
    clock.forward(Duration.ofHours(24));
    assertThat(front.says(passkey("passkey-gone", ADA, hers))).isEqualTo("done");
  }

  /** She has as many passkeys as she likes, and coins that nobody has. */
  @Test
  void aWalletHasSoManySendsInADay() {
    TestPasskey hers = grown();
    byte[] psbt = spend(1, SHOP, 20_000);
    byte[] asked = preimage(Deed.SEND, digest(psbt));
    JsonObject confirm = confirm(psbt, ADA).put("proof", proof(hers, asked, answer(hers, asked)));
    JsonObject drop = op("drop", WALLET).put("digest", HexFormat.of().formatHex(digest(psbt)));
    for (int i = 0; i < 2_000; i++) {
      assertThat(front.says(confirm)).isEqualTo("done");
      assertThat(front.says(drop)).isEqualTo("done");
    }
    assertThat(front.says(confirm)).isEqualTo("too-many-tries");
    nothingFor(psbt);
    clock.forward(Duration.ofHours(24));
    assertThat(answered(psbt, hers)).isEqualTo("done");
  }
}
