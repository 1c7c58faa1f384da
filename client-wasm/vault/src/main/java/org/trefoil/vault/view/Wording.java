package org.trefoil.vault.view;

import java.util.Map;
import org.trefoil.core.Refusal;

/** The sentence of a refusal: the token's, with the refusal's values in their places. */
public final class Wording {
  private Wording() {}

  public static String of(Refusal refusal) {
    return fill(Sentences.of(refusal.token()), refusal.data());
  }

  /** {@code {name}} becomes its value; one without a value is left out. */
  static String fill(String sentence, Map<String, String> values) {
    StringBuilder filled = new StringBuilder();
    int at = 0;
    while (at < sentence.length()) {
      int open = sentence.indexOf('{', at);
      int close = open < 0 ? -1 : sentence.indexOf('}', open);
      if (close < 0) {
        return filled.append(sentence.substring(at)).toString();
      }
      filled.append(sentence, at, open);
      filled.append(values.getOrDefault(sentence.substring(open + 1, close), ""));
      at = close + 1;
    }
    return filled.toString();
  }
}
