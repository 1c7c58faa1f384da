package org.trefoil.server.chain.bitcoind;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trefoil.core.units.Hex;

class HexAnswerTest {
  @Test
  void theFormInWhichANodeWritesABlockIsReadAtOnce() {
    assertThat(read("{\"result\":\"00ff7fA0\",\"error\":null,\"id\":1}\n"))
        .containsExactly(0x00, 0xff, 0x7f, 0xa0);
    assertThat(read("{\"result\":\"\",\"error\":null,\"id\":1}")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"result\":\"",
        "{\"result\":\"00\"}",
        "{\"result\":\"0\",\"error\":null,\"id\":1}",
        "{\"result\":\"0g\",\"error\":null,\"id\":1}",
        "{\"result\":\"00é\",\"error\":null,\"id\":1}",
        "{\"result\":\"00\",\"error\":null,\"id\":2}",
        "{\"result\":null,\"error\":null,\"id\":1}",
        "{\"error\":null,\"result\":\"00\",\"id\":1}",
      })
  void anyOtherFormIsLeftToTheParser(String answer) {
    byte[] whole = answer.getBytes(StandardCharsets.UTF_8);
    for (int piece = 1; piece <= whole.length + 1; piece++) {
      HexAnswer read = inPieces(whole, piece, whole.length);
      assertThat(read.bytes()).isNull();
      assertThat(read.text()).isEqualTo(whole);
    }
  }

  @Test
  void whereverItIsCutAndWhateverLengthItClaimsItIsTheSame() {
    byte[] whole =
        "{\"result\":\"00ff7fa0123456789abcdef0\",\"error\":null,\"id\":1}\n"
            .getBytes(StandardCharsets.US_ASCII);
    for (int piece = 1; piece <= whole.length; piece++) {
      for (long claimed : new long[] {-1, 0, 20, whole.length, 3_000, Long.MAX_VALUE}) {
        assertThat(inPieces(whole, piece, claimed).bytes())
            .isEqualTo(Hex.parse("00ff7fa0123456789abcdef0"));
      }
    }
  }

  private static HexAnswer inPieces(byte[] whole, int length, long claimed) {
    HexAnswer answer = new HexAnswer(claimed);
    for (int from = 0; from < whole.length; from += length) {
      int to = Math.min(whole.length, from + length);
      answer.add(Arrays.copyOfRange(whole, from, to), to - from);
    }
    return answer.whole();
  }

  private static byte[] read(String answer) {
    byte[] whole = answer.getBytes(StandardCharsets.UTF_8);
    return inPieces(whole, 7, whole.length).bytes();
  }
}
