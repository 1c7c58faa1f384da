package org.trefoil.core.wire;

/**
 * POST /api/wallets/{id}/policy/held: what the co-signer holds of a wallet's rules.
 *
 * @param nonce 32 bytes, fresh
 */
public record ReceiptRequest(String nonce) {
  public static ReceiptRequest fromJson(Json json) {
    return json.read(f -> new ReceiptRequest(f.base64("nonce")));
  }

  public Json toJson() {
    return Json.object().put("nonce", nonce).json();
  }
}
