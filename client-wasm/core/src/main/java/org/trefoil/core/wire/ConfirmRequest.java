package org.trefoil.core.wire;

/** POST /api/wallets/{id}/sends/{sid}/confirm: the second factor for exactly this send. */
public record ConfirmRequest(String code) {
  public static ConfirmRequest fromJson(Json json) {
    return json.read(f -> new ConfirmRequest(f.text("code")));
  }

  public Json toJson() {
    return Json.object().put("code", code).json();
  }
}
