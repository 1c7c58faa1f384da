package org.trefoil.core.wire;

/** POST /api/wallets/{id}/sweeps: a signed transaction, in base64. */
public record SweepRequest(String tx) {
  public static SweepRequest fromJson(Json json) {
    return json.read(f -> new SweepRequest(f.base64("tx")));
  }

  public Json toJson() {
    return Json.object().put("tx", tx).json();
  }
}
