package org.trefoil.core.wire;

/**
 * POST /api/wallets/{id}/rescan: read the chain again for the wallet.
 *
 * @param from a height, {@code 812345}, or a day, {@code 2024-05-01}
 */
public record RescanRequest(String from) {
  public static RescanRequest fromJson(Json json) {
    return json.read(f -> new RescanRequest(f.text("from")));
  }

  public Json toJson() {
    return Json.object().put("from", from).json();
  }
}
