package org.trefoil.core.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * GET /api/wallets/{id}/history, and …/history?before={older}, newest first.
 *
 * @param older what the next page is asked for by; null on the last one
 */
public record History(List<HistoryItem> items, @Nullable String older) {
  public History {
    items = List.copyOf(items);
  }

  public static History fromJson(Json json) {
    return json.read(
        f -> new History(f.list("items", HistoryItem::fromJson), f.optionalText("older")));
  }

  public Json toJson() {
    return Json.object()
        .put("items", Json.array(items, HistoryItem::toJson))
        .put("older", older)
        .json();
  }
}
