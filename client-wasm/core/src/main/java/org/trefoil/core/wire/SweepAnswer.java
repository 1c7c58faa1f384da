package org.trefoil.core.wire;

/** The transaction that was taken, by its id in display order. */
public record SweepAnswer(String txid) {
  public static SweepAnswer fromJson(Json json) {
    return json.read(f -> new SweepAnswer(f.text("txid")));
  }

  public Json toJson() {
    return Json.object().put("txid", txid).json();
  }
}
