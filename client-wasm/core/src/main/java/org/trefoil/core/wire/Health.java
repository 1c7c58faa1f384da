package org.trefoil.core.wire;

/** GET /healthz. */
public record Health(String status, String chain, int height) {
  public static Health fromJson(Json json) {
    return json.read(f -> new Health(f.text("status"), f.text("chain"), f.count("height")));
  }

  public Json toJson() {
    return Json.object().put("status", status).put("chain", chain).put("height", height).json();
  }
}
