package org.trefoil.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trefoil.core.Refusals.refusal;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.trefoil.core.Token;

/** Every message of this room is read as it was written, and takes nothing that is not its own. */
class MessagesTest {
  /** What is bytes, in strict base64, wherever it stands; every other text may say anything. */
  private static final Set<String> BYTES =
      Set.of(
          "attestation",
          "authenticatorData",
          "backup",
          "clientData",
          "credential",
          "endorsement",
          "first",
          "mark",
          "nonce",
          "oldProof",
          "output",
          "previousTx",
          "proof",
          "psbt",
          "salt",
          "second",
          "secondSlot",
          "signature",
          "slot",
          "tx",
          "user",
          "wrapped");

  /** What a passkey is asked is bytes; what the user key is asked is a text. */
  private static final Set<Class<?>> CHALLENGES_OF_BYTES =
      Set.of(PasskeyQuestion.class, NewPasskeyQuestion.class);

  private static final List<Json> ONE_OF_EACH_KIND =
      List.of(
          Json.text("x"),
          Json.number(1),
          Json.bool(true),
          Json.array(List.of(), (Json item) -> item),
          Json.object().json(),
          new Json(null));

  static List<Class<?>> types() {
    return MadeUp.types();
  }

  @Test
  void noneIsForgotten() {
    assertThat(types())
        .contains(Kdf.class, Rules.Hold.class, FromVault.Ready.class, PageAnswer.Looked.class)
        .hasSizeGreaterThan(120);
  }

  @ParameterizedTest
  @MethodSource("types")
  void isReadAsItWasWritten(Class<?> type) {
    assertThat(again(MadeUp.full(type))).isEqualTo(MadeUp.full(type));
    assertThat(again(MadeUp.bare(type))).isEqualTo(MadeUp.bare(type));
    Random random = new Random(8259);
    for (int i = 0; i < 20; i++) {
      Record any = MadeUp.any(type, random);
      assertThat(again(any)).isEqualTo(any);
    }
  }

  /** What stands in the records is what scripts of pages and other programs may go by. */
  @ParameterizedTest
  @MethodSource("types")
  void callsItsFieldsByTheirNamesAndLeavesOutWhatIsNotThere(Class<?> type) {
    List<String> all = new ArrayList<>();
    List<String> needed = new ArrayList<>();
    if (message(type)) {
      String kebab = type.getSimpleName().replaceAll("(?<=.)(?=[A-Z])", "-");
      assertThat(fields(MadeUp.bare(type)).get("type"))
          .isEqualTo(Json.text(kebab.toLowerCase(Locale.ROOT)));
      all.add("type");
      needed.add("type");
    }
    for (RecordComponent part : type.getRecordComponents()) {
      all.add(part.getName());
      if (!MadeUp.optional(part)) {
        needed.add(part.getName());
      }
    }
    assertThat(fields(MadeUp.full(type)).keySet()).containsExactlyElementsOf(all);
    assertThat(fields(MadeUp.bare(type)).keySet()).containsExactlyElementsOf(needed);
  }

  @ParameterizedTest
  @MethodSource("types")
  void takesNoUnknownField(Class<?> type) {
    refused(Token.UNKNOWN_FIELD, "unknown", () -> readWith(type, "unknown", Json.number(1)));
  }

