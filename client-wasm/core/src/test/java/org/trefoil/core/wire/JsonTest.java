package org.trefoil.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trefoil.core.Refusals.refusal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;

class JsonTest {
  @Test
  void aNameIsFoundHoweverDeepAndNoTextThatIsTheSame() {
    Set<String> any = Set.of("prf", "x");
    for (String with :
        List.of("{\"prf\":1}", "{\"a\":[{\"b\":{\"x\":null}}]}", "[[{\"\\u0070rf\":1}]]")) {
      assertThat(Json.parse(with, 100).names(any)).as(with).isTrue();
    }
    for (String without : List.of("{\"a\":\"prf\"}", "[\"x\",1,null]", "{\"PRF\":1}", "\"prf\"")) {
      assertThat(Json.parse(without, 100).names(any)).as(without).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[1,]",
        "[1 2]",
        "{\"a\":1,}",
        "{\"a\" 1}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":1,\"\\u0061\":2}",
        "nul",
        "True",
        "NaN",
        "1.0",
        "1e3",
        "-0",
        "01",
        "+1",
        "-",
        "9223372036854775808",
        "12345678901234567890",
        "\"a",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\\u 123\"",
        "\"\t\"",
        "\"\\ud800\"",
        "\"\\udc00\\ud800\"",
        "\"\\ud800x\"",
        "{} {}",
        "{}x",
        "1 2",
        "\ufeff{}",
        "/* */{}",
        "\u00a0{}",
        "\f{}",
        "\u000b{}",
        "[",
        "[1",
        "[1,",
        "[,1]",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,",
        "{,}",
        "tru",
        "-01",
        "1000000000000000000",
        "-1000000000000000000",
        "\"\\",
        "\"\\u006",
        "\"\\u006\uff11\"",
        "\"\u001f\"",
        "\"\ud800\"",
        "\"\ud83d\ud83d\ude00\"",
        "\"\ud83d\ude00\ude00\""
      })
  void whatIsNotStrictJsonIsRefused(String text) {
    refusal(Token.JSON_MALFORMED, () -> parse(text));
  }

