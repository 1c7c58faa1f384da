package org.trefoil.custody.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trefoil.core.Refusals.refusal;

import java.math.BigInteger;
import java.util.Arrays;
import org.bitcoinj.base.Base58;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trefoil.core.Token;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Network;
import org.trefoil.custody.keys.LoneKey;

/** What the text of a private key may hold, character by character and byte by byte. */
class KeyTextTest {
  private static final BigInteger ORDER =
      new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);
  private static final String ONE = "KwDiBf89QgGbjEhKnhXJuH7LrciVrZi3qYjgd9M7rFU73sVHnoWn";

  /** A version, a number of 32 bytes, and what is behind it. */
  private static String text(int version, BigInteger number, int... behind) {
    byte[] content = Arrays.copyOf(BigIntegers.asUnsignedByteArray(32, number), 32 + behind.length);
    for (int i = 0; i < behind.length; i++) {
      content[32 + i] = (byte) behind[i];
    }
    return Base58.encodeChecked(version, content);
  }

  private static void malformed(String text) {
    refusal(
        Token.FOREIGN_KEY_MALFORMED,
        () -> KeyText.read(text.toCharArray(), Network.MAINNET).close());
  }

  @Test
  void theLargestKeyIsReadAndZeroAndTheOrderAreNone() {
    BigInteger last = ORDER.subtract(BigInteger.ONE);
    for (String text : new String[] {text(0x80, last), text(0x80, last, 1)}) {
      try (LoneKey key = KeyText.read(text.toCharArray(), Network.MAINNET)) {
        // Minus one: the generator with the other sign.
        assertThat(Hex.of(key.publicKey(true))).startsWith("0379be667ef9dcbbac");
      }
    }
    for (BigInteger none : new BigInteger[] {BigInteger.ZERO, ORDER}) {
      malformed(text(0x80, none));
      malformed(text(0x80, none, 1));
    }
  }

  @Test
  void anotherVersionAndAnotherEndAreNoKey() {
    BigInteger five = BigInteger.valueOf(5);
    for (int version : new int[] {0x7f, 0x81, 0xb0, 0xee, 0xf0}) {
      malformed(text(version, five));
      malformed(text(version, five, 1));
    }
    for (int end : new int[] {0, 2, 0xff}) {
      malformed(text(0x80, five, end));
    }
  }

  @ParameterizedTest
  @CsvSource({"MAINNET,239,a test network", "TESTNET,128,mainnet", "SIGNET,128,mainnet"})
  void aKeyOfTheOtherKindOfNetworkIsNamed(Network network, int version, String other) {
    String text = text(version, BigInteger.TEN, 1);
    assertThat(
            refusal(
                    Token.FOREIGN_KEY_NETWORK,
                    () -> KeyText.read(text.toCharArray(), network).close())
                .data())
        .containsEntry("network", other);
  }

  @ParameterizedTest
  @ValueSource(chars = {'0', 'O', 'I', 'l', '+', '\u00e9'})
  void whatIsNoneOfTheFiftyEightCharactersIsNamedByItsPlace(char none) {
    for (int at : new int[] {0, 1, 30, 51}) {
      char[] text = ONE.toCharArray();
      text[at] = none;
      assertThat(
              refusal(Token.FOREIGN_KEY_MISTYPED, () -> KeyText.read(text, Network.MAINNET).close())
                  .data())
          .containsEntry("position", Integer.toString(at + 1));
    }
  }

  @Test
  void anyOtherCharacterInAnyPlaceBreaksTheChecksum() {
    for (int at = 0; at < ONE.length(); at++) {
      char[] text = ONE.toCharArray();
      text[at] = text[at] == 'z' ? 'y' : 'z';
      refusal(Token.FOREIGN_KEY_CHECKSUM, () -> KeyText.read(text, Network.MAINNET).close());
    }
  }

  /** The key 1, and a bit above all the bytes that such a text has: it falls off if none looks. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "yof8YyNSE2ooBi5yN6ZvhqL2Zr9VZh89WeD3sS3MYkQK8cQqGvX8",
        "DsSrk3MGENhxn29q7bLhG9ENeoUkdQbFASCLgX9EidZvVz9sJMb"
      })
  void aNumberThatIsTooLargeIsNoOtherSpellingOfAKey(String text) {
    refusal(
        Token.FOREIGN_KEY_CHECKSUM,
        () -> KeyText.read(text.toCharArray(), Network.MAINNET).close());
  }

  @Test
  void blanksAnywhereAreLeftOutAndTheTextStaysTheCallers() {
    char[] text = ("\t" + ONE.replace("J", " J ") + "\r\n").toCharArray();
    char[] before = text.clone();
    try (LoneKey key = KeyText.read(text, Network.MAINNET)) {
      assertThat(Hex.of(key.publicKey(true))).startsWith("0279be667ef9dcbbac");
    }
    assertThat(text).isEqualTo(before);
    assertThat(KeyText.bare(" \u0000a b\n".toCharArray())).containsExactly('a', 'b');
  }

  @ParameterizedTest
  @CsvSource({"58,6P,true", "57,6P,false", "59,6P,false", "58,6Q,false", "58,5P,false"})
  void anEncryptedKeyHasFiftyEightCharactersAndBeginsWith6P(int length, String head, boolean is) {
    String text = head + "x".repeat(length - 2);
    assertThat(KeyText.isEncrypted(text.toCharArray())).isEqualTo(is);
  }
}
