package org.trefoil.core.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trefoil.core.Refusals.refusal;
import static org.trefoil.core.envelope.SampleEnvelope.NONCE;
import static org.trefoil.core.envelope.SampleEnvelope.SALT;
import static org.trefoil.core.envelope.SampleEnvelope.bytes;
import static org.trefoil.core.envelope.SampleEnvelope.changed;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.trefoil.core.Token;

/** The layout of a key wrapped under a passkey and a PIN, as its documentation gives it. */
class WrappedKeyTest {
  private static final byte[] CIPHERTEXT = bytes(5, 48);

  private final byte[] header = WrappedKey.header(0x10203, 0x405, 6, SALT, NONCE);
  private final WrappedKey wrapped = WrappedKey.of(header, CIPHERTEXT);

  private static String text(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private byte[] written() {
    return Base64.getDecoder().decode(wrapped.text());
  }

  @Test
  void itsBytesStandWhereTheLayoutSays() {
    ByteBuffer expected = ByteBuffer.allocate(89);
    expected.put(new byte[] {'T', 'F', 'W', 'K', 1, 1});
    expected.putInt(0x10203).putShort((short) 0x405).put((byte) 6);
    expected.put(SALT).put(NONCE).put(CIPHERTEXT);
    assertThat(wrapped.text()).isEqualTo(text(expected.array())).isEqualTo(wrapped.toString());
  }

  @Test
  void whatIsReadIsWhatWasPutIn() {
    WrappedKey read = WrappedKey.parse(wrapped.text());
    assertThat(read.memoryKiB()).isEqualTo(0x10203);
    assertThat(read.iterations()).isEqualTo(0x405);
    assertThat(read.parallelism()).isEqualTo(6);
    assertThat(read.salt()).isEqualTo(SALT);
    assertThat(read.nonce()).isEqualTo(NONCE);
    assertThat(read.header()).isEqualTo(header);
    assertThat(read.ciphertext()).isEqualTo(CIPHERTEXT);
  }

  @Test
  void anotherMagicOrLengthIsDamageAndAnotherVersionIsSaid() {
    for (int at = 0; at < 4; at++) {
      String other = text(changed(written(), at));
      refusal(Token.ENVELOPE_DAMAGED, () -> WrappedKey.parse(other));
    }
    for (int at = 4; at < 6; at++) {
      String later = text(changed(written(), at));
      refusal(Token.ENVELOPE_VERSION, () -> WrappedKey.parse(later));
    }
    for (int length : new int[] {0, 3, 88, 90}) {
      String other = text(Arrays.copyOf(written(), length));
      refusal(Token.ENVELOPE_DAMAGED, () -> WrappedKey.parse(other));
    }
    refusal(Token.ENVELOPE_DAMAGED, () -> WrappedKey.parse("not base64!"));
  }

  @Test
  void partsOfAnotherLengthAreNone() {
    assertThatThrownBy(() -> WrappedKey.of(header, Arrays.copyOf(CIPHERTEXT, 47)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> WrappedKey.of(header, Arrays.copyOf(CIPHERTEXT, 49)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
