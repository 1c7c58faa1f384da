package org.trefoil.custody.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trefoil.core.Refusals.refusal;

import io.nayuki.qrcodegen.QrCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.crypto.generators.SCrypt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trefoil.core.Token;
import org.trefoil.core.VectorFiles;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Network;
import org.trefoil.core.vectors.Outcome;
import org.trefoil.custody.keys.LoneKey;
import org.trefoil.custody.passcode.Passcode;
import org.trefoil.custody.scan.GreyPicture;
import org.trefoil.custody.scan.QrReader;

class ForeignKeyTest {
  /** The private key 1, of which everybody knows the public key: the generator itself. */
  private static final String G =
      "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";

  private static final String ONE_COMPRESSED =
      "KwDiBf89QgGbjEhKnhXJuH7LrciVrZi3qYjgd9M7rFU73sVHnoWn";
  private static final String ONE_UNCOMPRESSED =
      "5HpHagT65TZzG1PH3CSu63k8DbpvD8s5ip4nEB3kEsreAnchuDf";
  private static final String ONE_TESTNET = "cMahea7zqjxrtgAbB7LSGbcQUr1uX1ojuat9jZodMN87JcbXMTcA";
  private static final String ENCRYPTED =
      "6PYNKZ1EAgYgmQfmNVamxyXVWHzK5s6DGhwP4J5o44cvXdoY7sRzhtpUeo";

  @ParameterizedTest
  @Tag("slow")
  @ValueSource(strings = {"of-each.txt", "others.txt"})
  void bip38sOwnVectorsOpen(String file) {
    Outcome outcome = ForeignKeyVectors.bip38(VectorFiles.text("bip-0038/" + file));
    assertThat(outcome.failures()).isEmpty();
    assertThat(outcome.run()).isGreaterThanOrEqualTo(3);
  }

  @Test
  void scryptInSlicesIsBouncyCastles() {
    byte[] password = "pleaseletmein".getBytes(StandardCharsets.US_ASCII);
    byte[] salt = "SodiumChloride".getBytes(StandardCharsets.US_ASCII);
    for (int[] c : new int[][] {{16, 1, 1}, {1024, 8, 3}, {2, 3, 2}}) {
      try (Scrypt ours = new Scrypt(password, salt, c[0], c[1], c[2], 64)) {
        assertThat(ours.percent()).isZero();
        assertThat(Hex.of(ours.run()))
            .isEqualTo(Hex.of(SCrypt.generate(password, salt, c[0], c[1], c[2], 64)));
        assertThat(ours.percent()).isEqualTo(100);
      }
    }
  }

  @Test
  void bothFormsOfWifAndBothKindsOfNetworkAreRead() {
    assertThat(publicKey(ONE_COMPRESSED, Network.MAINNET)).isEqualTo(G);
    assertThat(publicKey(ONE_UNCOMPRESSED, Network.MAINNET)).isEqualTo(G);
    assertThat(
            publicKey(" cMahea7zqjxrtgAbB7LSGbcQUr1uX1ojuat9\njZodMN87JcbXMTcA ", Network.REGTEST))
        .isEqualTo(G);
    assertThat(publicKey(ONE_TESTNET, Network.SIGNET)).isEqualTo(G);
  }

  private static String publicKey(String wif, Network network) {
    try (LoneKey key = KeyText.read(wif.toCharArray(), network)) {
      return Hex.of(key.publicKey(true));
    }
  }

  @Test
  void aMistypedKeyIsNamedByItsPlaceOrByItsChecksum() {
    String bent = ONE_COMPRESSED.replace("QgGb", "Qg0b");
    assertThat(read(bent, Token.FOREIGN_KEY_MISTYPED).get("position")).isEqualTo("11");
    read(ONE_COMPRESSED.replace("QgGb", "QgGc"), Token.FOREIGN_KEY_CHECKSUM);
    read("zz" + ONE_COMPRESSED.substring(2), Token.FOREIGN_KEY_CHECKSUM);
    read(ONE_COMPRESSED.substring(1), Token.FOREIGN_KEY_CHECKSUM);
    read("z".repeat(51), Token.FOREIGN_KEY_CHECKSUM);
    read("1".repeat(52), Token.FOREIGN_KEY_CHECKSUM);
    read("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080", Token.FOREIGN_KEY_MALFORMED);
    read("", Token.FOREIGN_KEY_MALFORMED);
    assertThat(read(ONE_TESTNET, Token.FOREIGN_KEY_NETWORK)).containsKey("network");
  }

