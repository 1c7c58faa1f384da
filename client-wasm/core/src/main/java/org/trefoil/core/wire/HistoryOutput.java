package org.trefoil.core.wire;

/** One output of a transaction; ours when it pays the wallet itself. */
public record HistoryOutput(String address, long amount, boolean ours) {
  public static HistoryOutput fromJson(Json json) {
    return json.read(f -> new HistoryOutput(f.text("address"), f.number("amount"), f.bool("ours")));
  }

  public Json toJson() {
    return Json.object().put("address", address).put("amount", amount).put("ours", ours).json();
  }
}
