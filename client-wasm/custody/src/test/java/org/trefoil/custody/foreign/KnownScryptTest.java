package org.trefoil.custody.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trefoil.core.Refusals.refusal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.bitcoinj.base.Base58;
import org.bitcoinj.base.BitcoinNetwork;
import org.bitcoinj.base.ScriptType;
import org.bitcoinj.base.Sha256Hash;
import org.bitcoinj.crypto.ECKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trefoil.core.Token;
import org.trefoil.core.VectorFiles;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Network;
import org.trefoil.core.vectors.Outcome;
import org.trefoil.custody.keys.LoneKey;
import org.trefoil.custody.passcode.Passcode;

/** Keys encrypted by BIP-0038, from what scrypt has made of the passphrase. */
class KnownScryptTest {
  private static final List<String[]> VECTORS =
      Outcome.columns(VectorFiles.text("bip-0038/derived.txt"), 4);
  private static final byte[] DERIVED = new byte[64];

  static {
    for (int i = 0; i < 64; i++) {
      DERIVED[i] = (byte) (3 * i + 1);
    }
  }

  private static EncryptedKeyOpening begin(String text, Network network) {
    try (Passcode any = Passcode.foreign("x".toCharArray())) {
      return EncryptedKeyOpening.begin(text.toCharArray(), any, network);
    }
  }

  private static LoneKey open(String text, Network network, byte[] derived) {
    try (EncryptedKeyOpening opening = begin(text, network)) {
      return opening.of(derived.clone());
    }
  }

  /** The text of a key that is encrypted under {@link #DERIVED}, by other libraries. */
  private static String encrypted(byte[] key, boolean compressed, BitcoinNetwork network) {
    byte[] content = new byte[38];
    content[0] = 0x42;
    content[1] = (byte) (compressed ? 0xe0 : 0xc0);
    if (!Arrays.equals(key, new byte[32])) {
      String address =
          ECKey.fromPrivate(key, compressed).toAddress(ScriptType.P2PKH, network).toString();
      byte[] hash = Sha256Hash.hashTwice(address.getBytes(StandardCharsets.US_ASCII));
      System.arraycopy(hash, 0, content, 2, 4);
    }
    byte[] masked = new byte[32];
    for (int i = 0; i < 32; i++) {
      masked[i] = (byte) (key[i] ^ DERIVED[i]);
    }
    try {
      Cipher aes = Cipher.getInstance("AES/ECB/NoPadding");
      aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(DERIVED, 32, 32, "AES"));
      System.arraycopy(aes.doFinal(masked), 0, content, 6, 32);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
    return Base58.encodeChecked(1, content);
  }

  @Test
  void bip38sOwnVectorsOpenAndUnderOneOtherByteNoneDoes() {
    assertThat(VECTORS).hasSize(9);
    for (String[] vector : VECTORS) {
      byte[] derived = Hex.parse(vector[3]);
      try (LoneKey opened = open(vector[1], Network.MAINNET, derived);
          LoneKey plain = KeyText.read(vector[2].toCharArray(), Network.MAINNET)) {
        assertThat(opened.publicKey(true)).isEqualTo(plain.publicKey(true));
      }
      for (int at = 0; at < derived.length; at += 5) {
        byte[] bent = derived.clone();
        bent[at] ^= 1;
        refusal(
            Token.FOREIGN_PASSPHRASE_WRONG, () -> open(vector[1], Network.MAINNET, bent).close());
      }
    }
  }

  @Test
  void aKeyOfTheOtherKindOfNetworkIsToldApartFromAWrongPassphrase() {
    byte[] key = new byte[32];
    key[31] = 5;
    for (boolean compressed : new boolean[] {true, false}) {
      String main = encrypted(key, compressed, BitcoinNetwork.MAINNET);
      String test = encrypted(key, compressed, BitcoinNetwork.TESTNET);
      String five = Hex.of(ECKey.fromPrivate(key).getPubKey());
      for (Network network : Network.values()) {
        boolean is = network == Network.MAINNET;
        try (LoneKey opened = open(is ? main : test, network, DERIVED)) {
          assertThat(Hex.of(opened.publicKey(true))).isEqualTo(five);
        }
        assertThat(
                refusal(
                        Token.FOREIGN_KEY_NETWORK,
                        () -> open(is ? test : main, network, DERIVED).close())
                    .data())
            .containsEntry("network", is ? "a test network" : "mainnet");
      }
    }
  }

  @Test
  void whatDecryptsToNoKeyIsAWrongPassphrase() {
    String zero = encrypted(new byte[32], true, BitcoinNetwork.MAINNET);
    refusal(Token.FOREIGN_PASSPHRASE_WRONG, () -> open(zero, Network.MAINNET, DERIVED).close());
    String multiplied =
        VECTORS.stream().map(v -> v[1]).filter(t -> t.startsWith("6PfQ")).findAny().orElseThrow();
    refusal(
        Token.FOREIGN_PASSPHRASE_WRONG,
        () -> open(multiplied, Network.MAINNET, new byte[32]).close());
  }

  @ParameterizedTest
  @CsvSource({"0,02", "1,41", "1,44", "2,20", "2,60", "2,a0"})
  void whatSaysThatItIsOfAnotherKindIsNoSuchKey(int at, String value) {
    byte[] content = Base58.decodeChecked(VECTORS.get(1)[1]);
    content[at] = Hex.parse(value)[0];
    malformed(content);
  }

  @ParameterizedTest
  @ValueSource(strings = {"40", "80", "c0", "e0"})
  void aKeyThatSomebodyElseMadeHasNoneOfTheFirstTwoFlags(String flags) {
    byte[] content = Base58.decodeChecked(VECTORS.get(2)[1]);
    assertThat(content[1]).isEqualTo((byte) 0x43);
    content[2] = Hex.parse(flags)[0];
    malformed(content);
  }

  private static void malformed(byte[] content) {
    String text = Base58.encodeChecked(content[0], Arrays.copyOfRange(content, 1, 39));
    refusal(Token.FOREIGN_KEY_MALFORMED, () -> begin(text, Network.MAINNET).close());
  }

  @Test
  void theWorkIsOfSlicesThatCountUpAndGivesNothingBeforeItsEnd() {
    try (EncryptedKeyOpening opening = begin(VECTORS.get(0)[1], Network.MAINNET)) {
      assertThat(opening).hasToString("EncryptedKeyOpening[redacted]");
      assertThat(opening.percent()).isZero();
      // 262,144 mixes, 64 of them a slice: the forty-first slice passes one percent.
      for (int slice = 1; slice <= 40; slice++) {
        assertThat(opening.step()).isTrue();
        assertThat(opening.percent()).isZero();
      }
      assertThat(opening.step()).isTrue();
      assertThat(opening.percent()).isEqualTo(1);
      assertThatThrownBy(opening::finish).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void anOpeningThatIsClosedOpensNothing() {
    String[] vector = VECTORS.get(0);
    EncryptedKeyOpening opening = begin(vector[1], Network.MAINNET);
    opening.close();
    refusal(Token.FOREIGN_PASSPHRASE_WRONG, () -> opening.of(Hex.parse(vector[3])).close());
  }

  @Test
  void theDerivedBytesAreWipedOnceTheyWereUsed() {
    byte[] derived = Hex.parse(VECTORS.get(0)[3]);
    try (EncryptedKeyOpening opening = begin(VECTORS.get(0)[1], Network.MAINNET);
        LoneKey opened = opening.of(derived)) {
      assertThat(opened).isNotNull();
      assertThat(derived).isEqualTo(new byte[64]);
    }
  }
}
