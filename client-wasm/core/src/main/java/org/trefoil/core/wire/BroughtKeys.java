package org.trefoil.core.wire;

import java.util.List;

/**
 * The keys that are brought to a wallet of several, in the descriptor's order, between the user's
 * and the server's.
 *
 * @param threshold how many of all keys sign
 */
public record BroughtKeys(int threshold, List<BroughtKey> keys) {
  public BroughtKeys {
    keys = List.copyOf(keys);
  }

  public static BroughtKeys fromJson(Json json) {
    return json.read(
        f -> new BroughtKeys(f.count("threshold"), f.list("keys", BroughtKey::fromJson)));
  }

  public Json toJson() {
    return Json.object()
        .put("threshold", threshold)
        .put("keys", Json.array(keys, BroughtKey::toJson))
        .json();
  }
}
