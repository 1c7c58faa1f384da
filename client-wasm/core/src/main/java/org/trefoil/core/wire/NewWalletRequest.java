package org.trefoil.core.wire;

/** POST /api/wallets. */
public record NewWalletRequest(String name, String requestId) {
  public static NewWalletRequest fromJson(Json json) {
    return json.read(f -> new NewWalletRequest(f.text("name"), f.text("requestId")));
  }

  public Json toJson() {
    return Json.object().put("name", name).put("requestId", requestId).json();
  }
}
