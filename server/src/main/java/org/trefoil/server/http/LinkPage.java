package org.trefoil.server.http;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the link of a mail leads to: a sentence and a button; none once it was pressed. */
final class LinkPage {
  private LinkPage() {}

  static Answer of(String heading, String text, @Nullable String button) {
    Map<String, Object> model = new HashMap<>();
    model.put("heading", heading);
    model.put("text", text);
    model.put("button", button);
    return Answer.page(Page.LINK, model);
  }
}
