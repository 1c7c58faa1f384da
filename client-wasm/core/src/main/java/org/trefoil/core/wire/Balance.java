package org.trefoil.core.wire;

/** Amounts in satoshis: in blocks, not yet in blocks, and held by sends that wait. */
public record Balance(long confirmed, long pending, long reserved) {
  public static Balance fromJson(Json json) {
    return json.read(
        f -> new Balance(f.number("confirmed"), f.number("pending"), f.number("reserved")));
  }

  public Json toJson() {
    return Json.object()
        .put("confirmed", confirmed)
        .put("pending", pending)
        .put("reserved", reserved)
        .json();
  }
}
