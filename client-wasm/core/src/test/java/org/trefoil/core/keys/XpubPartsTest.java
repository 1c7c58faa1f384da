package org.trefoil.core.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.trefoil.core.Refusals.refusal;

import java.util.Arrays;
import java.util.List;
import org.bitcoinj.base.Base58;
import org.bitcoinj.crypto.ECKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Network;

/** The bytes of an extended public key, and the ends of what it derives. */
class XpubPartsTest {
  private static final byte[] CHAIN =
      Hex.parse("873dff81c02f525623fd1fe5167eac3a55a049de3d314bb42ee227ffed37d508");
  private static final byte[] POINT =
      Hex.parse("0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798");

  private static Xpub xpub(int depth, int parent, int child) {
    return Xpub.of(Network.MAINNET, depth, parent, child, CHAIN, POINT);
  }

  @ParameterizedTest
  @EnumSource
  void theSeventyEightBytesAreThoseOfBip32(Network network) {
    Xpub xpub = Xpub.of(network, 3, 0x01820384, 0x80000002, CHAIN, POINT);
    String version = network == Network.MAINNET ? "0488b21e" : "043587cf";
    assertThat(Hex.of(xpub.serialized()))
        .isEqualTo(version + "03" + "01820384" + "80000002" + Hex.of(CHAIN) + Hex.of(POINT));
    assertThat(xpub.depth()).isEqualTo(3);
    assertThat(xpub.childNumber()).isEqualTo(0x80000002);
    assertThat(xpub.publicKey()).isEqualTo(POINT);
    assertThat(xpub.chainCode()).isEqualTo(CHAIN);
    assertThat(xpub.fingerprint()).isEqualTo(0x751e76e8);
    assertThat(xpub).hasToString(xpub.base58());
    assertThat(xpub.base58()).startsWith(network == Network.MAINNET ? "xpub" : "tpub");
  }

  @Test
  void partsOfAnotherSizeAreRefused() {
    refusal(Token.KEY_MALFORMED, () -> xpub(-1, 0, 0));
    refusal(Token.KEY_MALFORMED, () -> xpub(256, 0, 0));
    assertThat(xpub(255, 1, 1).depth()).isEqualTo(255);
    for (int length : new int[] {31, 33}) {
      byte[] chain = new byte[length];
      refusal(Token.KEY_MALFORMED, () -> Xpub.of(Network.MAINNET, 1, 0, 0, chain, POINT));
    }
    for (int length : new int[] {32, 34}) {
      byte[] point = Arrays.copyOf(POINT, length);
      refusal(Token.KEY_MALFORMED, () -> Xpub.of(Network.MAINNET, 1, 0, 0, CHAIN, point));
    }
  }

  /** BIP-0032: depth nought with a parent or a number is invalid. */
  @Test
  void aMasterKeyHasNeitherParentNorNumber() {
    refusal(Token.KEY_MALFORMED, () -> xpub(0, 1, 0));
    refusal(Token.KEY_MALFORMED, () -> xpub(0, 0, 1));
    assertThat(xpub(0, 0, 0).depth()).isZero();
    assertThat(xpub(1, 0, 0).depth()).isEqualTo(1);
  }

  @Test
  void base58OfAnotherSizeOrVersionIsRefused() {
    byte[] bytes = xpub(1, 1, 1).serialized();
    for (int length : new int[] {77, 79}) {
      String text = text(Arrays.copyOf(bytes, length));
      refusal(Token.KEY_MALFORMED, () -> Xpub.parse(text, Network.MAINNET));
    }
    bytes[3]++;
    refusal(Token.KEY_MALFORMED, () -> Xpub.parse(text(bytes), Network.MAINNET));
  }

