package org.trefoil.core.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.trefoil.core.Refusals.refusal;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trefoil.core.Token;
import org.trefoil.core.units.Network;

/** Paths, origins and roles: where a key comes from and who holds it. */
class KeyPathTest {
  @ParameterizedTest
  @CsvSource({
    "0,0",
    "9,9",
    "2147483647,2147483647",
    "0h,-2147483648",
    "0',-2147483648",
    "48h,-2147483600",
    "2147483647',-1"
  })
  void aStepIsThirtyOneBitsAndWhetherItIsHardened(String text, int step) {
    assertThat(KeyPath.parse("m/" + text).steps()).containsExactly(step);
  }

  /** 2^64 and 2^32 among them, which lesser arithmetic takes for nought. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "m/2147483648",
        "m/4294967296",
        "m/9999999999",
        "m/10000000000",
        "m/18446744073709551616",
        "m/01",
        "m/h",
        "m/'",
        "m/1hh",
        "m/-1",
        "m/+1",
        "m/:",
        "m/1/",
        "m/1//2",
        "M/1",
        "m1",
        "n",
        "/1"
      })
  void whatIsNoPathIsRefused(String text) {
    refusal(Token.KEY_PATH_MALFORMED, () -> KeyPath.parse(text));
  }

  /** The depth of a key is one byte. */
  @Test
  void aPathHasAtMost255Steps() {
    assertThat(KeyPath.parse("m" + "/1".repeat(255)).steps()).hasSize(255);
    refusal(Token.KEY_PATH_MALFORMED, () -> KeyPath.parse("m" + "/1".repeat(256)));
    refusal(Token.KEY_PATH_MALFORMED, () -> new KeyPath(Collections.nCopies(256, 1)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void accountsAreAtThePathOfBip48(int coinType) {
    assertThat(KeyPath.account(coinType)).hasToString("m/48'/" + coinType + "'/0'/2'");
  }

  @ParameterizedTest
  @CsvSource({"00000000,0", "d34db33f,-749882561", "7fffffff,2147483647", "ffffffff,-1"})
  void aFingerprintIsFourBytesTheFirstOfThemHighest(String hex, int fingerprint) {
    assertThat(KeyOrigin.parseFingerprint(hex)).isEqualTo(fingerprint);
    assertThat(new KeyOrigin(fingerprint, KeyPath.parse("m")).fingerprintHex()).isEqualTo(hex);
  }

  /** In each byte another bit, and the bytes after it with their highest. */
  @Test
  void noByteOfAFingerprintRunsIntoAnother() {
    assertThat(KeyOrigin.parseFingerprint("80818283")).isEqualTo(0x80818283);
    assertThat(KeyOrigin.parseFingerprint("01820384")).isEqualTo(0x01820384);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "d34db3", "d34db33", "d34db33f00", "d34db33g", "d34db33f0"})
  void whatIsNoFingerprintIsRefused(String text) {
    refusal(Token.KEY_ORIGIN_MALFORMED, () -> KeyOrigin.parseFingerprint(text));
  }

  @Test
  void theOriginOfAMasterKeyIsItsFingerprintAlone() {
    KeyOrigin origin = KeyOrigin.parse("[d34db33f]");
    assertThat(origin.path().steps()).isEmpty();
    assertThat(origin).hasToString("[d34db33f]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[", "[]", "[d34db33]", "d34db33f/1]", "[d34db33f/1", "(d34db33f]"})
  void whatIsNoOriginIsRefused(String text) {
    refusal(Token.KEY_ORIGIN_MALFORMED, () -> KeyOrigin.parse(text));
  }

  @Test
  void aKeyWithoutAnOriginIsRefusedAsThat() {
    for (String text :
        new String[] {"", "tpubD6NzVbkrYhZ4X", "d34db33f/1]tpubD6", "x[d34db33f]t"}) {
      refusal(
          Token.KEY_ORIGIN_MISSING, () -> CosignerKey.parse(KeyRole.USER, text, Network.TESTNET));
    }
  }

  @Test
  void walletsHaveUserAndServerAndOwnersBetweenThem() {
    assertThat(KeyRole.ofWallet(2)).containsExactly(KeyRole.USER, KeyRole.SERVER);
    assertThat(KeyRole.ofWallet(3)).containsExactly(KeyRole.USER, KeyRole.BACKUP, KeyRole.SERVER);
    assertThat(KeyRole.ofWallet(4))
        .containsExactly(KeyRole.USER, KeyRole.OWNER_1, KeyRole.OWNER_2, KeyRole.SERVER);
    List<KeyRole> seven = KeyRole.ofWallet(7);
    assertThat(seven).hasSize(7).startsWith(KeyRole.USER).endsWith(KeyRole.SERVER);
    assertThat(seven.get(5)).isEqualTo(KeyRole.OWNER_5);
  }

  @Test
  void rolesAreKnownByTheirNames() {
    for (KeyRole role : KeyRole.values()) {
      assertThat(KeyRole.of(role.id())).isEqualTo(role);
      assertThat(role.isOther()).isEqualTo(role != KeyRole.USER && role != KeyRole.SERVER);
    }
    assertThat(KeyRole.of("owner-3")).isEqualTo(KeyRole.OWNER_3);
    assertThat(KeyRole.OWNER_1.ownerName()).isEqualTo("Owner 1");
    assertThat(KeyRole.OWNER_5.ownerName()).isEqualTo("Owner 5");
    assertThatIllegalArgumentException().isThrownBy(() -> KeyRole.of("owner-6"));
  }
}
