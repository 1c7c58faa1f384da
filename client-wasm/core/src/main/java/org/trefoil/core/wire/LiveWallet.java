package org.trefoil.core.wire;

import java.util.List;

/** The wallet event of GET /api/wallets/{id}/events: what changed. */
public record LiveWallet(Balance balance, int tipHeight, List<String> changed) {
  public LiveWallet {
    changed = List.copyOf(changed);
  }

  public static LiveWallet fromJson(Json json) {
    return json.read(
        f ->
            new LiveWallet(
                f.value("balance", Balance::fromJson), f.count("tipHeight"), f.texts("changed")));
  }

  public Json toJson() {
    return Json.object()
        .put("balance", balance.toJson())
        .put("tipHeight", tipHeight)
        .putTexts("changed", changed)
        .json();
  }
}