  @Test
  void whatIsStrictJsonIsTaken() {
    assertThat(
            parse(" { \"a\" : [ 1 , -2 , true , false , null , \"\\u00e4\\ud83d\\ude00\" ] } ")
                .write())
        .isEqualTo("{\"a\":[1,-2,true,false,null,\"\u00e4\ud83d\ude00\"]}");
    assertThat(parse("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"").write())
        .isEqualTo("\"\\\"\\\\/\\u0008\\u000c\\u000a\\u000d\\u0009\"");
    assertThat(parse("\t\r\n [\t\r\n ] \t\r\n").write()).isEqualTo("[]");
    assertThat(parse(" { \"a\":{ }, \"b\":0 } ").write()).isEqualTo("{\"a\":{},\"b\":0}");
    assertThat(parse("\"\\u00C4\\uD83D\ude00 ~\"").text()).isEqualTo("\u00c4\ud83d\ude00 ~");
    for (String number : List.of("0", "10", "999999999999999999", "-999999999999999999")) {
      assertThat(parse(number).write()).isEqualTo(number);
      assertThat(Json.parseForeign(number, 19).write()).isEqualTo(number);
    }
  }

  @Test
  void aRefusalSaysWhereTheFirstWrongCharacterIs() {
    for (String wrong :
        List.of("{\"a\":1,}", "{\"a\":1 2}", "[1,2,3 4]", "[1, 23]]", "  nulL", "")) {
      int position = wrong.isEmpty() ? 1 : wrong.equals("  nulL") ? 3 : 8;
      assertThat(refusal(Token.JSON_MALFORMED, () -> parse(wrong)).data())
          .as(wrong)
          .isEqualTo(Map.of("position", Integer.toString(position)));
    }
  }

  @Test
  void whatHtmlCouldReadIsEscapedAndNothingElse() {
    for (char c = 0; c < 0xffff; c++) {
      String plain = Character.toString(c);
      String escaped = String.format("\\u%04x", (int) c);
      boolean dangerous = c < ' ' || "<>&\u007f\u2028\u2029".indexOf(c) >= 0;
      assertThat(Json.text(plain).write())
          .isEqualTo('"' + (dangerous ? escaped : "\"\\".contains(plain) ? "\\" + c : plain) + '"');
    }
    assertThat(Json.text("</script>&\u2028\u007f").write())
        .isEqualTo("\"\\u003c/script\\u003e\\u0026\\u2028\\u007f\"");
  }

  @Test
  void depthAndLengthHaveLimits() {
    assertThat(parse("[[[[[[[[]]]]]]]]").write()).hasSize(16);
    assertThat(parse("[" + "[[[{}]]],".repeat(20) + "0]").items()).hasSize(21);
    for (String deep : List.of("[[[[[[[[[]]]]]]]]]", "{\"a\":".repeat(60_000 / 5))) {
      assertThat(refusal(Token.TOO_DEEP, () -> parse(deep)).data()).isEqualTo(Map.of("limit", "8"));
    }
    assertThat(Json.parse("[1,2]", 5)).isEqualTo(Json.parseForeign("[1,2]", 5));
    for (ThrowingCallable reading :
        List.<ThrowingCallable>of(
            () -> Json.parse("[1, 2]", 5), () -> Json.parseForeign("[1, 2]", 5))) {
      assertThat(refusal(Token.TOO_LARGE, reading).data()).isEqualTo(Map.of("limit", "5"));
    }
  }

  @Test
  void otherProgramsMayWriteFractionsAndFieldsOfNoUse() {
    String text = "{\"a\":0.00012,\"b\":1e-4,\"c\":[2.5E+1],\"d\":7,\"e\":\"0.5\"}";
    Json json = Json.parseForeign(text, 100);
    assertThat(json.write()).isEqualTo(text);
    assertThat(json.<Long>pick(f -> f.btc("a").value())).isEqualTo(12_000L);
    assertThat(json.<Long>pick(f -> f.btc("d").value())).isEqualTo(700_000_000L);
    assertThat(json.<Long>pick(f -> f.btc("e").value())).isEqualTo(50_000_000L);
    assertThat(json.<Boolean>pick(f -> f.has("a") && !f.has("z"))).isTrue();
    refusal(Token.WRONG_TYPE, () -> json.pick(f -> f.number("a")));
    refusal(Token.UNKNOWN_FIELD, () -> json.read(f -> f.btc("a")));
    for (String wrong :
        new String[] {
          "1.", ".5", "1e", "1e+", "01.5", "-.5", "-e1", "0.1.2", "-0", "1." + "0".repeat(39)
        }) {
      refusal(Token.JSON_MALFORMED, () -> Json.parseForeign("[" + wrong + "]", 100));
      refusal(Token.JSON_MALFORMED, () -> Json.parseForeign(wrong, 100));
    }
    for (String right :
        new String[] {"0.5", "-0.5", "10.25", "1e0", "0E-9", "1." + "0".repeat(38)}) {
      assertThat(Json.parseForeign(right, 100).write()).isEqualTo(right);
    }
    refusal(Token.JSON_MALFORMED, () -> parse("[0.5]"));
  }

  @Test
  void aValueIsOfOneKindAndWhatItIsWrittenAs() {
    for (String text : List.of("{}", "[]", "\"\"", "0", "true", "null")) {
      Json json = parse(text);
      assertThat(List.of(json.isObject(), json.isArray(), json.isText(), json.isNull()))
          .as(text)
          .isEqualTo(
              List.of(
                  text.equals("{}"), text.equals("[]"), text.equals("\"\""), text.equals("null")));
      assertThat(json).hasToString(text).isEqualTo(parse(" " + text)).isNotEqualTo(parse("1"));
      assertThat(json).hasSameHashCodeAs(parse(" " + text)).isNotEqualTo(text);
    }
    assertThat(parse("[]").hashCode()).isNotEqualTo(parse("{}").hashCode());
    refusal(Token.WRONG_TYPE, () -> parse("{}").items());
    refusal(Token.WRONG_TYPE, () -> parse("[]").text());
  }

  @Test
  void anObjectInTheMakingTakesNoNameTwice() {
    JsonObject object = Json.object().put("a", 1);
    assertThatThrownBy(() -> object.put("a", 1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void fieldsAreTakenByNameAndType() {
    Json json = parse("{\"text\":\"x\",\"number\":7,\"bool\":true,\"list\":[\"y\"]}");
    String read =
        json.read(f -> f.text("text") + f.count("number") + f.bool("bool") + f.texts("list"));
    assertThat(read).isEqualTo("x7true[y]");
    refusal(Token.UNKNOWN_FIELD, () -> json.read(f -> f.text("text")));
    refusal(Token.MISSING_FIELD, () -> json.read(f -> f.text("other")));
    refusal(Token.WRONG_TYPE, () -> json.read(f -> f.text("number")));
    refusal(Token.WRONG_TYPE, () -> json.read(f -> f.number("text")));
    refusal(Token.WRONG_TYPE, () -> json.read(f -> f.bool("list")));
    refusal(Token.WRONG_TYPE, () -> json.read(f -> f.texts("bool")));
    refusal(Token.WRONG_TYPE, () -> parse("[]").read(f -> f));
    refusal(Token.WRONG_TYPE, () -> parse("{\"a\":null}").read(f -> f.text("a")));
    String all = json.read(f -> take(f) + f.optionalText("absent"));
    assertThat(all).endsWith("null");
  }

  private static String take(Fields f) {
    return f.text("text") + f.number("number") + f.bool("bool") + f.texts("list");
  }

  @Test
  void countsAndBase64HaveOneForm() {
    for (String count : new String[] {"-1", "2147483648"}) {
      refusal(Token.WRONG_VALUE, () -> parse("{\"a\":" + count + "}").read(f -> f.count("a")));
    }
    String base64 = parse("{\"a\":\"AAE=\"}").read(f -> f.base64("a"));
    assertThat(base64).isEqualTo("AAE=");
    for (String text : new String[] {"AAE", "AAF=", "AA-=", "A A=", "====", "AAE=\\n"}) {
      refusal(Token.WRONG_VALUE, () -> parse("{\"a\":\"" + text + "\"}").read(f -> f.base64("a")));
    }
  }

  @Test
  void aStrangersFieldNameIsRepeatedOnlyShortAndPlain() {
    String name = "<b>! ~\\u007f\\u00e4" + "x".repeat(100);
    assertThat(
            refusal(Token.UNKNOWN_FIELD, () -> parse("{\"" + name + "\":1}").read(f -> f)).data())
        .isEqualTo(Map.of("field", "<b>!?~??" + "x".repeat(24)));
  }

  @Test
  void whatIsWrittenIsRead() {
    Random random = new Random(8259);
    for (int i = 0; i < 2000; i++) {
      Json json = any(random, 0);
      assertThat(parse(json.write()).write()).isEqualTo(json.write());
    }
  }

  /** Damaged texts are refused or read as something else, but never end in another exception. */
  @Test
  void damagedTextsAreRefused() {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder(any(random, 0).write());
      for (int k = random.nextInt(3); k >= 0; k--) {
        text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(128));
      }
      try {
        parse(text.toString());
      } catch (RefusedException e) {
        assertThat(e.refusal().token()).isEqualTo("json-malformed");
      }
    }
  }

  private static Json any(Random random, int depth) {
    switch (random.nextInt(depth > 4 ? 3 : 5)) {
      case 0:
        return Json.number(random.nextLong() / 10);
      case 1:
        return Json.bool(random.nextBoolean());
      case 2:
        return Json.text(text(random));
      case 3:
        List<Json> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          items.add(any(random, depth + 1));
        }
        return Json.array(items, item -> item);
      default:
        JsonObject object = Json.object();
        for (int i = random.nextInt(4); i > 0; i--) {
          object.put(i + text(random), any(random, depth + 1));
        }
        return object.json();
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      text.appendCodePoint(random.nextBoolean() ? random.nextInt(0xd800) : 0x1f600);
    }
    return text.toString();
  }

  private static Json parse(String text) {
    return Json.parse(text, Json.MAX_LENGTH);
  }
}
