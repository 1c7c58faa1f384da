package org.trefoil.core.wire;

/** Which key of an older wallet says that a newer one comes after it, and its signature. */
public record SuccessionStatement(String by, String signature) {
  public static SuccessionStatement fromJson(Json json) {
    return json.read(f -> new SuccessionStatement(f.text("by"), f.base64("signature")));
  }

  public Json toJson() {
    return Json.object().put("by", by).put("signature", signature).json();
  }
}
