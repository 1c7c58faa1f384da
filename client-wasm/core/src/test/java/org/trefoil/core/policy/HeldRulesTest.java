package org.trefoil.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.bitcoinj.base.Sha256Hash;
import org.bitcoinj.crypto.ChildNumber;
import org.bitcoinj.crypto.DeterministicKey;
import org.bitcoinj.crypto.ECKey;
import org.bitcoinj.crypto.HDKeyDerivation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.keys.TestKeys;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.PolicyDocument;
import org.trefoil.core.wire.PolicyView;
import org.trefoil.core.wire.RuleReceipt;
import org.trefoil.core.wire.Rules;
import org.trefoil.core.wire.RulesAndReceipt;

class HeldRulesTest {
  private static final String WALLET = "00112233445566778899aabbccddeeff";
  private static final String OTHER = "ff112233445566778899aabbccddeeff";
  private static final byte[] NONCE = new byte[32];
  private static final long NOW = 1_800_000_000;
  private static final Cosigners KEYS = TestKeys.twoOfThree(Network.REGTEST);
  private static final Rules TIGHT = TestRules.none().perSend(1_000L).done();

  private static DeterministicKey account(KeyRole role) {
    for (int number = 1; number <= 3; number++) {
      DeterministicKey key = TestKeys.account(number, Network.REGTEST);
      if (Arrays.equals(key.getPubKey(), KEYS.key(role).xpub().publicKey())) {
        return key;
      }
    }
    throw new IllegalStateException();
  }

  private static String signature(ECKey key, byte[] digest) {
    ECKey.ECDSASignature made = key.sign(Sha256Hash.wrap(digest)).toCanonicalised();
    byte[] both = new byte[64];
    put(made.r, both, 0);
    put(made.s, both, 32);
    return Base64.getEncoder().encodeToString(both);
  }

  private static void put(BigInteger number, byte[] to, int at) {
    byte[] bytes = Hex.parse(String.format("%064x", number));
    System.arraycopy(bytes, 0, to, at, 32);
  }

  private static DeterministicKey receipts(KeyRole role) {
    DeterministicKey branch =
        HDKeyDerivation.deriveChildKey(account(role), new ChildNumber(HeldRules.BRANCH));
    return HDKeyDerivation.deriveChildKey(branch, new ChildNumber(HeldRules.INDEX));
  }

  private static PolicyDocument version(int version, String previous, long begin, Rules rules) {
    PolicyDocument plain = new PolicyDocument(version, previous, begin, rules.toJson().write(), "");
    byte[] digest = PolicyChain.digest(KEYS, WALLET, plain);
    return plain.signed(signature(account(KeyRole.USER), digest));
  }

  private static String head(PolicyDocument document) {
    return Hex.of(PolicyChain.digest(KEYS, WALLET, document));
  }

  private final PolicyDocument first = version(1, PolicyChain.NOTHING, 0, TIGHT);
  private final PolicyDocument second = version(2, head(first), NOW + 3_600, Rules.NONE);
  private final List<PolicyDocument> both = List.of(first, second);

  private static RuleReceipt unsigned(int version, String head) {
    return new RuleReceipt(NOW, version, head, List.of(), false, null, "");
  }

  private static RuleReceipt signed(RuleReceipt receipt) {
    byte[] digest = HeldRules.digest(KEYS, WALLET, NONCE, receipt);
    return receipt.signed(signature(receipts(KeyRole.SERVER), digest));
  }

  private static HeldRules check(
      List<PolicyDocument> documents, RuleReceipt receipt, @Nullable Integer seen) {
    PolicyView view = new PolicyView(documents, List.of(), 0);
    return HeldRules.check(KEYS, WALLET, NONCE, new RulesAndReceipt(view, receipt), seen);
  }

  private static Refusal refusal(
      List<PolicyDocument> documents, RuleReceipt receipt, @Nullable Integer seen) {
    return catchThrowableOfType(RefusedException.class, () -> check(documents, receipt, seen))
        .refusal();
  }

  @Test
  void whatIsHeldIsReadByTheCoSignersOwnTime() {
    HeldRules held = check(both, signed(unsigned(2, head(second))), 2);
    assertThat(held.version()).isEqualTo(2);
    assertThat(held.rules()).isEqualTo(TIGHT);
    assertThat(held.waiting()).isEqualTo(second);
    assertThat(held.rules(2)).isEqualTo(Rules.NONE);
    RuleReceipt later =
        new RuleReceipt(NOW + 3_600, 2, head(second), List.of(), true, NOW + 7_200, "");
    HeldRules then = check(both, signed(later), null);
    assertThat(then.rules()).isEqualTo(Rules.NONE);
    assertThat(then.waiting()).isNull();
    assertThat(then.stopped()).isTrue();
    assertThat(then.thawAt()).isEqualTo(NOW + 7_200);
    assertThat(then.at()).isEqualTo(NOW + 3_600);
  }

  @Test
  void whatWasCancelledThereDoesNotHold() {
    RuleReceipt cancelled =
        new RuleReceipt(NOW + 9_999, 2, head(second), List.of(2), false, null, "");
    HeldRules held = check(both, signed(cancelled), null);
    assertThat(held.rules()).isEqualTo(TIGHT);
    assertThat(held.waiting()).isNull();
    assertThat(held.stopped()).isFalse();
  }

  @Test
  void aWalletWithoutRulesIsSaidToHaveNone() {
    HeldRules held = check(List.of(), signed(unsigned(0, PolicyChain.NOTHING)), null);
    assertThat(held.version()).isZero();
    assertThat(held.rules()).isEqualTo(Rules.NONE);
    assertThat(held.waiting()).isNull();
  }

