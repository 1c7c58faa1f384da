package org.trefoil.core.wire;

/** The faucet's payment. */
public record PracticeCoins(String txid) {
  public static PracticeCoins fromJson(Json json) {
    return json.read(f -> new PracticeCoins(f.text("txid")));
  }

  public Json toJson() {
    return Json.object().put("txid", txid).json();
  }
}
