package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.wire.JsonObject;

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
}
