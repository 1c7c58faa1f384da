package org.trefoil.core.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trefoil.core.Refusals.refusal;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.keys.TestKeys;
import org.trefoil.core.units.Network;

class DescriptorsTest {
  private final Cosigners cosigners = TestKeys.twoOfThree(Network.REGTEST);
  private final String text = cosigners.descriptor();
  private final String body = text.substring(0, text.indexOf('#'));

  @Test
  void otherHardenedMarksMeanTheSameKeySet() {
    assertThat(parse(summed(body.replace('\'', 'h')))).isEqualTo(cosigners);
  }

  @Test
  void eachFormThatIsNotOursHasItsToken() {
    refusal(Token.DESCRIPTOR_CHECKSUM, () -> parse(body));
    refusal(Token.DESCRIPTOR_CHECKSUM, () -> parse(body + "#"));
    refusal(Token.DESCRIPTOR_UNSORTED, () -> parse(summed(body.replace("sortedm", "m"))));
    refusal(Token.DESCRIPTOR_UNSUPPORTED, () -> parse(summed(body.replace("wsh", "tr"))));
    refusal(Token.DESCRIPTOR_UNSUPPORTED, () -> parse(summed(body.replace("<0;1>", "0"))));
    refusal(Token.DESCRIPTOR_UNSUPPORTED, () -> parse(summed(body.replace("<0;1>", "<1;0>"))));
    refusal(Token.DESCRIPTOR_UNSUPPORTED, () -> parse(summed(body.replace("/*", "/*'"))));
    refusal(Token.DESCRIPTOR_THRESHOLD, () -> parse(summed(body.replace("(2,", "(4,"))));
    refusal(Token.DESCRIPTOR_THRESHOLD, () -> parse(summed(body.replace("(2,", "(02,"))));
    refusal(Token.DESCRIPTOR_THRESHOLD, () -> parse(summed(body.replace("(2,", "(x,"))));
    refusal(Token.DESCRIPTOR_MALFORMED, () -> parse(text.replace("wsh", "w\u015bh")));
    refusal(Token.KEY_ORIGIN_MISSING, () -> parse(summed(body.replaceFirst("\\[[^\\]]*\\]", ""))));
    refusal(Token.KEY_OTHER_NETWORK, () -> Descriptors.parse(text, Network.MAINNET, roles()));
    refusal(
        Token.DESCRIPTOR_UNSUPPORTED,
        () -> Descriptors.parse(text, Network.REGTEST, List.of(KeyRole.USER)));
  }

  @Test
  void aWalletOfOursHasItsRolesByTheNumberOfItsKeys() {
    for (int keys = 2; keys <= 7; keys++) {
      for (ScriptType type : ScriptType.values()) {
        Cosigners wallet = of(type, 2, KeyRole.ofWallet(keys));
        assertThat(Descriptors.ofWallet(wallet.descriptor(), Network.REGTEST)).isEqualTo(wallet);
      }
    }
    for (Cosigners no :
        List.of(
            of(ScriptType.P2WSH, 1, KeyRole.ofWallet(3)),
            of(ScriptType.P2WSH, 1, TestKeys.roles(1)),
            of(ScriptType.P2WSH, 2, TestKeys.roles(8)))) {
      refusal(Token.QUORUM_NUMBERS, () -> Descriptors.ofWallet(no.descriptor(), Network.REGTEST));
    }
  }

  @Test
  void upToFifteenKeysAndEachThresholdAreRead() {
    for (int threshold = 1; threshold <= Cosigners.MAX_KEYS; threshold++) {
      Cosigners large = of(ScriptType.P2WSH, threshold, TestKeys.roles(15));
      assertThat(Descriptors.parse(large.descriptor(), Network.REGTEST, TestKeys.roles(15)))
          .isEqualTo(large);
    }
    Cosigners one = of(ScriptType.P2SH, 1, List.of(KeyRole.USER));
    assertThat(Descriptors.parse(one.descriptor(), Network.REGTEST, List.of(KeyRole.USER)))
        .isEqualTo(one);
    for (String wrong : List.of("", "0", "-1", "+2", "2 ", "1/", ":", "111")) {
      refusal(
          Token.DESCRIPTOR_THRESHOLD, () -> parse(summed(body.replace("(2,", "(" + wrong + ","))));
    }
    String fifteen = of(ScriptType.P2WSH, 2, TestKeys.roles(15)).descriptor();
    String key = fifteen.substring(fifteen.indexOf(",["), fifteen.indexOf("/*,") + 2);
    String longer =
        summed(fifteen.substring(0, fifteen.indexOf('#')).replace("/*))", "/*" + key + "))"));
    refusal(
        Token.DESCRIPTOR_TOO_MANY_KEYS,
        () -> Descriptors.parse(longer, Network.REGTEST, TestKeys.roles(16)));
  }

  @Test
  void privateKeysAreRefusedAsSuch() {
    refusal(Token.PRIVATE_KEY_PASTED, () -> parse(summed(body.replaceFirst("tpub", "tprv"))));
  }

  /** One key set in 175,000 has such a checksum. */
  @Test
  void aChecksumThatBeginsAsAPrivateKeyIsNone() {
    String origin = String.format("[%08x/", 761_113);
    String summed = summed(body.replaceFirst("\\[[0-9a-f]{8}/", origin));
    assertThat(summed).contains("#tprv");
    assertThat(parse(summed).descriptor()).isEqualTo(summed);
  }

  /** BIP-0380: any one substitution, and any two within the first character group, are found. */
  @Test
  void noMistypedDescriptorIsTaken() {
    Random random = new Random(380);
    for (int i = 0; i < 3000; i++) {
      StringBuilder mistyped = new StringBuilder(text);
      for (int k = 0; k <= i % 3; k++) {
        mistyped.setCharAt(random.nextInt(text.length()), (char) (32 + random.nextInt(95)));
      }
      if (!mistyped.toString().equals(text)) {
        assertThat(taken(mistyped.toString())).as(mistyped.toString()).isFalse();
      }
    }
  }

  /** Texts that are no descriptor at all end in a refusal, never in another exception. */
  @Test
  void rubbishIsRefused() {
    Random random = new Random(383);
    String[] pieces = {"wsh(", "sh(", "sortedmulti(", "2", ",", ")", "[", "]", "/", "'", "#", "x"};
    for (int i = 0; i < 3000; i++) {
      StringBuilder rubbish = new StringBuilder();
      for (int k = random.nextInt(12); k >= 0; k--) {
        rubbish.append(pieces[random.nextInt(pieces.length)]);
      }
      String each = rubbish.toString();
      assertThat(taken(each)).isFalse();
      assertThat(taken(each.indexOf('#') < 0 ? summed(each) : each)).isFalse();
    }
  }

  private static Cosigners of(ScriptType type, int threshold, List<KeyRole> roles) {
    List<CosignerKey> keys = new ArrayList<>();
    for (KeyRole role : roles) {
      keys.add(TestKeys.cosigner(role, 100 + keys.size(), Network.REGTEST));
    }
    return new Cosigners(Network.REGTEST, type, threshold, keys);
  }

  private static boolean taken(String text) {
    try {
      parse(text);
      return true;
    } catch (RefusedException e) {
      return false;
    }
  }

  private static Cosigners parse(String text) {
    return Descriptors.parse(text, Network.REGTEST, roles());
  }

  private static List<KeyRole> roles() {
    return TestKeys.roles(3);
  }

  private static String summed(String body) {
    return body + "#" + Descriptors.checksum(body);
  }
}
