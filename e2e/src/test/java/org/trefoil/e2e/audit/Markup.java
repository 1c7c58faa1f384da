package org.trefoil.e2e.audit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import nu.validator.client.EmbeddedValidator;
import org.openqa.selenium.json.Json;
import org.xml.sax.SAXException;

/** What the Nu Html Checker, which judges for the W3C, says of a document. */
final class Markup {
  private Markup() {}

  /** Every error and every warning, each with where it is; empty when it is silent. */
  static List<String> faults(String html) {
    String said;
    try {
      said =
          new EmbeddedValidator()
              .validate(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SAXException e) {
      throw new IllegalStateException(e);
    }
    Map<String, Object> told = new Json().toType(said, Json.MAP_TYPE);
    return ((List<?>) told.get("messages"))
        .stream()
            .map(each -> (Map<?, ?>) each)
            .map(each -> each.get("message") + " (line " + each.get("lastLine") + ")")
            .toList();
  }
}
