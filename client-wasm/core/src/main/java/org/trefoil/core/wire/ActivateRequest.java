package org.trefoil.core.wire;

/** POST /api/wallets/{id}/activate: who states that the paper was checked. */
public record ActivateRequest(String by, String signature) {
  public static ActivateRequest fromJson(Json json) {
    return json.read(f -> new ActivateRequest(f.text("by"), f.base64("signature")));
  }

  public Json toJson() {
    return Json.object().put("by", by).put("signature", signature).json();
  }
}
