package org.trefoil.core.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.trefoil.core.Refusals.refusal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bitcoinj.crypto.ECKey;
import org.bitcoinj.crypto.MnemonicCode;
import org.bitcoinj.script.Script;
import org.bitcoinj.script.ScriptBuilder;
import org.junit.jupiter.api.Test;
import org.trefoil.core.Token;
import org.trefoil.core.VectorFiles;
import org.trefoil.core.descriptor.Descriptors;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Network;

class CosignersTest {
  @Test
  void aThousandAddressesAreThoseOfOtherSoftware() {
    List<CosignerKey> keys = new ArrayList<>();
    for (String line : VectorFiles.text("two-of-three/keys.txt").split("\n")) {
      String[] part = line.split(" ", 5);
      String expression = "[" + part[2] + "/48'/1'/0'/2']" + part[3];
      keys.add(CosignerKey.parse(KeyRole.of(part[0]), expression, Network.TESTNET));
    }
    Cosigners cosigners = new Cosigners(Network.TESTNET, ScriptType.P2WSH, 2, keys);
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      all.append(i == 0 ? "" : "\n").append(cosigners.address(Cosigners.RECEIVE, i));
    }
    String[] expected = VectorFiles.text("two-of-three/addresses.txt").split("\n");
    assertThat(all.toString().split("\n")).startsWith(Arrays.copyOfRange(expected, 1, 21));
    byte[] digest = Hashes.sha256(all.toString().getBytes(StandardCharsets.UTF_8));
    assertThat(Hex.of(digest)).isEqualTo(expected[0]);
  }

  @Test
  void scriptsAreThoseOfBitcoinj() {
    for (int count = 1; count <= 15; count++) {
      for (ScriptType type : ScriptType.values()) {
        int threshold = 1 + (count * 7) % count;
        Cosigners cosigners = TestKeys.cosigners(Network.REGTEST, type, threshold, count, 100);
        List<ECKey> keys = new ArrayList<>();
        for (CosignerKey key : cosigners.keys()) {
          keys.add(ECKey.fromPublicOnly(key.xpub().childPublicKey(1, count)));
        }
        Script multisig = ScriptBuilder.createRedeemScript(threshold, keys);
        Script output =
            switch (type) {
              case P2WSH -> ScriptBuilder.createP2WSHOutputScript(multisig);
              case P2SH_P2WSH ->
                  ScriptBuilder.createP2SHOutputScript(
                      ScriptBuilder.createP2WSHOutputScript(multisig));
              case P2SH -> ScriptBuilder.createP2SHOutputScript(multisig);
            };
        assertThat(cosigners.multisigScript(1, count)).isEqualTo(multisig.program());
        assertThat(cosigners.multisigScript(1, count).length).isLessThanOrEqualTo(520);
        assertThat(cosigners.scriptPubKey(1, count)).isEqualTo(output.program());
        assertThat(cosigners.address(1, count))
            .isEqualTo(output.getToAddress(Network.REGTEST.bitcoinj()).toString());
      }
    }
  }

  @Test
  void descriptorsParseToWhatPrintedThem() {
    for (Network network : Network.values()) {
      for (ScriptType type : ScriptType.values()) {
        for (int count = 1; count <= 15; count += 2) {
          Cosigners cosigners = TestKeys.cosigners(network, type, (count + 1) / 2, count, 7);
          String text = cosigners.descriptor();
          assertThat(Descriptors.parse(text, network, TestKeys.roles(count)))
              .isEqualTo(cosigners)
              .extracting(Cosigners::descriptor)
              .isEqualTo(text);
        }
      }
    }
  }

  @Test
  void fourWordsStandForTheDigest() {
    Cosigners cosigners = TestKeys.twoOfThree(Network.REGTEST);
    byte[] hash = TaggedHash.of("trefoil/keyset", cosigners.digest());
    for (int i = 0; i < 65_536; i++) {
      hash = Hashes.sha256(hash);
    }
    long bits = 0;
    for (int i = 0; i < 6; i++) {
      bits = bits << 8 | (hash[i] & 255);
    }
    bits >>= 4;
    List<String> words = new ArrayList<>();
    for (int i = 3; i >= 0; i--) {
      words.add(EnglishWords.word((int) (bits >> (11 * i)) & 2047));
    }
    assertThat(cosigners.words()).isEqualTo(words);
    assertThat(TestKeys.cosigners(Network.REGTEST, ScriptType.P2WSH, 2, 3, 2).words())
        .isNotEqualTo(words);
  }

  @Test
  void theWordListIsBitcoinjs() {
    List<String> theirs = MnemonicCode.INSTANCE.getWordList();
    for (int i = 0; i < 2048; i++) {
      assertThat(EnglishWords.word(i)).isEqualTo(theirs.get(i));
      assertThat(EnglishWords.value(theirs.get(i))).isEqualTo(i);
    }
    assertThat(EnglishWords.value("trefoil")).isEqualTo(-1);
  }

  @Test
  void senselessKeySetsAreRefused() {
    List<CosignerKey> keys = TestKeys.twoOfThree(Network.REGTEST).keys();
    refusal(Token.DESCRIPTOR_THRESHOLD, () -> set(0, keys));
    refusal(Token.DESCRIPTOR_THRESHOLD, () -> set(4, keys));
    refusal(Token.DESCRIPTOR_TOO_MANY_KEYS, () -> set(1, List.of()));
    refusal(Token.KEY_REPEATED, () -> set(2, List.of(keys.get(0), keys.get(1), keys.get(0))));
    refusal(
        Token.DESCRIPTOR_TOO_MANY_KEYS,
        () -> TestKeys.cosigners(Network.REGTEST, ScriptType.P2SH, 1, 16, 1));
  }

  @Test
  void othersAreThoseOfNeitherUserNorServer() {
    Cosigners owners = TestKeys.cosigners(Network.REGTEST, ScriptType.P2WSH, 2, 5, 1);
    List<KeyRole> others = new ArrayList<>();
    for (CosignerKey key : owners.others()) {
      others.add(key.role());
    }
    assertThat(others).containsExactly(KeyRole.BACKUP, KeyRole.OWNER_1, KeyRole.OWNER_2);
    assertThat(owners.has(KeyRole.OWNER_2)).isTrue();
    assertThat(owners.has(KeyRole.OWNER_3)).isFalse();
    assertThat(owners.key(KeyRole.SERVER)).isEqualTo(owners.keys().get(2));
    assertThatIllegalArgumentException().isThrownBy(() -> owners.key(KeyRole.OWNER_3));
  }

  @Test
  void scriptsBySomebodyElsesArithmeticAreTheSame() {
    Cosigners cosigners = TestKeys.twoOfThree(Network.REGTEST);
    for (int branch = 0; branch < 2; branch++) {
      byte[][] children = cosigners.childPublicKeys(branch, 9);
      assertThat(children).hasDimensions(3, 33);
      for (int i = 0; i < 3; i++) {
        Xpub xpub = cosigners.keys().get(i).xpub();
        assertThat(children[i]).isEqualTo(xpub.childPublicKey(branch, 9));
      }
      assertThat(cosigners.scriptPubKey(PublicCurve.EVERYWHERE, branch, 9))
          .isEqualTo(cosigners.scriptPubKey(branch, 9));
    }
  }

  private static Cosigners set(int threshold, List<CosignerKey> keys) {
    return new Cosigners(Network.REGTEST, ScriptType.P2WSH, threshold, keys);
  }
}
