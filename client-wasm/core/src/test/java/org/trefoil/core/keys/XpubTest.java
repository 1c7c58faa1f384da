package org.trefoil.core.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trefoil.core.Refusals.refusal;

import java.util.Arrays;
import java.util.Random;
import org.bitcoinj.base.Base58;
import org.bitcoinj.crypto.ChildNumber;
import org.bitcoinj.crypto.DeterministicKey;
import org.bitcoinj.crypto.HDKeyDerivation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Network;

class XpubTest {
  private static final String XPUB =
      "xpub68Gmy5EdvgibQVfPdqkBBCHxA5htiqg55crXYuXoQRKfDBFA1WEjWgP6LHhwBZeNK1VTsfTFUHCdrfp1bgwQ9xv5ski8PX9rL2dZXvgGDnw";
  private static final String XPRV =
      "xprv9uHRZZhk6KAJC1avXpDAp4MDc3sQKNxDiPvvkX8Br5ngLNv1TxvUxt4cV1rGL5hj6KCesnDYUhd7oWgT11eZG7XnxHrnYeSvkzY7d2bhkJ7";

  @Test
  void derivesWhatBitcoinjDerives() {
    Random random = new Random(32);
    for (int i = 0; i < 60; i++) {
      DeterministicKey account = TestKeys.account(i, Network.REGTEST).dropPrivateBytes();
      Xpub xpub = TestKeys.cosigner(KeyRole.USER, i, Network.REGTEST).xpub();
      int branch = random.nextInt(4);
      int index = random.nextInt() & Integer.MAX_VALUE;
      DeterministicKey child =
          HDKeyDerivation.deriveChildKey(
              HDKeyDerivation.deriveChildKey(account, new ChildNumber(branch)),
              new ChildNumber(index));
      assertThat(Hex.of(xpub.childPublicKey(branch, index))).isEqualTo(Hex.of(child.getPubKey()));
      assertThat(xpub.child(branch).child(index).chainCode()).isEqualTo(child.getChainCode());
      assertThat(xpub.fingerprint()).isEqualTo(account.getFingerprint());
      assertThat(Xpub.parse(xpub.base58(), Network.SIGNET)).isEqualTo(xpub);
    }
  }

  @Test
  void aPrivateKeyIsRefusedWholeOrMistypedAndNeverRepeated() {
    Refusal refusal = refusal(Token.PRIVATE_KEY_PASTED, () -> Xpub.parse(XPRV, Network.MAINNET));
    assertThat(refusal.data()).isEmpty();
    refusal(Token.PRIVATE_KEY_PASTED, () -> Xpub.parse(XPRV.substring(0, 60), Network.TESTNET));
    refusal(
        Token.PRIVATE_KEY_PASTED,
        () -> CosignerKey.parse(KeyRole.BACKUP, "[00000000/0']" + XPRV, Network.MAINNET));
    refusal(
        Token.PRIVATE_KEY_PASTED,
        () ->
            Xpub.parse(
                "abandon abandon abandon abandon abandon abandon "
                    + "abandon abandon abandon abandon abandon about",
                Network.MAINNET));
  }

  @ParameterizedTest
  @CsvSource({
    "ypub, 049d7cb2",
    "zpub, 04b24746",
    "Ypub, 0295b43f",
    "Zpub, 02aa7ed3",
    "xpub, 0488b21e"
  })
  void aSlip132FormIsTheSameKey(String prefix, String version) {
    String text = withVersion(XPUB, version);
    assertThat(text).startsWith(prefix);
    assertThat(Xpub.parse(text, Network.MAINNET).base58()).isEqualTo(XPUB);
    refusal(Token.KEY_OTHER_NETWORK, () -> Xpub.parse(text, Network.REGTEST));
  }

  @ParameterizedTest
  @CsvSource({
    "upub, 044a5262",
    "vpub, 045f1cf6",
    "Upub, 024289ef",
    "Vpub, 02575483",
    "tpub, 043587cf"
  })
  void aSlip132FormOfATestNetworkToo(String prefix, String version) {
    String text = withVersion(XPUB, version);
    assertThat(text).startsWith(prefix);
    assertThat(Xpub.parse(text, Network.SIGNET).base58()).isEqualTo(withVersion(XPUB, "043587cf"));
    refusal(Token.KEY_OTHER_NETWORK, () -> Xpub.parse(text, Network.MAINNET));
  }

