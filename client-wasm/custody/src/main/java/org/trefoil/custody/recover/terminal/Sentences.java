package org.trefoil.custody.recover.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import org.trefoil.core.Refusal;

/** The sentence of each refusal, from the same table as on the pages (web/refusals.properties). */
final class Sentences {
  private static final String TABLE = "refusals.properties";

  /** Where a page's sentence would send a person to a page. */
  private static final Map<String, String> HERE =
      Map.of(
          "envelope-version", "Sealed by a later Trefoil: take the program of that version.",
          "too-large", "That is more than is taken here.");

  private final Properties table = new Properties();

  Sentences() {
    try (InputStream in = Sentences.class.getResourceAsStream(TABLE)) {
      if (in == null) {
        throw new IllegalStateException("built without the table of sentences");
      }
      table.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String of(Refusal refusal) {
    String here = HERE.get(refusal.token());
    String sentence =
        here == null ? table.getProperty(refusal.token(), refusal.token() + ".") : here;
    for (Map.Entry<String, String> each : refusal.data().entrySet()) {
      sentence = sentence.replace("{" + each.getKey() + "}", each.getValue());
    }
    return sentence;
  }
}
