package org.trefoil.core.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trefoil.core.Refusals.refusal;

import java.util.Base64;
import java.util.List;
import org.bitcoinj.base.ScriptType;
import org.bitcoinj.crypto.ChildNumber;
import org.bitcoinj.crypto.DeterministicKey;
import org.bitcoinj.crypto.HDKeyDerivation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.units.Network;

/** Signed by bitcoinj, which is what a holder's device stands for here. */
class ColdProofTest {
  private static final String WALLET = "00112233445566778899aabbccddeeff";

  /** The account of the backup key in {@link TestKeys#twoOfThree}. */
  private static DeterministicKey leaf(Network network, int branch, int index) {
    DeterministicKey key = TestKeys.account(2, network);
    for (int step : new int[] {branch, index}) {
      key = HDKeyDerivation.deriveChildKey(key, new ChildNumber(step));
    }
    return key;
  }

  @ParameterizedTest
  @EnumSource(Network.class)
  void theTextIsPlainAndNamesWordsAndChallenge(Network network) {
    Cosigners cosigners = TestKeys.twoOfThree(network);
    String text = ColdProof.message(cosigners, WALLET);
    assertThat(text)
        .contains(String.join(" ", cosigners.words()))
        .containsPattern("challenge [0-9a-f]{32}$")
        .matches("[ -~]{50,200}");
    assertThat(ColdProof.path(cosigners, KeyRole.BACKUP))
        .isEqualTo("m/48'/" + network.coinType() + "'/0'/2'/0/0");
    String other = ColdProof.message(cosigners, WALLET.replace('0', '1'));
    assertThat(other).isNotEqualTo(text);
  }

  /** A person who brings one of several keys holds no backup of anything. */
  @Test
  void theTextSaysWhichKeyItIs() {
    Cosigners two =
        new Cosigners(
            Network.REGTEST,
            org.trefoil.core.keys.ScriptType.P2WSH,
            2,
            List.of(
                TestKeys.cosigner(KeyRole.USER, 1, Network.REGTEST),
                TestKeys.cosigner(KeyRole.SERVER, 3, Network.REGTEST)));
    assertThat(ColdProof.message(two, WALLET)).startsWith("I hold a key of the Trefoil wallet ");
    assertThat(ColdProof.message(TestKeys.twoOfThree(Network.REGTEST), WALLET))
        .startsWith("I hold the backup key of the Trefoil wallet ");
  }

  @ParameterizedTest
  @EnumSource(names = {"P2PKH", "P2WPKH", "P2SH"})
  void whateverAddressTheDeviceSignsForTheKeyCounts(ScriptType type) {
    Cosigners cosigners = TestKeys.twoOfThree(Network.REGTEST);
    String text = ColdProof.message(cosigners, WALLET);
    byte[] signature = Base64.getDecoder().decode(leaf(Network.REGTEST, 0, 0).signMessage(text));
    signature[0] += (byte) (type == ScriptType.P2PKH ? 0 : type == ScriptType.P2SH ? 4 : 8);
    String given = Base64.getEncoder().encodeToString(signature);
    assertThat(ColdProof.check(cosigners, WALLET, KeyRole.BACKUP, given)).isEqualTo(given);
  }

  @Test
  void theArmourThatSomeDevicesWriteIsReadThrough() {
    Cosigners cosigners = TestKeys.twoOfThree(Network.REGTEST);
    String text = ColdProof.message(cosigners, WALLET);
    String signature = leaf(Network.REGTEST, 0, 0).signMessage(text);
    String armoured =
        "-----BEGIN BITCOIN SIGNED MESSAGE-----\r\n"
            + text
            + "\r\n-----BEGIN BITCOIN SIGNATURE-----\r\nbcrt1qexample\r\n"
            + signature
            + "\r\n-----END BITCOIN SIGNATURE-----\r\n";
    assertThat(ColdProof.check(cosigners, WALLET, KeyRole.BACKUP, armoured)).isEqualTo(signature);
  }

  @Test
  void noOtherKeyTextOrWalletCounts() {
    Cosigners cosigners = TestKeys.twoOfThree(Network.REGTEST);
    String text = ColdProof.message(cosigners, WALLET);
    DeterministicKey right = leaf(Network.REGTEST, 0, 0);
    List<String> wrong =
        List.of(
            leaf(Network.REGTEST, 0, 1).signMessage(text),
            leaf(Network.REGTEST, 1, 0).signMessage(text),
            TestKeys.account(2, Network.REGTEST).signMessage(text),
            TestKeys.account(1, Network.REGTEST).signMessage(text),
            right.signMessage(text + " "),
            right.signMessage(ColdProof.message(cosigners, WALLET.replace('f', 'e'))),
            right.signMessage(ColdProof.message(TestKeys.twoOfThree(Network.SIGNET), WALLET)));
    for (String signature : wrong) {
      Refusal refusal =
          refusal(
              Token.COLD_PROOF_WRONG,
              () -> ColdProof.check(cosigners, WALLET, KeyRole.BACKUP, signature));
      assertThat(refusal.data()).containsEntry("path", "m/48'/1'/0'/2'/0/0");
    }
    byte[] bytes = Base64.getDecoder().decode(right.signMessage(text));
    // The text's words take their time, so not every byte is bent.
    for (int i = 1; i < bytes.length; i += 9) {
      byte[] bent = bytes.clone();
      bent[i] ^= 1;
      String signature = Base64.getEncoder().encodeToString(bent);
      refusal(
          Token.COLD_PROOF_WRONG,
          () -> ColdProof.check(cosigners, WALLET, KeyRole.BACKUP, signature));
    }
  }

  @Test
  void whatIsNoSignatureIsCalledSo() {
    Cosigners cosigners = TestKeys.twoOfThree(Network.REGTEST);
    byte[] header = new byte[65];
    header[0] = 26;
    for (String given :
        List.of(
            "",
            "x".repeat(88),
            "!".repeat(88),
            Base64.getEncoder().encodeToString(new byte[64]),
            Base64.getEncoder().encodeToString(header))) {
      refusal(
          Token.COLD_PROOF_MALFORMED,
          () -> ColdProof.check(cosigners, WALLET, KeyRole.BACKUP, given));
    }
  }
}
