package org.trefoil.core.wire;

import java.util.List;

/**
 * GET /api/wallets/{id}/spendable.
 *
 * @param tipHeight the chain's
 * @param lockTime the height that a new transaction is to count from, no more than the chain's
 */
public record Spendable(
    List<SpendableCoin> coins, Fees fees, int changeIndex, int tipHeight, int lockTime) {
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
                f.count("tipHeight"),
                f.count("lockTime")));
  }

  public Json toJson() {
    return Json.object()
        .put("coins", Json.array(coins, SpendableCoin::toJson))
        .put("fees", fees.toJson())
        .put("changeIndex", changeIndex)
        .put("tipHeight", tipHeight)
        .put("lockTime", lockTime)
        .json();
  }
}
