package org.trefoil.core;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Why something was not done: a short stable token plus the public values that its sentence names.
 *
 * @param token text of a {@link Token}
 * @param data values for the placeholders of the sentence, in order; never secret
 */
public record Refusal(String token, Map<String, String> data) {
  public Refusal {
    data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
  }

  /** A refusal with {@code namesAndValues} as name, value, name, value … */
  public static Refusal of(Token token, String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("a name without a value");
    }
    Map<String, String> data = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      data.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return new Refusal(token.token(), data);
  }

  public boolean is(Token other) {
    return token.equals(other.token());
  }

  /** This refusal, ready to be thrown. */
  public RefusedException exception() {
    return new RefusedException(this);
  }
}
