package org.trefoil.custody.passcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.bouncycastle.util.encoders.Hex;
import org.junit.jupiter.api.Test;
import org.trefoil.core.RefusedException;
import org.trefoil.custody.secret.SecretBytes;

/** What keys are made of what a passcode stretched to, alone and with a passkey. */
class StretchedKeyTest {
  private static final byte[] SALT = bytes(2, 16);

  private static byte[] bytes(long seed, int count) {
    byte[] bytes = new byte[count];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** RFC 5869, appendix A.1. */
  @Test
  void hkdfIsTheRfcs() {
    byte[] key = new byte[22];
    Arrays.fill(key, (byte) 0x0b);
    byte[] made =
        StretchedKey.hkdf(
            key, Hex.decode("000102030405060708090a0b0c"), Hex.decode("f0f1f2f3f4f5f6f7f8f9"), 42);
    assertThat(Hex.toHexString(made))
        .isEqualTo(
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
  }

  @Test
  void aKeyOfBothIsMadeOfBothAndOfItsContext() {
    byte[] stretched = bytes(3, 32);
    byte[] answer = bytes(4, 32);
    byte[] context = bytes(5, 32);
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(stretched);
    both.writeBytes(answer);
    ByteArrayOutputStream info = new ByteArrayOutputStream();
    info.writeBytes(ascii("label"));
    info.writeBytes(context);
    try (StretchedKey key = StretchedKey.unwrapped(stretched.clone());
        PrfOutput prf = PrfOutput.of(answer);
        SecretBytes made = key.deriveWith(prf, "label", context, SALT, 32)) {
      assertThat(made.exposed())
          .isEqualTo(StretchedKey.hkdf(both.toByteArray(), SALT, info.toByteArray(), 32));
    }
  }

  @Test
  void whatIsWrappedAndUnwrappedIsTheSameAndIsWipedWhenClosed() {
    byte[] stretched = bytes(3, 32);
    byte[] taken = stretched.clone();
    StretchedKey key = StretchedKey.unwrapped(taken);
    try (SecretBytes wrapped = key.toWrap()) {
      assertThat(wrapped.exposed()).isEqualTo(stretched).isNotSameAs(taken);
    }
    assertThat(key.toString()).isEqualTo("StretchedKey[redacted]");
    key.close();
    assertThat(taken).containsOnly(0);
    assertThatThrownBy(key::toWrap).isInstanceOf(IllegalStateException.class);
    for (int length : new int[] {31, 33}) {
      assertThatThrownBy(() -> StretchedKey.unwrapped(new byte[length]))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aPasskeysAnswerHasThirtyTwoBytesAndIsWipedWhenClosed() {
    for (int length : new int[] {0, 31, 33, 64}) {
      assertThatThrownBy(() -> PrfOutput.of(new byte[length]))
          .isInstanceOf(RefusedException.class)
          .hasMessage("passkey-no-prf");
    }
    byte[] given = bytes(6, 32);
    PrfOutput prf = PrfOutput.of(given);
    assertThat(prf.exposed()).isEqualTo(given).isNotSameAs(given);
    assertThat(prf.toString()).isEqualTo("PrfOutput[redacted]");
    try (PrfOutput copy = prf.copy()) {
      prf.close();
      assertThat(copy.exposed()).isEqualTo(given);
    }
    assertThatThrownBy(prf::exposed).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void theKnownAnswerComesOutAndBareOutputIsBouncyCastles() {
    assertThat(StretchAnswer.comesOut()).isTrue();
    byte[] password = ascii("password");
    Argon2BytesGenerator theirs = new Argon2BytesGenerator();
    theirs.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withIterations(2)
            .withMemoryAsKB(64)
            .withParallelism(1)
            .withSalt(SALT)
            .build());
    byte[] expected = new byte[32];
    theirs.generateBytes(password, expected);
    assertThat(StretchAnswer.raw(password, SALT, new Stretch.Params(64, 2, 1))).isEqualTo(expected);
  }
}
