package org.trefoil.core.wire;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.units.Sats;

/**
 * The fields of one JSON object, each taken once by name and type. A field that is absent where it
 * must be there is refused as {@code missing-field}; one of another type as {@code wrong-type}.
 */
public final class Fields {
  private final Map<String, Json> fields;
  private final Set<String> taken = new HashSet<>();

  Fields(JsonObject object) {
    this.fields = object.fields();
  }

  public String text(String name) {
    return need(name).asText(name);
  }

  public @Nullable String optionalText(String name) {
    Json value = take(name);
    return value == null || value.isNull() ? null : value.asText(name);
  }

  public long number(String name) {
    return need(name).asNumber(name);
  }

  public @Nullable Long optionalNumber(String name) {
    Json value = take(name);
    return value == null || value.isNull() ? null : (Long) value.asNumber(name);
  }

  /** An integer 0 … 2,147,483,647: heights, indexes, counts. */
  public int count(String name) {
    return bounded(number(name), name);
  }

  public @Nullable Integer optionalCount(String name) {
    Long value = optionalNumber(name);
    return value == null ? null : (Integer) bounded(value, name);
  }

  /** A list of what {@link #count} takes. */
  public List<Integer> counts(String name) {
    return list(name, item -> bounded(item.asNumber(name), name));
  }

  /** An amount of bitcoin, as other programs write it: a number, or a text of one. */
  public Sats btc(String name) {
    return need(name).asBtc(name);
  }

  /** Whether the field is there and not null. */
  public boolean has(String name) {
    Json value = fields.get(name);
    return value != null && !value.isNull();
  }

  public boolean bool(String name) {
    return need(name).asBool(name);
  }

  /** Standard padded base64, exactly as an encoder writes it. */
  public String base64(String name) {
    String text = text(name);
    try {
      if (Base64.getEncoder().encodeToString(Base64.getDecoder().decode(text)).equals(text)) {
        return text;
      }
    } catch (IllegalArgumentException e) {
      // refused below
    }
    throw wrongValue(name);
  }

  public @Nullable String optionalBase64(String name) {
    return optionalText(name) == null ? null : base64(name);
  }

  /** One of {@code values}, by its constant's name. */
  public <E extends Enum<E>> E choice(String name, E[] values) {
    return oneOf(values, text(name), name);
  }

  /** The same, or null where it is missing. */
  public <E extends Enum<E>> @Nullable E optionalChoice(String name, E[] values) {
    String text = optionalText(name);
    return text == null ? null : oneOf(values, text, name);
  }

  /** A nested object or other value as {@code read} takes it. */
  public <T> T value(String name, Function<Json, T> read) {
    return read.apply(need(name));
  }

  /** As {@link #value}; null when there is none. */
  public <T> @Nullable T optionalValue(String name, Function<Json, T> read) {
    Json value = take(name);
    return value == null || value.isNull() ? null : read.apply(value);
  }

  public <T> List<T> list(String name, Function<Json, T> read) {
    List<T> items = new ArrayList<>();
    for (Json item : need(name).asArray(name)) {
      items.add(read.apply(item));
    }
    return List.copyOf(items);
  }

  public List<String> texts(String name) {
    return list(name, item -> item.asText(name));
  }

  /** An object whose values are all texts. */
  public Map<String, String> textMap(String name) {
    Map<String, String> map = new LinkedHashMap<>();
    need(name).asObject(name).fields().forEach((key, item) -> map.put(key, item.asText(name)));
    return map;
  }

  void refuseTheRest() {
    for (String name : fields.keySet()) {
      if (!taken.contains(name)) {
        throw Refusal.of(Token.UNKNOWN_FIELD, "field", shortened(name)).exception();
      }
    }
  }

  private Json need(String name) {
    Json value = take(name);
    if (value == null) {
      throw Refusal.of(Token.MISSING_FIELD, "field", name).exception();
    }
    return value;
  }

  private @Nullable Json take(String name) {
    taken.add(name);
    return fields.get(name);
  }

  private static int bounded(long value, String name) {
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw wrongValue(name);
    }
    return (int) value;
  }

  private static <E extends Enum<E>> E oneOf(E[] values, String text, String name) {
    for (E value : values) {
      if (value.name().equals(text)) {
        return value;
      }
    }
    throw wrongValue(name);
  }

  private static RuntimeException wrongValue(String name) {
    return Refusal.of(Token.WRONG_VALUE, "field", name).exception();
  }

  /** What a stranger wrote is repeated only as far as a reader needs it. */
  private static String shortened(String name) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < name.length() && i < 32; i++) {
      char c = name.charAt(i);
      plain.append(c > ' ' && c < 127 ? c : '?');
    }
    return plain.toString();
  }
}
