package org.trefoil.core.wire;

import java.util.List;

/**
 * GET /api/wallets/{id}/history?page=0, newest first.
 *
 * @param more whether older ones follow on the next page
 */
public record History(List<HistoryItem> items, boolean more) {
  public History {
    items = List.copyOf(items);
  }

  public static History fromJson(Json json) {
    return json.read(f -> new History(f.list("items", HistoryItem::fromJson), f.bool("more")));
  }

  public Json toJson() {
    return Json.object()
        .put("items", Json.array(items, HistoryItem::toJson))
        .put("more", more)
        .json();
  }
}
