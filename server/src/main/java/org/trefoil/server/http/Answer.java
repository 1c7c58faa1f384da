package org.trefoil.server.http;

import java.util.Map;
import org.trefoil.core.Refusal;
import org.trefoil.core.wire.Json;

/** What a route answers. */
sealed interface Answer {
  /** JSON with a status. */
  record OfJson(int status, Json json) implements Answer {}

  /** A page with a status. */
  record OfPage(int status, Page page, Map<String, Object> model) implements Answer {}

  /** A text to save as a file. */
  record OfFile(String name, String mediaType, String text) implements Answer {}

  /** "See other", after a form or when the page is elsewhere. */
  record Elsewhere(String path) implements Answer {}

  /** "See other" after a form that was refused: the page there says why, once. */
  record RefusedElsewhere(String path, Refusal why) implements Answer {}

  /** The route wrote the answer itself. */
  record Written() implements Answer {}

  static Answer json(Json json) {
    return new OfJson(200, json);
  }

  static Answer created(Json json) {
    return new OfJson(201, json);
  }

  static Answer page(Page page, Map<String, Object> model) {
    return new OfPage(200, page, model);
  }

  static Answer elsewhere(String path) {
    return new Elsewhere(path);
  }

  static Answer written() {
    return new Written();
  }
}
