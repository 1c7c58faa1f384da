package org.trefoil.server.chain.bitcoind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeJsonTest {
  @Test
  void amountsStayExact() {
    assertThat(NodeJson.parse("[0.00000001, 20999999.97690000, 1e-8, -0.1]"))
        .isEqualTo(
            List.of(
                new BigDecimal("0.00000001"),
                new BigDecimal("20999999.97690000"),
                new BigDecimal("1e-8"),
                new BigDecimal("-0.1")));
  }

  @Test
  void everyKindOfValueIsRead() {
    Object value =
        NodeJson.parse(
            " {\"a\" : [ true , false , null ], \"b\\n\\u00e9\":\"\\\"\\\\\\/\", \"c\":{}} ");
    List<Object> words = new ArrayList<>();
    words.add(true);
    words.add(false);
    words.add(null);
    assertThat(value).isEqualTo(Map.of("a", words, "b\né", "\"\\/", "c", Map.of()));
  }

  @Test
  void whatIsQuotedIsReadAgain() {
    String text = "a\"b\\c\n\u0001é";
    assertThat(NodeJson.parse(NodeJson.quote(text))).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[1",
        "[1,",
        "\"a",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\uzzzz\"",
        "tru",
        "1 2",
        "{1:2}",
        "{\"a\" 1}",
        "-",
        "1e",
        "--1",
        "99999999999999999999999999999999999999999",
      })
  void whatIsNotJsonIsRefused(String text) {
    assertThatThrownBy(() -> NodeJson.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsTooDeepIsRefused() {
    assertThatThrownBy(() -> NodeJson.parse("[".repeat(10_000)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
