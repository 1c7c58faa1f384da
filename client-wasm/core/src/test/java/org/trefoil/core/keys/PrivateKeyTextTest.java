package org.trefoil.core.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.bitcoinj.base.Base58;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Private keys are known for what they are wherever they stand in a text; other texts are not. */
class PrivateKeyTextTest {
  /** From the test vectors of BIP-0380. */
  private static final String COMPRESSED = "L4rK1yDtCWekvXuE6oXD9jCYfFNV2cWRpVuPLBcCU2z8TrisoyY1";

  private static final String UNCOMPRESSED = "5KYZdUEo39z3FPrtuX2QbbwGnNP5zTd7yyr2SC1j299sBCnWjss";

  /** Twelve words of BIP-0039's test vectors. */
  private static final String WORDS =
      "legal winner thank year wave sausage worth useful legal winner thank yellow";

  @ParameterizedTest
  @ValueSource(
      strings = {
        COMPRESSED,
        UNCOMPRESSED,
        "my key: " + COMPRESSED + ".",
        "wpkh(" + UNCOMPRESSED + ")",
        WORDS,
        "  Legal WINNER thank year\nwave sausage\tworth useful  legal winner thank yellow \r\n",
        WORDS + " " + WORDS,
        "xprv12345",
        "[d34db33f/0']tprv12345",
        "key xprv12345 and more",
        "xprv, the xprv is xprv12345",
        "prv: xprv12345"
      })
  void aPrivateKeyIsFound(String text) {
    assertThat(PrivateKeyText.looksLikeOne(text)).isTrue();
  }

  @Test
  void everyFormOfAnExtendedPrivateKeyIsFound() {
    for (char form : "xyzYZtuvUV".toCharArray()) {
      assertThat(PrivateKeyText.looksLikeOne(form + "prv9s21Z")).as("%s", form).isTrue();
    }
    for (char form : "wXTaA0 ".toCharArray()) {
      assertThat(PrivateKeyText.looksLikeOne(form + "prv9s21Z")).as("%s", form).isFalse();
    }
  }

  /** A checksum of a descriptor has eight characters and may begin so. */
  @Test
  void eightCharactersMayBeAChecksum() {
    assertThat(PrivateKeyText.looksLikeOne("#tprv0123")).isFalse();
    assertThat(PrivateKeyText.looksLikeOne("#tprv01234")).isTrue();
    assertThat(PrivateKeyText.looksLikeOne("tprv0123)tprv012")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "prv",
        "prv9s21ZrQH143K",
        "axprv9s21ZrQH143K",
        "Zxprv9s21ZrQH143K",
        "0xprv9s21ZrQH143K",
        "9xprv9s21ZrQH143K",
        "legal winner thank year wave sausage worth useful legal winner thank",
        "legal winner thank year wave sausage worth useful legal winner thank trefoil",
        "trefoil legal winner thank year wave sausage worth useful legal winner thank yellow",
        "1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH"
      })
  void anotherTextIsNone(String text) {
    assertThat(PrivateKeyText.looksLikeOne(text)).isFalse();
  }

  @Test
  void aKeyOfATestNetworkIsFoundToo() {
    assertThat(PrivateKeyText.looksLikeOne(wif(0xef, 32))).isTrue();
    assertThat(PrivateKeyText.looksLikeOne(wif(0xef, 33))).isTrue();
  }

  /** Neither mistyped nor with another version or length: base58 of other things is as long. */
  @Test
  void whatOnlyResemblesAWifKeyIsNone() {
    for (int at = 1; at < COMPRESSED.length(); at++) {
      String mistyped =
          COMPRESSED.substring(0, at)
              + (COMPRESSED.charAt(at) == 'z' ? 'y' : 'z')
              + COMPRESSED.substring(at + 1);
      assertThat(PrivateKeyText.looksLikeOne(mistyped)).isFalse();
    }
    assertThat(PrivateKeyText.looksLikeOne(COMPRESSED + "1")).isFalse();
    assertThat(PrivateKeyText.looksLikeOne("1" + COMPRESSED)).isFalse();
    for (int version : new int[] {0x7f, 0x81, 0x00, 0xee, 0xf0}) {
      assertThat(PrivateKeyText.looksLikeOne(wif(version, 32))).isFalse();
      assertThat(PrivateKeyText.looksLikeOne(wif(version, 33))).isFalse();
    }
  }

  private static String wif(int version, int length) {
    byte[] key = new byte[length];
    Arrays.fill(key, (byte) 7);
    return Base58.encodeChecked(version, key);
  }
}