  @Test
  void noAnswerIsRefused() {
    RefusedException e =
        catchThrowableOfType(
            RefusedException.class, () -> HeldRules.check(KEYS, WALLET, NONCE, null, null));
    assertThat(e.refusal().token()).isEqualTo("receipt-missing");
  }

  @Test
  void anOlderOrNewerVersionThanIsShownIsRefused() {
    Refusal older = refusal(both, signed(unsigned(1, head(first))), null);
    assertThat(older.token()).isEqualTo("rules-kept-back");
    assertThat(older.data()).containsEntry("shown", "2").containsEntry("held", "1");
    Refusal newer = refusal(List.of(first), signed(unsigned(2, head(second))), null);
    assertThat(newer.data()).containsEntry("shown", "1").containsEntry("held", "2");
    Refusal other = refusal(both, signed(unsigned(2, head(first))), null);
    assertThat(other.token()).isEqualTo("rules-kept-back");
    assertThat(refusal(List.of(), signed(unsigned(1, head(first))), null).token())
        .isEqualTo("rules-kept-back");
  }

  @Test
  void fewerVersionsThanThisBrowserSignedAreRefusedWhateverIsHeld() {
    Refusal fewer = refusal(List.of(first), signed(unsigned(1, head(first))), 2);
    assertThat(fewer.token()).isEqualTo("policy-chain-broken");
    assertThat(fewer.data()).containsEntry("version", "2");
  }

  /** The newest signature is on all of them: a version in between is changed in vain. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aVersionThatTheUserKeyDidNotSignIsRefused(int at) {
    PolicyDocument bent = both.get(at);
    PolicyDocument looser =
        new PolicyDocument(
            bent.version(), bent.previous(), 0, Rules.NONE.toJson().write(), bent.signature());
    List<PolicyDocument> documents = at == 0 ? List.of(looser, second) : List.of(first, looser);
    String head = at == 0 ? head(second) : head(looser);
    assertThat(refusal(documents, signed(unsigned(2, head)), null).token())
        .isEqualTo("policy-chain-broken");
  }

  @Test
  void anotherKeysWordOrWordForAnotherQuestionIsNone() {
    RuleReceipt plain = unsigned(2, head(second));
    byte[] digest = HeldRules.digest(KEYS, WALLET, NONCE, plain);
    byte[] old = new byte[32];
    old[31] = 1;
    for (String signature :
        List.of(
            signature(receipts(KeyRole.USER), digest),
            signature(account(KeyRole.SERVER), digest),
            signature(receipts(KeyRole.SERVER), HeldRules.digest(KEYS, WALLET, old, plain)),
            signature(receipts(KeyRole.SERVER), HeldRules.digest(KEYS, OTHER, NONCE, plain)),
            signature(
                receipts(KeyRole.SERVER),
                HeldRules.digest(
                    TestKeys.cosigners(Network.REGTEST, ScriptType.P2WSH, 2, 3, 2),
                    WALLET,
                    NONCE,
                    plain)),
            "",
            "AAAA",
            Base64.getEncoder().encodeToString(new byte[64]))) {
      assertThat(refusal(both, plain.signed(signature), null).token()).isEqualTo("receipt-wrong");
    }
  }

  /** Each thing that a receipt says is signed. */
  @Test
  void nothingOfAReceiptIsChanged() {
    RuleReceipt honest =
        signed(new RuleReceipt(NOW, 2, head(second), List.of(2), true, NOW + 60, ""));
    assertThat(check(both, honest, null).stopped()).isTrue();
    String by = honest.signature();
    for (RuleReceipt changed :
        List.of(
            new RuleReceipt(NOW + 1, 2, head(second), List.of(2), true, NOW + 60, by),
            new RuleReceipt(NOW, 1, head(second), List.of(2), true, NOW + 60, by),
            new RuleReceipt(NOW, 2, head(first), List.of(2), true, NOW + 60, by),
            new RuleReceipt(NOW, 2, head(second), List.of(), true, NOW + 60, by),
            new RuleReceipt(NOW, 2, head(second), List.of(1, 2), true, NOW + 60, by),
            new RuleReceipt(NOW, 2, head(second), List.of(2), false, NOW + 60, by),
            new RuleReceipt(NOW, 2, head(second), List.of(2), true, null, by),
            new RuleReceipt(NOW, 2, head(second), List.of(2), true, NOW + 61, by))) {
      assertThat(refusal(both, changed, null).token()).isEqualTo("receipt-wrong");
    }
  }

  @Test
  void aNonceHas32Bytes() {
    RefusedException e =
        catchThrowableOfType(
            RefusedException.class,
            () -> HeldRules.digest(KEYS, WALLET, new byte[31], unsigned(0, PolicyChain.NOTHING)));
    assertThat(e.refusal().token()).isEqualTo("wrong-value");
  }

  @Test
  void theNewestMustBeTheOneThatWasSignedJustNow() {
    HeldRules held = check(List.of(first), signed(unsigned(1, head(first))), null);
    held.expect(PolicyChain.digest(KEYS, WALLET, first), 1);
    RefusedException e =
        catchThrowableOfType(
            RefusedException.class, () -> held.expect(PolicyChain.digest(KEYS, WALLET, second), 2));
    assertThat(e.refusal().token()).isEqualTo("rules-kept-back");
    assertThat(e.refusal().data()).containsEntry("shown", "2").containsEntry("held", "1");
  }
}
