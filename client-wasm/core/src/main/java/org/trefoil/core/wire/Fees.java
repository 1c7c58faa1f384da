package org.trefoil.core.wire;

/** Fee rates in satoshis per 1,000 virtual bytes: three offers and the bounds of what is taken. */
public record Fees(long slow, long normal, long fast, long floor, long ceiling) {
  public static Fees fromJson(Json json) {
    return json.read(
        f ->
            new Fees(
                f.number("slow"),
                f.number("normal"),
                f.number("fast"),
                f.number("floor"),
                f.number("ceiling")));
  }

  public Json toJson() {
    return Json.object()
        .put("slow", slow)
        .put("normal", normal)
        .put("fast", fast)
        .put("floor", floor)
        .put("ceiling", ceiling)
        .json();
  }
}
