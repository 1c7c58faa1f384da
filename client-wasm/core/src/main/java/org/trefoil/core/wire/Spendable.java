package org.trefoil.core.wire;

import java.util.List;

/** GET /api/wallets/{id}/spendable. */
public record Spendable(List<SpendableCoin> coins, Fees fees, int changeIndex, int tipHeight) {
  public Spendable {
    coins = List.copyOf(coins);
  }

  public static Spendable fromJson(Json json) {
    return json.read(
        f ->
            new Spendable(
                f.list("coins", SpendableCoin::fromJson),
                f.value("fees", Fees::fromJson),
                f.count("changeIndex"),
                f.count("tipHeight")));
  }

  public Json toJson() {
    return Json.object()
        .put("coins", Json.array(coins, SpendableCoin::toJson))
        .put("fees", fees.toJson())
        .put("changeIndex", changeIndex)
        .put("tipHeight", tipHeight)
        .json();
  }
}
