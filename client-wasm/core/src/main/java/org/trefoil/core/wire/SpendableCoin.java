package org.trefoil.core.wire;

/**
 * A coin as the server knows it; txid in display order, value in satoshis, ours for change of our
 * own sends. previousTx is the whole transaction that made it, in base64, so that the vault can see
 * for itself what the coin is worth and whose it is.
 */
public record SpendableCoin(
    String txid,
    int vout,
    long value,
    int branch,
    int index,
    int confirmations,
    boolean ours,
    boolean reserved,
    String previousTx) {
  public static SpendableCoin fromJson(Json json) {
    return json.read(
        f ->
            new SpendableCoin(
                f.text("txid"),
                f.count("vout"),
                f.number("value"),
                f.count("branch"),
                f.count("index"),
                f.count("confirmations"),
                f.bool("ours"),
                f.bool("reserved"),
                f.base64("previousTx")));
  }

  public Json toJson() {
    return Json.object()
        .put("txid", txid)
        .put("vout", vout)
        .put("value", value)
        .put("branch", branch)
        .put("index", index)
        .put("confirmations", confirmations)
        .put("ours", ours)
        .put("reserved", reserved)
        .put("previousTx", previousTx)
        .json();
  }
}
