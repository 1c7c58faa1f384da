package org.trefoil.core.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.bitcoinj.crypto.ECKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages are signed as bitcoinj signs them, the wallet that most others are measured by. */
class SignedMessageTest {
  private static final ECKey KEY = ECKey.fromPrivate(BigInteger.valueOf(7), true);

  @Test
  void bitcoinjsSignatureIsTakenAndItsHeaderFound() {
    Set<Integer> headers = new HashSet<>();
    for (int i = 0; i < 12; i++) {
      String text = "message " + i;
      byte[] signature = Base64.getDecoder().decode(KEY.signMessage(text));
      assertThat(SignedMessage.isSignature(signature)).isTrue();
      assertThat(SignedMessage.verify(text, signature, KEY.getPubKey())).isTrue();
      assertThat(SignedMessage.verify(text + "!", signature, KEY.getPubKey())).isFalse();
      byte[] compact = Arrays.copyOfRange(signature, 1, 65);
      int header = SignedMessage.header(text, compact, KEY.getPubKey());
      assertThat(header).isEqualTo(signature[0]);
      headers.add(header);
    }
    assertThat(headers).containsExactlyInAnyOrder(31, 32);
  }

  @Test
  void aSignatureOfAnotherKeyHasNoHeader() {
    byte[] compact = Arrays.copyOfRange(Base64.getDecoder().decode(KEY.signMessage("a")), 1, 65);
    byte[] other = ECKey.fromPrivate(BigInteger.valueOf(8), true).getPubKey();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SignedMessage.header("a", compact, other));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SignedMessage.header("b", compact, KEY.getPubKey()));
  }

  /** 27 to 42: four recovery numbers for each of four kinds of address (BIP-0137). */
  @Test
  void aSignatureHasSixtyFiveBytesAndOneOfSixteenHeaders() {
    byte[] bytes = new byte[65];
    for (int header = 0; header < 256; header++) {
      bytes[0] = (byte) header;
      assertThat(SignedMessage.isSignature(bytes)).isEqualTo(header >= 27 && header <= 42);
    }
    bytes[0] = 31;
    assertThat(SignedMessage.isSignature(Arrays.copyOf(bytes, 64))).isFalse();
    assertThat(SignedMessage.isSignature(Arrays.copyOf(bytes, 66))).isFalse();
  }

  @Test
  void theLongestTextIsSignedAsBitcoinjDoesAndALongerOneIsNot() {
    String longest = "x".repeat(252);
    byte[] signature = Base64.getDecoder().decode(KEY.signMessage(longest));
    assertThat(SignedMessage.verify(longest, signature, KEY.getPubKey())).isTrue();
    assertThatIllegalArgumentException().isThrownBy(() -> SignedMessage.digest(longest + "x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "~", "a b", "!@[`{"})
  void printableTextIsPlain(String text) {
    assertThat(SignedMessage.isPlain(text)).isTrue();
    assertThat(SignedMessage.isPlain("x".repeat(252 - text.length()) + text)).isTrue();
    assertThat(SignedMessage.isPlain("x".repeat(253 - text.length()) + text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\u001f", "\u007f", "a\nb", "\ta", "a\u00e9", "\u20bf"})
  void whatSomeProgramsSignOtherwiseIsNotPlain(String text) {
    assertThat(SignedMessage.isPlain(text)).isFalse();
  }
}