  @ParameterizedTest
  @MethodSource("types")
  void missesEachFieldThatItNeedsAndNoOther(Class<?> type) {
    for (RecordComponent part : type.getRecordComponents()) {
      String name = part.getName();
      if (MadeUp.optional(part)) {
        Record without = readWith(type, name, null);
        assertThat(fields(without)).as(name).doesNotContainKey(name);
        assertThat(readWith(type, name, new Json(null))).as(name).isEqualTo(without);
      } else {
        refused(Token.MISSING_FIELD, name, () -> readWith(type, name, null));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void takesNoFieldOfAnotherType(Class<?> type) {
    Map<String, Json> full = fields(MadeUp.full(type));
    for (RecordComponent part : type.getRecordComponents()) {
      for (Json kind : ONE_OF_EACH_KIND) {
        boolean nothing = MadeUp.optional(part) && kind.isNull();
        if (!nothing && !sameKind(kind, full.get(part.getName()))) {
          refusal(Token.WRONG_TYPE, () -> readWith(type, part.getName(), kind));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void takesNoItemOfAnotherType(Class<?> type) {
    for (RecordComponent part : type.getRecordComponents()) {
      Json whole = fields(MadeUp.full(type)).get(part.getName());
      for (Json kind : ONE_OF_EACH_KIND) {
        if (part.getType() == List.class && !sameKind(kind, whole.items().get(0))) {
          Json wrong = Json.array(List.of(whole.items().get(0), kind), item -> item);
          refusal(Token.WRONG_TYPE, () -> readWith(type, part.getName(), wrong));
        }
        if (part.getType() == Map.class && !kind.isText()) {
          Json wrong = Json.object().put("a", "b").put("c", kind).json();
          refused(Token.WRONG_TYPE, part.getName(), () -> readWith(type, part.getName(), wrong));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void countsAreOfThirtyOneBits(Class<?> type) {
    for (RecordComponent part : type.getRecordComponents()) {
      String name = part.getName();
      boolean many =
          part.getGenericType().getTypeName().equals("java.util.List<java.lang.Integer>");
      if (many || part.getType() == int.class || part.getType() == Integer.class) {
        for (long wrong : new long[] {-1, 1L << 31, (1L << 32) + 1, -(1L << 32) + 1}) {
          Json count = Json.number(wrong);
          Json instead = many ? Json.array(List.of(count), item -> item) : count;
          refused(Token.WRONG_VALUE, name, () -> readWith(type, name, instead));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void bytesAreBase64TextIsAnythingAndAChoiceIsOneOfThose(Class<?> type) {
    String odd = "Ä \"<\u2028\ud83d\ude00\u0000";
    for (RecordComponent part : type.getRecordComponents()) {
      String name = part.getName();
      boolean bytes =
          BYTES.contains(name) || name.equals("challenge") && CHALLENGES_OF_BYTES.contains(type);
      if (part.getType().isEnum() || part.getType() == String.class && bytes) {
        refused(Token.WRONG_VALUE, name, () -> readWith(type, name, Json.text(odd)));
      } else if (part.getType() == String.class) {
        assertThat(fields(readWith(type, name, Json.text(odd))).get(name).text()).isEqualTo(odd);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void isNotChangedByWhatChangesAfterwards(Class<?> type) throws ReflectiveOperationException {
    Record made = MadeUp.full(type);
    for (RecordComponent part : type.getRecordComponents()) {
      part.getAccessor().setAccessible(true);
      Object value = part.getAccessor().invoke(made);
      if (value instanceof Collection<?> items) {
        assertThatThrownBy(items::clear).isInstanceOf(UnsupportedOperationException.class);
      } else if (value instanceof Map<?, ?> map) {
        assertThatThrownBy(map::clear).isInstanceOf(UnsupportedOperationException.class);
      }
    }
  }

  @Test
  void whatIsNoMessageIsRefused() {
    for (String type : List.of("", "Recover", "ready ", "envelope")) {
      String text = Json.message(type).json().write();
      refusal(Token.UNKNOWN_MESSAGE, () -> ToVault.parse(text));
      refusal(Token.UNKNOWN_MESSAGE, () -> FromVault.parse(text));
    }
    refusal(Token.UNKNOWN_MESSAGE, () -> ToVault.parse("{\"type\":\"ready\",\"selfTest\":\"\"}"));
    refusal(Token.UNKNOWN_MESSAGE, () -> FromVault.parse("{\"type\":\"recover\"}"));
    refused(Token.MISSING_FIELD, "type", () -> ToVault.parse("{}"));
    refused(Token.MISSING_FIELD, "type", () -> FromVault.parse("{}"));
    refused(Token.WRONG_TYPE, "type", () -> ToVault.parse("{\"type\":1}"));
  }

  @Test
  void aWholeMessageIsFourMebibytesAtMost() {
    String recover = new ToVault.Recover().toJson().write();
    String ready = new FromVault.Ready("ok").toJson().write();
    String space = " ".repeat(4 << 20);
    assertThat(ToVault.parse(recover + space.substring(recover.length()))).isNotNull();
    assertThat(FromVault.parse(ready + space.substring(ready.length()))).isNotNull();
    refusal(Token.TOO_LARGE, () -> ToVault.parse(recover + space));
    refusal(Token.TOO_LARGE, () -> FromVault.parse(ready + space));
  }

  /** A log or an error that prints one of these tells nobody a code, nor what a passkey made. */
  @Test
  void secretsAreNotPrinted() {
    assertThat(new FactorCode("123456")).hasToString("FactorCode[redacted]");
    assertThat(new PasskeyChange("phone", true, "123456")).hasToString("PasskeyChange[phone]");
    assertThat(new PageAnswer.PasskeyGave("AAAA", "AQEB")).hasToString("PasskeyGave[redacted]");
  }

  private static void refused(Token token, String field, ThrowingCallable action) {
    assertThat(refusal(token, action).data()).isEqualTo(Map.of("field", field));
  }

  private static boolean message(Class<?> type) {
    return ToVault.class.isAssignableFrom(type) || FromVault.class.isAssignableFrom(type);
  }

  private static boolean sameKind(Json one, Json other) {
    return one.value() != null
        && other.value() != null
        && (one.value().getClass() == other.value().getClass() || one.isArray() && other.isArray());
  }

  private static Map<String, Json> fields(Record of) {
    return json(of).asObject("").fields();
  }

  private static Record again(Record made) {
    return read(made.getClass(), json(made));
  }

  /** A full one as it is read after {@code field} was put in the place of its own, or left out. */
  private static Record readWith(Class<?> type, String name, @Nullable Json field) {
    JsonObject changed = Json.object();
    fields(MadeUp.full(type))
        .forEach(
            (key, old) -> {
              if (!key.equals(name)) {
                changed.put(key, old);
              }
            });
    return read(type, changed.putOptional(name, field).json());
  }

  private static Json json(Record of) {
    return (Json) invoke(of.getClass(), "toJson", of);
  }

  private static Record read(Class<?> type, Json json) {
    String text = json.write();
    if (ToVault.class.isAssignableFrom(type)) {
      return (Record) ToVault.parse(text);
    }
    return FromVault.class.isAssignableFrom(type)
        ? (Record) FromVault.parse(text)
        : (Record) invoke(type, "fromJson", null, Json.parse(text, Json.MAX_LENGTH));
  }

  private static Object invoke(Class<?> type, String name, @Nullable Object on, Object... given) {
    try {
      Class<?>[] types = Arrays.stream(given).map(Object::getClass).toArray(Class<?>[]::new);
      return type.getDeclaredMethod(name, types).invoke(on, given);
    } catch (java.lang.reflect.InvocationTargetException e) {
      throw (RuntimeException) e.getCause();
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
