package org.trefoil.core.wire;

/**
 * A coin of a key from elsewhere, as the server knows it; txid in display order, value in satoshis.
 *
 * @param waits blocks until it may be spent, zero for any but a fresh coinbase
 * @param previousTx the whole transaction that made it, in base64, so that the vault can see for
 *     itself what the coin is worth and whose it is
 */
public record ForeignCoin(String txid, int vout, long value, int waits, String previousTx) {
  public static ForeignCoin fromJson(Json json) {
    return json.read(
        f ->
            new ForeignCoin(
                f.text("txid"),
                f.count("vout"),
                f.number("value"),
                f.count("waits"),
                f.base64("previousTx")));
  }

  public Json toJson() {
    return Json.object()
        .put("txid", txid)
        .put("vout", vout)
        .put("value", value)
        .put("waits", waits)
        .put("previousTx", previousTx)
        .json();
  }
}
