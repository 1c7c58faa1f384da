package org.trefoil.core.wire;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** application/problem+json (RFC 9457); code is a refusal's token. */
public record Problem(
    String type, String title, int status, String code, Map<String, String> data) {
  public Problem {
    data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
  }

  public static Problem fromJson(Json json) {
    return json.read(
        f ->
            new Problem(
                f.text("type"),
                f.text("title"),
                f.count("status"),
                f.text("code"),
                f.textMap("data")));
  }

  public Json toJson() {
    return Json.object()
        .put("type", type)
        .put("title", title)
        .put("status", status)
        .put("code", code)
        .putTextMap("data", data)
        .json();
  }
}
