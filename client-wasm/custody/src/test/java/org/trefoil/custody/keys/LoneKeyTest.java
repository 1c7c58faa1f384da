package org.trefoil.custody.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Objects;
import org.bitcoinj.base.Sha256Hash;
import org.bitcoinj.crypto.ECKey;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trefoil.core.units.Hex;

/** Single private keys: which numbers are some, and what is made of them. */
class LoneKeyTest {
  /** The order of the group, from SEC 2. */
  private static final BigInteger ORDER =
      new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

  private static final String G_X =
      "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";
  private static final String G_Y =
      "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8";

  private static LoneKey key(BigInteger number) {
    return Objects.requireNonNull(LoneKey.of(BigIntegers.asUnsignedByteArray(32, number)));
  }

  private static LoneKey key(long number) {
    return key(BigInteger.valueOf(number));
  }

  private static String point(LoneKey key) {
    return Hex.of(key.publicKey(true));
  }

  @Test
  void numbersFromOneToBelowTheOrderAreKeysAndNoOtherIs() {
    assertThat(point(key(1))).isEqualTo("02" + G_X);
    assertThat(Hex.of(key(1).publicKey(false))).isEqualTo("04" + G_X + G_Y);
    // The last one is minus one: the same point with the other sign.
    assertThat(point(key(ORDER.subtract(BigInteger.ONE)))).isEqualTo("03" + G_X);
    for (BigInteger none : new BigInteger[] {BigInteger.ZERO, ORDER, ORDER.add(BigInteger.ONE)}) {
      assertThat(LoneKey.of(BigIntegers.asUnsignedByteArray(32, none))).isNull();
    }
    for (int length : new int[] {1, 31, 33}) {
      byte[] ones = new byte[length];
      Arrays.fill(ones, (byte) 1);
      ones[0] = (byte) (length == 33 ? 0 : 1);
      assertThat(LoneKey.of(ones)).isNull();
    }
  }

  @ParameterizedTest
  @CsvSource({
    // Secret keys and the x of their points, from BIP-0340's test-vectors.csv, 0 to 3.
    "0000000000000000000000000000000000000000000000000000000000000003,"
        + "f9308a019258c31049344f85f89d5229b531c845836f99b08601f113bce036f9",
    "b7e151628aed2a6abf7158809cf4f3c762e7160f38b4da56a784d9045190cfef,"
        + "dff1d77f2a671c5f36183726db2341be58feae1da2deced843240f7b502ba659",
    "c90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74020bbea63b14e5c9,"
        + "dd308afec5777e13121fa72b9cc1b7cc0139715309b086c960e18fd969774eb8",
    "0b432b2677937381aef05bb02a66ecd012773062cf3fa2549e44f58ed2401710,"
        + "25d1dff95105f5253c4022f628a996ad3a0d95fbf21d468a1b33f8c160d8f517"
  })
  void pointsAreThoseOfBip340(String secret, String x) {
    try (LoneKey key = key(new BigInteger(secret, 16))) {
      assertThat(point(key)).endsWith(x).hasSize(66);
      assertThat(Hex.of(key.publicKey(false))).startsWith("04" + x).hasSize(130);
    }
  }

  @Test
  void aProductIsTakenModuloTheOrder() {
    assertThat(point(key(2).times(key(3)))).isEqualTo(point(key(6)));
    BigInteger last = ORDER.subtract(BigInteger.ONE);
    assertThat(point(key(last).times(key(last)))).isEqualTo("02" + G_X);
    assertThat(point(key(last).times(key(1)))).isEqualTo("03" + G_X);
  }

  @Test
  void signaturesAreTakenByBitcoinjAndHaveALowS() {
    for (int i = 1; i <= 16; i++) {
      byte[] digest = Sha256Hash.hash(new byte[] {(byte) i});
      try (LoneKey key = key(i)) {
        byte[] signature = key.sign(digest);
        assertThat(signature).hasSize(64);
        ECKey.ECDSASignature parts =
            new ECKey.ECDSASignature(
                new BigInteger(1, Arrays.copyOf(signature, 32)),
                new BigInteger(1, Arrays.copyOfRange(signature, 32, 64)));
        assertThat(parts.isCanonical()).isTrue();
        ECKey theirs = ECKey.fromPublicOnly(key.publicKey(true));
        assertThat(theirs.verify(Sha256Hash.wrap(digest), parts)).isTrue();
      }
    }
  }

  @Test
  void aKeyKeepsACopyOfItsBytesAndGivesNothingOnceItIsClosed() {
    byte[] bytes = BigIntegers.asUnsignedByteArray(32, BigInteger.ONE);
    LoneKey key = Objects.requireNonNull(LoneKey.of(bytes));
    bytes[31] = 2;
    assertThat(point(key)).isEqualTo("02" + G_X);
    assertThat(key).hasToString("LoneKey[redacted]");
    key.close();
    assertThatThrownBy(() -> key.publicKey(true)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> key.sign(new byte[32])).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> key(2).times(key)).isInstanceOf(IllegalStateException.class);
  }
}
