package org.trefoil.core.wire;

import java.util.List;

/**
 * POST /api/wallets/{id}/heirs: the wallets that came after a replaced one, in order, and where the
 * last of them is paid.
 *
 * @param index the number of that receive address
 */
public record Heirs(List<Heir> line, int index, String address) {
  public Heirs {
    line = List.copyOf(line);
  }

  public static Heirs fromJson(Json json) {
    return json.read(
        f -> new Heirs(f.list("line", Heir::fromJson), f.count("index"), f.text("address")));
  }

  public Json toJson() {
    return Json.object()
        .put("line", Json.array(line, Heir::toJson))
        .put("index", index)
        .put("address", address)
        .json();
  }
}