  @ParameterizedTest
  @CsvSource({
    "xprv, 0488ade4", "yprv, 049d7878", "zprv, 04b2430c", "Yprv, 0295b005", "Zprv, 02aa7a99",
    "tprv, 04358394", "uprv, 044a4e28", "vprv, 045f18bc", "Uprv, 024285b5", "Vprv, 02575048"
  })
  void everyPrivateFormIsKnown(String prefix, String version) {
    String text = withVersion(XPRV, version);
    assertThat(text).startsWith(prefix);
    refusal(Token.PRIVATE_KEY_PASTED, () -> Xpub.parse(text, Network.MAINNET));
    assertThat(XpubVersion.of((int) Long.parseLong(version, 16))).isEqualTo(XpubVersion.PRIVATE);
  }

  @Test
  void everyMistypedCharacterIsRefused() {
    for (int i = 0; i < XPUB.length(); i++) {
      char other = XPUB.charAt(i) == 'Q' ? 'R' : 'Q';
      String mistyped = XPUB.substring(0, i) + other + XPUB.substring(i + 1);
      refusal(Token.KEY_CHECKSUM, () -> Xpub.parse(mistyped, Network.MAINNET));
    }
    String strange = XPUB.substring(0, 40) + "0" + XPUB.substring(41);
    Refusal refusal = refusal(Token.KEY_CHARACTER, () -> Xpub.parse(strange, Network.MAINNET));
    assertThat(refusal.data()).containsEntry("position", "41");
    refusal(Token.KEY_MALFORMED, () -> Xpub.parse("", Network.MAINNET));
  }

  @Test
  void whatIsNoPointOfTheCurveIsNoKey() {
    // x = 5 has no y: 5^3 + 7 = 132 is no square modulo p; and 4 begins no compressed point.
    for (String point :
        new String[] {"02" + "00".repeat(31) + "05", "04" + "00".repeat(31) + "01"}) {
      byte[] bytes = Base58.decodeChecked(XPUB);
      System.arraycopy(Hex.parse(point), 0, bytes, 45, 33);
      String text = Base58.encodeChecked(bytes[0] & 255, Arrays.copyOfRange(bytes, 1, 78));
      refusal(Token.KEY_NOT_ON_CURVE, () -> Xpub.parse(text, Network.MAINNET));
    }
  }

  @Test
  void aKeyThatIsNotWhereItsOriginSaysIsRefused() {
    Xpub xpub = Xpub.parse(XPUB, Network.MAINNET);
    KeyPath tooShort = KeyPath.parse("m");
    KeyPath tooLong = KeyPath.parse("m/0'/0'");
    KeyPath otherStep = KeyPath.parse("m/1'");
    for (KeyPath path : new KeyPath[] {tooShort, tooLong, otherStep}) {
      Refusal refusal =
          refusal(
              Token.KEY_DEPTH, () -> new CosignerKey(KeyRole.BACKUP, new KeyOrigin(1, path), xpub));
      assertThat(refusal.data()).containsEntry("depth", "1");
    }
    refusal(
        Token.KEY_ORIGIN_MISSING, () -> CosignerKey.parse(KeyRole.BACKUP, XPUB, Network.MAINNET));
    CosignerKey key = CosignerKey.parse(KeyRole.BACKUP, "[d34db33f/0h]" + XPUB, Network.MAINNET);
    assertThat(key.expression()).isEqualTo("[d34db33f/0']" + XPUB);
  }

  @Test
  void pathsPrintAsTheyParse() {
    for (String path : new String[] {"m", "m/0", "m/48'/1'/0'/2'", "m/2147483647'/2147483647"}) {
      assertThat(KeyPath.parse(path).toString()).isEqualTo(path);
    }
    for (String path : new String[] {"", "48'", "m/", "m//1", "m/00", "m/2147483648", "m/1''"}) {
      refusal(Token.KEY_PATH_MALFORMED, () -> KeyPath.parse(path));
    }
  }

  private static String withVersion(String key, String version) {
    byte[] bytes = Base58.decodeChecked(key);
    byte[] v = Hex.parse(version);
    System.arraycopy(v, 0, bytes, 0, 4);
    return Base58.encodeChecked(bytes[0] & 255, Arrays.copyOfRange(bytes, 1, bytes.length));
  }
}