  @ParameterizedTest
  @CsvSource({"MAINNET,REGTEST,mainnet", "REGTEST,MAINNET,testnet"})
  void aKeyOfAnotherNetworkIsNamedByIt(Network is, Network asked, String named) {
    String text = Xpub.of(is, 1, 1, 1, CHAIN, POINT).base58();
    Refusal refusal = refusal(Token.KEY_OTHER_NETWORK, () -> Xpub.parse(text, asked));
    assertThat(refusal.data()).containsEntry("network", named);
  }

  private static String text(byte[] bytes) {
    return Base58.encodeChecked(bytes[0] & 255, Arrays.copyOfRange(bytes, 1, bytes.length));
  }

  @Test
  void aChildKnowsItsParentAndItsPlace() {
    Xpub child = xpub(2, 5, 6).child(0x01020384);
    assertThat(child.depth()).isEqualTo(3);
    assertThat(child.childNumber()).isEqualTo(0x01020384);
    assertThat(Hex.of(child.serialized()).substring(10, 18)).isEqualTo("751e76e8");
  }

  /** The depth is one byte, and a hardened child takes the private key. */
  @Test
  void thereIsNoChildBelowDepth255AndNoHardenedOne() {
    assertThat(xpub(254, 1, 1).child(0).depth()).isEqualTo(255);
    refusal(Token.KEY_UNUSABLE, () -> xpub(255, 1, 1).child(0));
    assertThatIllegalArgumentException().isThrownBy(() -> xpub(1, 1, 1).child(-1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> xpub(1, 1, 1).childPublicKey(0, Integer.MIN_VALUE));
    assertThat(xpub(1, 1, 1).child(Integer.MAX_VALUE).childNumber()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void somebodyElsesSumGivesTheSameKeysOrARefusal() {
    Xpub xpub = xpub(1, 1, 1);
    for (int branch = 0; branch < 4; branch++) {
      assertThat(xpub.childPublicKey(branch, 9, XpubPartsTest::sum))
          .isEqualTo(xpub.childPublicKey(branch, 9))
          .isEqualTo(xpub.child(branch).child(9).publicKey());
    }
    refusal(Token.KEY_UNUSABLE, () -> xpub.childPublicKey(0, 9, (key, tweak) -> null));
  }

  private static byte[] sum(byte[] publicKey, byte[] tweak) {
    assertThat(tweak).hasSize(32);
    return ECKey.fromPublicOnly(publicKey)
        .getPubKeyPoint()
        .add(ECKey.fromPrivate(tweak).getPubKeyPoint())
        .getEncoded(true);
  }

  @Test
  void noArrayThatIsHandedInOrOutChangesAKey() {
    byte[] chain = CHAIN.clone();
    byte[] point = POINT.clone();
    Xpub xpub = Xpub.of(Network.MAINNET, 1, 1, 1, chain, point);
    for (byte[] bytes :
        List.of(chain, point, xpub.chainCode(), xpub.publicKey(), xpub.serialized())) {
      Arrays.fill(bytes, (byte) 9);
    }
    assertThat(xpub).isEqualTo(xpub(1, 1, 1)).hasSameHashCodeAs(xpub(1, 1, 1));
  }

  @Test
  void keysAreEqualWhoseBytesAre() {
    assertThat(xpub(1, 1, 1)).isNotEqualTo(xpub(1, 1, 2)).isNotEqualTo(xpub(1, 2, 1));
    assertThat(xpub(1, 1, 1).equals(new Object())).isFalse();
  }

  @Test
  void aMasterKeysFingerprintIsItsOwn() {
    KeyPath nowhere = KeyPath.parse("m");
    Xpub master = xpub(0, 0, 0);
    CosignerKey key = new CosignerKey(KeyRole.BACKUP, new KeyOrigin(0x751e76e8, nowhere), master);
    assertThat(key.expression()).isEqualTo("[751e76e8]" + master.base58());
    Refusal refusal =
        refusal(
            Token.KEY_DEPTH,
            () -> new CosignerKey(KeyRole.BACKUP, new KeyOrigin(1, nowhere), master));
    assertThat(refusal.data()).containsEntry("path", "m").containsEntry("depth", "0");
  }
}
