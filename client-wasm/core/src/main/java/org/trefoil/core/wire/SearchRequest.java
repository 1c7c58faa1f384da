package org.trefoil.core.wire;

import java.util.List;

/** POST /api/wallets/{id}/foreign-coins: look for what pays these scripts, in hexadecimal. */
public record SearchRequest(List<String> scripts) {
  public SearchRequest {
    scripts = List.copyOf(scripts);
  }

  public static SearchRequest fromJson(Json json) {
    return json.read(f -> new SearchRequest(f.texts("scripts")));
  }

  public Json toJson() {
    return Json.object().putTexts("scripts", scripts).json();
  }
}
