package org.trefoil.core.wire;

/** A wallet that has only the server's key yet; birthTime in epoch seconds. */
public record DraftWallet(
    String walletId, String network, String serverKey, int birthHeight, long birthTime) {
  public static DraftWallet fromJson(Json json) {
    return json.read(
        f ->
            new DraftWallet(
                f.text("walletId"),
                f.text("network"),
                f.text("serverKey"),
                f.count("birthHeight"),
                f.number("birthTime")));
  }

  public Json toJson() {
    return Json.object()
        .put("walletId", walletId)
        .put("network", network)
        .put("serverKey", serverKey)
        .put("birthHeight", birthHeight)
        .put("birthTime", birthTime)
        .json();
  }
}
