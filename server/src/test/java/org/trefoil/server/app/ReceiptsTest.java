package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.trefoil.core.RefusedException;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.policy.HeldRules;
import org.trefoil.core.policy.PolicyChain;
import org.trefoil.core.wire.PolicyDocument;
import org.trefoil.core.wire.PolicyView;
import org.trefoil.core.wire.RuleReceipt;
import org.trefoil.core.wire.Rules;
import org.trefoil.core.wire.RulesAndReceipt;

/**
 * The front is somebody else's, and keeps from the signer what its owner signed or stopped: what
 * the signer says of it under the wallet's server key tells the owner's vault.
 */
class ReceiptsTest extends SignerFixture {
  private static final byte[] NONCE = nonce(1);

  private static byte[] nonce(int fill) {
    byte[] nonce = new byte[HeldRules.NONCE];
    Arrays.fill(nonce, (byte) fill);
    return nonce;
  }

  private RuleReceipt receipt(String walletId, byte[] nonce) {
    return front
        .ask(op("receipt", walletId).put("nonce", base64(nonce)))
        .read(f -> f.value("receipt", RuleReceipt::fromJson));
  }

  /** What the owner's vault makes of it, with the versions that the front shows. */
  private HeldRules vaultSees(List<PolicyDocument> shown, RuleReceipt receipt) {
    return HeldRules.check(
        cosigners,
        WALLET,
        NONCE,
        new RulesAndReceipt(new PolicyView(shown, List.of(), 0), receipt),
        null);
  }

  private String vaultRefuses(List<PolicyDocument> shown, RuleReceipt receipt) {
    RefusedException e =
        catchThrowableOfType(RefusedException.class, () -> vaultSees(shown, receipt));
    return e.refusal().token();
  }

  @Test
  void theSignerSaysWhichRulesItHolds() {
    assertThat(vaultSees(List.of(), receipt(WALLET, NONCE)).version()).isZero();
    holds(perSend(50_000));
    HeldRules held = vaultSees(known, receipt(WALLET, NONCE));
    assertThat(held.version()).isEqualTo(1);
    assertThat(held.rules()).isEqualTo(perSend(50_000));
    assertThat(held.waiting()).isNull();
  }

  @Test
  void rulesThatTheFrontKeepsBackAreToldByTheReceipt() {
    holds(perSend(50_000));
    List<PolicyDocument> shown = new ArrayList<>(known);
    shown.add(version(perSend(10_000), 0, KeyRole.USER)); // never handed on
    assertThat(vaultRefuses(shown, receipt(WALLET, NONCE))).isEqualTo("rules-kept-back");
    assertThat(vaultRefuses(List.of(), receipt(WALLET, NONCE))).isEqualTo("rules-kept-back");
  }

  @Test
  void aReceiptForAnotherQuestionOrWalletOrTimeIsNone() {
    holds(perSend(50_000));
    RuleReceipt before = receipt(WALLET, nonce(2));
    assertThat(vaultRefuses(known, before)).isEqualTo("receipt-wrong");
    Cosigners eves = wallet(OTHER, EVE, new TestVault(9));
    assertThat(eves).isNotEqualTo(cosigners);
    assertThat(vaultRefuses(List.of(), receipt(OTHER, NONCE))).isEqualTo("receipt-wrong");
    RuleReceipt now = receipt(WALLET, NONCE);
    RuleReceipt later =
        new RuleReceipt(now.at() + 1, 1, now.head(), now.cancelled(), false, null, now.signature());
    assertThat(vaultRefuses(known, later)).isEqualTo("receipt-wrong");
    RuleReceipt cancelled =
        new RuleReceipt(now.at(), 1, now.head(), List.of(1), false, null, now.signature());
    assertThat(vaultRefuses(known, cancelled)).isEqualTo("receipt-wrong");
  }

  @Test
  void aLooserVersionIsSeenWhileItWaits() {
    holds(perSend(50_000));
    long begin = clock.instant().plus(Duration.ofHours(49)).getEpochSecond();
    PolicyDocument looser = version(Rules.NONE, begin, KeyRole.USER);
    assertThat(sends(looser, code())).isEqualTo("done");
    assertThat(vaultRefuses(known, receipt(WALLET, NONCE)))
        .as("hidden by the front")
        .isEqualTo("rules-kept-back");
    known.add(looser);
    HeldRules held = vaultSees(known, receipt(WALLET, NONCE));
    assertThat(held.waiting()).isEqualTo(looser);
    assertThat(held.rules()).isEqualTo(perSend(50_000));
    assertThat(front.says(op("rules-cancel", WALLET).put("version", 2))).isEqualTo("done");
    assertThat(vaultSees(known, receipt(WALLET, NONCE)).waiting()).isNull();
    clock.forward(Duration.ofHours(60));
    assertThat(vaultSees(known, receipt(WALLET, NONCE)).rules()).isEqualTo(perSend(50_000));
  }

  @Test
  void aStopThatTheFrontKeepsBackIsNotConfirmed() {
    assertThat(vaultSees(List.of(), receipt(WALLET, NONCE)).stopped()).isFalse();
    assertThat(front.says(op("stop", WALLET))).isEqualTo("done");
    RuleReceipt stopped = receipt(WALLET, NONCE);
    assertThat(vaultSees(List.of(), stopped).stopped()).isTrue();
    RuleReceipt open =
        new RuleReceipt(
            stopped.at(), 0, PolicyChain.NOTHING, List.of(), false, null, stopped.signature());
    assertThat(vaultRefuses(List.of(), open)).isEqualTo("receipt-wrong");
    assertThat(front.says(op("thaw", WALLET).put("account", ADA).put("code", code())))
        .isEqualTo("done");
    HeldRules thaws = vaultSees(List.of(), receipt(WALLET, NONCE));
    assertThat(thaws.stopped()).isTrue();
    assertThat(thaws.thawAt())
        .isEqualTo(clock.instant().plus(Duration.ofHours(48)).getEpochSecond());
    clock.forward(Duration.ofHours(49));
    assertThat(vaultSees(List.of(), receipt(WALLET, NONCE)).stopped()).isFalse();
  }

  @Test
  void aReceiptIsNoUseOfAKeyAndTakesAWholeNonceAlone() {
    long uses = signer.keyUses();
    receipt(WALLET, NONCE);
    assertThat(signer.keyUses()).isEqualTo(uses);
    assertThat(front.says(op("receipt", WALLET).put("nonce", base64(new byte[31]))))
        .isEqualTo("wrong-value");
    assertThat(front.says(op("receipt", OTHER).put("nonce", base64(NONCE)))).isEqualTo("not-found");
  }
}
