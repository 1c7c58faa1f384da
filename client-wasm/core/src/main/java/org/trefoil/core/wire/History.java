package org.trefoil.core.wire;

import java.util.List;

/** GET /api/wallets/{id}/history, newest first. */
public record History(List<HistoryItem> items) {
  public History {
    items = List.copyOf(items);
  }

  public static History fromJson(Json json) {
    return json.read(f -> new History(f.list("items", HistoryItem::fromJson)));
  }

  public Json toJson() {
    return Json.object().put("items", Json.array(items, HistoryItem::toJson)).json();
  }
}
