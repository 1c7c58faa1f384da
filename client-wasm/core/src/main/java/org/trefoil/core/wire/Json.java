package org.trefoil.core.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.units.Sats;

/**
 * A JSON value of the strict kind that Trefoil speaks: objects, arrays, texts, integers, booleans
 * and null; no fractions, no duplicate names, at most {@link #MAX_DEPTH} levels.
 *
 * <p>Records read themselves with {@link #read} and write themselves with {@link #object}; names
 * come out in the order in which they were put.
 */
public final class Json {
  public static final int MAX_DEPTH = 8;

  /** Default limit for a whole text, in characters. */
  public static final int MAX_LENGTH = 64 * 1024;

  private final @Nullable Object value;

  /** {@code value} is a JsonObject, List of Json, String, Long, Decimal, Boolean or null. */
  Json(@Nullable Object value) {
    this.value = value;
  }

  /** Reads {@code text}, which is at most {@code maxLength} characters. */
  public static Json parse(String text, int maxLength) {
    if (text.length() > maxLength) {
      throw Refusal.of(Token.TOO_LARGE, "limit", Integer.toString(maxLength)).exception();
    }
    return new JsonReader(text, false).document();
  }

  /**
   * Reads what another program wrote: as {@link #parse}, but numbers may have fractions and
   * exponents. {@link Fields#btc} is the way to read those.
   */
  public static Json parseForeign(String text, int maxLength) {
    if (text.length() > maxLength) {
      throw Refusal.of(Token.TOO_LARGE, "limit", Integer.toString(maxLength)).exception();
    }
    return new JsonReader(text, true).document();
  }

  /** An empty object to {@link JsonObject#put} into. */
  public static JsonObject object() {
    return new JsonObject();
  }

  /** What a message to or from the vault begins with. */
  static JsonObject message(String type) {
    return object().put("type", type);
  }

  public static Json text(String value) {
    return new Json(value);
  }

  public static Json number(long value) {
    return new Json(value);
  }

  public static Json bool(boolean value) {
    return new Json(value);
  }

  /** Each of {@code items} as {@code write} turns it into JSON. */
  public static <T> Json array(List<T> items, Function<T, Json> write) {
    List<Json> values = new ArrayList<>();
    for (T item : items) {
      values.add(write.apply(item));
    }
    return new Json(values);
  }

  /**
   * Gives this object's fields to {@code record}, which must take each of them: a field that it
   * leaves is refused as {@code unknown-field}.
   */
  public <T> T read(Function<Fields, T> record) {
    Fields fields = new Fields(asObject("the whole"));
    T result = record.apply(fields);
    fields.refuseTheRest();
    return result;
  }

  /** As {@link #read}, of another program's object: fields that nobody takes are passed over. */
  public <T> T pick(Function<Fields, T> record) {
    return record.apply(new Fields(asObject("the whole")));
  }

  /** Whether a field of one of these names is in it, however deep. */
  public boolean names(Set<String> any) {
    if (value instanceof JsonObject object) {
      return object.fields().entrySet().stream()
          .anyMatch(field -> any.contains(field.getKey()) || field.getValue().names(any));
    }
    return isArray() && items().stream().anyMatch(item -> item.names(any));
  }

  public boolean isObject() {
    return value instanceof JsonObject;
  }

  public boolean isArray() {
    return value instanceof List<?>;
  }

  public boolean isText() {
    return value instanceof String;
  }

  /** The items of an array. */
  public List<Json> items() {
    return asArray("the whole");
  }

  /** A text by itself. */
  public String text() {
    return asText("the whole");
  }

  JsonObject asObject(String field) {
    if (value instanceof JsonObject object) {
      return object;
    }
    throw wrongType(field);
  }

  List<Json> asArray(String field) {
    if (value instanceof List<?> list) {
      List<Json> items = new ArrayList<>();
      for (Object item : list) {
        items.add((Json) item);
      }
      return items;
    }
    throw wrongType(field);
  }

  String asText(String field) {
    if (value instanceof String text) {
      return text;
    }
    throw wrongType(field);
  }

  long asNumber(String field) {
    if (value instanceof Long number) {
      return number;
    }
    throw wrongType(field);
  }

  /** An amount of bitcoin, as a number with at most eight decimals or as a text of one. */
  Sats asBtc(String field) {
    if (value instanceof Decimal decimal) {
      return Sats.ofDecimal(decimal.text());
    }
    if (value instanceof Long number) {
      return Sats.ofDecimal(Long.toString(number));
    }
    return Sats.ofDecimal(asText(field));
  }

  boolean asBool(String field) {
    if (value instanceof Boolean bool) {
      return bool;
    }
    throw wrongType(field);
  }

  boolean isNull() {
    return value == null;
  }

  /** A number that is no integer, in the digits in which it came. */
  record Decimal(String text) {
    @Override
    public String toString() {
      return text;
    }
  }

  private static RuntimeException wrongType(String field) {
    return Refusal.of(Token.WRONG_TYPE, "field", field).exception();
  }

  @Nullable Object value() {
    return value;
  }

  /** Compact JSON text. */
  public String write() {
    StringBuilder out = new StringBuilder();
    JsonWriter.write(this, out);
    return out.toString();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Json that && write().equals(that.write());
  }

  @Override
  public int hashCode() {
    return write().hashCode();
  }

  @Override
  public String toString() {
    return write();
  }
}
