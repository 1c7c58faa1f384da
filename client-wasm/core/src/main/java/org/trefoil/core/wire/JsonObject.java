package org.trefoil.core.wire;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON object in the making: names in the order in which they were put. */
public final class JsonObject {
  private final Map<String, Json> fields = new LinkedHashMap<>();

  JsonObject() {}

  public JsonObject put(String name, Json value) {
    if (fields.put(name, value) != null) {
      throw new IllegalArgumentException("the same name twice");
    }
    return this;
  }

  /** Leaves the field out when {@code value} is null. */
  public JsonObject put(String name, @Nullable String value) {
    return value == null ? this : put(name, Json.text(value));
  }

  public JsonObject put(String name, long value) {
    return put(name, Json.number(value));
  }

  /** Leaves the field out when {@code value} is null. */
  public JsonObject put(String name, @Nullable Long value) {
    return value == null ? this : put(name, Json.number(value));
  }

  /** Leaves the field out when {@code value} is null. */
  public JsonObject put(String name, @Nullable Integer value) {
    return value == null ? this : put(name, Json.number(value));
  }

  public JsonObject put(String name, boolean value) {
    return put(name, Json.bool(value));
  }

  /** Leaves the field out when {@code value} is null. */
  public JsonObject putOptional(String name, @Nullable Json value) {
    return value == null ? this : put(name, value);
  }

  public JsonObject putTexts(String name, List<String> values) {
    return put(name, Json.array(values, Json::text));
  }

  public JsonObject putTextMap(String name, Map<String, String> values) {
    JsonObject map = new JsonObject();
    values.forEach((String key, String value) -> map.put(key, Json.text(value)));
    return put(name, map.json());
  }

  public Json json() {
    return new Json(this);
  }

  Map<String, Json> fields() {
    return fields;
  }
}