  private static java.util.Map<String, String> read(String text, Token token) {
    return refusal(token, () -> KeyText.read(text.toCharArray(), Network.MAINNET)).data();
  }

  @Test
  void aKeyThatIsNoneIsRefused() {
    byte[] zero = new byte[32];
    byte[] tooLarge = new byte[32];
    Arrays.fill(tooLarge, (byte) 0xff);
    assertThat(LoneKey.of(zero)).isNull();
    assertThat(LoneKey.of(tooLarge)).isNull();
    assertThat(LoneKey.of(new byte[31])).isNull();
  }

  @Test
  @Tag("slow")
  void aWrongPassphraseAndAnotherNetworkAreToldApart() {
    try (Passcode wrong = Passcode.foreign("TestingOneTwoFour".toCharArray());
        EncryptedKeyOpening opening =
            EncryptedKeyOpening.begin(ENCRYPTED.toCharArray(), wrong, Network.MAINNET)) {
      refusal(Token.FOREIGN_PASSPHRASE_WRONG, opening::run);
    }
    try (Passcode right = Passcode.foreign("TestingOneTwoThree".toCharArray());
        EncryptedKeyOpening opening =
            EncryptedKeyOpening.begin(ENCRYPTED.toCharArray(), right, Network.REGTEST)) {
      refusal(Token.FOREIGN_KEY_NETWORK, opening::run);
    }
  }

  @Test
  void ofThePictureOfAPaperWalletTheKeyIsTakenThoughItsAddressIsTheLongerCode() {
    String address = "bitcoin:1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH?amount=0.01&label=paper%20wallet";
    assertThat(address.length()).isGreaterThan(ENCRYPTED.length());
    for (String key : List.of(ONE_COMPRESSED, ONE_UNCOMPRESSED, ONE_TESTNET, ENCRYPTED)) {
      List<String> codes = QrReader.read(picture(List.of(address, key)));
      assertThat(codes).containsExactlyInAnyOrder(address, key);
      assertThat(KeyText.among(codes)).isEqualTo(key);
    }
    String mistyped = ONE_COMPRESSED.replace("QgGb", "QgGc");
    refusal(Token.FOREIGN_KEY_MALFORMED, () -> KeyText.among(List.of(address, mistyped)));
    refusal(Token.FOREIGN_KEY_MALFORMED, () -> KeyText.among(List.of("", "z".repeat(52))));
    refusal(
        Token.FOREIGN_KEYS_SEVERAL,
        () -> KeyText.among(List.of(ONE_COMPRESSED, address, ENCRYPTED)));
  }

  /** Codes side by side on white. */
  private static GreyPicture picture(List<String> texts) {
    int side = 320;
    byte[] grey = new byte[texts.size() * side * side];
    Arrays.fill(grey, (byte) 255);
    for (int i = 0; i < texts.size(); i++) {
      QrCode code = QrCode.encodeText(texts.get(i), QrCode.Ecc.MEDIUM);
      for (int y = 0; y < 6 * code.size; y++) {
        for (int x = 0; x < 6 * code.size; x++) {
          if (code.getModule(x / 6, y / 6)) {
            grey[(y + 30) * texts.size() * side + i * side + x + 30] = 0;
          }
        }
      }
    }
    return new GreyPicture(texts.size() * side, side, grey);
  }

  @Test
  void whatNeedsAPassphraseIsKnownByItsLooks() {
    assertThat(KeyText.isEncrypted((" " + ENCRYPTED).toCharArray())).isTrue();
    assertThat(KeyText.isEncrypted(ONE_COMPRESSED.toCharArray())).isFalse();
    assertThat(KeyText.isEncrypted("6P".toCharArray())).isFalse();
    try (Passcode any = Passcode.foreign("x".toCharArray())) {
      refusal(
          Token.FOREIGN_KEY_CHECKSUM,
          () ->
              EncryptedKeyOpening.begin(
                  ENCRYPTED.replace("gmQ", "gmR").toCharArray(), any, Network.MAINNET));
    }
  }
}
