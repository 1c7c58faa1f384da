package org.trefoil.server.chain.bitcoind;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    assertThat(read(answer)).isNull();
  }

  private static byte[] read(String answer) {
    return HexAnswer.read(answer.getBytes(StandardCharsets.UTF_8));
  }
}
