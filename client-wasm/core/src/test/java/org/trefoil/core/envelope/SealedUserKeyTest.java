package org.trefoil.core.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trefoil.core.Refusals.refusal;
import static org.trefoil.core.envelope.SampleEnvelope.BINDING;
import static org.trefoil.core.envelope.SampleEnvelope.CIPHERTEXT;
import static org.trefoil.core.envelope.SampleEnvelope.NONCE;
import static org.trefoil.core.envelope.SampleEnvelope.SALT;
import static org.trefoil.core.envelope.SampleEnvelope.changed;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trefoil.core.Token;
import org.trefoil.core.keys.EnglishWords;
import org.trefoil.core.keys.Hashes;

/** The layout of the envelope, byte by byte, as its documentation gives it. */
class SealedUserKeyTest {
  private final SealedUserKey sealed = SampleEnvelope.sealed();

  /** Bytes with a check that fits, as a forger would make it. */
  private static byte[] checked(byte[] bytes) {
    byte[] whole = bytes.clone();
    System.arraycopy(Hashes.sha256(Arrays.copyOf(bytes, 153)), 0, whole, 153, 4);
    return whole;
  }

  @Test
  void itsBytesStandWhereTheLayoutSays() {
    ByteBuffer expected = ByteBuffer.allocate(157);
    expected.put(new byte[] {'T', 'F', 'S', 'K', 1, 1});
    expected.putInt(0x01020304).putShort((short) 0x0506).put((byte) 0x87);
    expected.put(SALT).put(NONCE).put(BINDING.digest()).put(CIPHERTEXT);
    assertThat(expected.position()).isEqualTo(153);
    assertThat(sealed.bytes()).isEqualTo(checked(expected.array()));
  }

  @Test
  void whatIsReadIsWhatWasPutIn() {
    SealedUserKey read = SealedUserKey.parse(sealed.text());
    assertThat(read.bytes()).isEqualTo(sealed.bytes());
    assertThat(read.memoryKiB()).isEqualTo(0x01020304);
    assertThat(read.iterations()).isEqualTo(0x0506);
    assertThat(read.parallelism()).isEqualTo(0x87);
    assertThat(read.salt()).isEqualTo(SALT);
    assertThat(read.nonce()).isEqualTo(NONCE);
    assertThat(read.ciphertext()).isEqualTo(CIPHERTEXT);
    assertThat(read.associatedData()).isEqualTo(Arrays.copyOf(sealed.bytes(), 41));
    assertThat(read.claimed().digest()).isEqualTo(BINDING.digest());
    assertThat(read.claims(BINDING)).isTrue();
    assertThat(read.claims(new EnvelopeBinding(changed(BINDING.digest(), 31)))).isFalse();
    assertThat(read.words()).isEqualTo(EnglishWords.of(Hashes.sha256(sealed.bytes()), 4));
  }

  @Test
  void itsTextIsBase64urlOf219Characters() {
    assertThat(sealed.text())
        .hasSize(219)
        .isEqualTo(
            "trefoil1:" + Base64.getUrlEncoder().withoutPadding().encodeToString(sealed.bytes()))
        .isEqualTo(sealed.toString());
  }

