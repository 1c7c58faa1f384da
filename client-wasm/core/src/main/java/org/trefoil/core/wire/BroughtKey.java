package org.trefoil.core.wire;

/**
 * A key that somebody brings to a wallet of several.
 *
 * @param name of its owner, as the person calls them
 * @param key as in a descriptor
 */
public record BroughtKey(String name, String key) {
  public static BroughtKey fromJson(Json json) {
    return json.read(f -> new BroughtKey(f.text("name"), f.text("key")));
  }

  public Json toJson() {
    return Json.object().put("name", name).put("key", key).json();
  }
}