  @Test
  void costsAsLargeAsTheyMayBeAreReadAgainAndLargerOnesAreNoHeader() {
    SealedUserKey largest =
        SealedUserKey.of(
            SealedUserKey.header(Integer.MAX_VALUE, 0xffff, 0xff, SALT, NONCE),
            BINDING,
            CIPHERTEXT);
    assertThat(largest.memoryKiB()).isEqualTo(Integer.MAX_VALUE);
    assertThat(largest.iterations()).isEqualTo(0xffff);
    assertThat(largest.parallelism()).isEqualTo(0xff);
    SealedUserKey least =
        SealedUserKey.of(SealedUserKey.header(0, 0, 0, SALT, NONCE), BINDING, CIPHERTEXT);
    assertThat(least.memoryKiB() + least.iterations() + least.parallelism()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "-1,3,1,16,12",
    "1,65536,1,16,12",
    "1,-1,1,16,12",
    "1,3,256,16,12",
    "1,3,-1,16,12",
    "1,3,1,15,12",
    "1,3,1,17,12",
    "1,3,1,16,11",
    "1,3,1,16,13"
  })
  void whatDoesNotFitIntoItsBytesIsNoHeader(
      int memory, int passes, int lanes, int salt, int nonce) {
    assertThatThrownBy(
            () -> SealedUserKey.header(memory, passes, lanes, new byte[salt], new byte[nonce]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void partsOfAnotherLengthAreNone() {
    byte[] header = sealed.associatedData();
    for (int more : new int[] {-1, 1}) {
      assertThatThrownBy(
              () -> SealedUserKey.of(Arrays.copyOf(header, 41 + more), BINDING, CIPHERTEXT))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(
              () -> SealedUserKey.of(header, BINDING, Arrays.copyOf(CIPHERTEXT, 80 + more)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void anotherMagicIsDamageAndAnotherVersionIsSaid() {
    for (int at = 0; at < 4; at++) {
      byte[] forged = checked(changed(sealed.bytes(), at));
      refusal(Token.ENVELOPE_DAMAGED, () -> SealedUserKey.parse(forged));
    }
    for (int at = 4; at < 6; at++) {
      byte[] later = checked(changed(sealed.bytes(), at));
      refusal(Token.ENVELOPE_VERSION, () -> SealedUserKey.parse(later));
    }
    byte[] other = checked(changed(sealed.bytes(), 6));
    assertThat(SealedUserKey.parse(other).memoryKiB()).isEqualTo(0x00020304);
  }

  @Test
  void whatTheCallerDoesToItsBytesChangesNothing() {
    byte[] given = sealed.bytes();
    SealedUserKey read = SealedUserKey.parse(given);
    Arrays.fill(given, (byte) 0);
    Arrays.fill(read.bytes(), (byte) 0);
    Arrays.fill(read.claimed().digest(), (byte) 0);
    assertThat(read.text()).isEqualTo(sealed.text());
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "\n", "\t", "\r\n  "})
  void blanksAndLineBreaksOfAPrinterArePassedOver(String blank) {
    String text = sealed.text();
    String broken = blank + text.substring(0, 4) + blank + text.substring(4, 100) + blank;
    assertThat(SealedUserKey.parse(broken + text.substring(100) + blank).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "trefoil2:AAAA,envelope-version",
    "trefoil:AAAA,envelope-version",
    "trefoil2,envelope-damaged",
    ":trefoil,envelope-damaged",
    "tref:AAAA,envelope-damaged",
    "trefoil1:,envelope-damaged",
    "trefoil1:!!!!,envelope-damaged"
  })
  void whatDoesNotBeginAsOneOfTheseIsOfALaterVersionOrNone(String text, String token) {
    Token expected =
        token.equals("envelope-version") ? Token.ENVELOPE_VERSION : Token.ENVELOPE_DAMAGED;
    refusal(expected, () -> SealedUserKey.parse(text));
  }

  /** Base64 has more than one way to write the last character, and padding; one text is one key. */
  @Test
  void thereIsOneWayToWriteIt() {
    String text = sealed.text();
    refusal(Token.ENVELOPE_DAMAGED, () -> SealedUserKey.parse(text + "=="));
    char last = text.charAt(218);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    char same = alphabet.charAt(alphabet.indexOf(last) ^ 1);
    assertThat(Base64.getUrlDecoder().decode(text.substring(9, 218) + same))
        .isEqualTo(sealed.bytes());
    refusal(Token.ENVELOPE_DAMAGED, () -> SealedUserKey.parse(text.substring(0, 218) + same));
  }

  @Test
  void aTextOfMillionsOfCharactersIsDamage() {
    String endless = sealed.text() + "A".repeat(3_000_000);
    refusal(Token.ENVELOPE_DAMAGED, () -> SealedUserKey.parse(endless));
  }
}
