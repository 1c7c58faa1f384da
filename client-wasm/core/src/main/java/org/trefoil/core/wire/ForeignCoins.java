package org.trefoil.core.wire;

import java.util.List;

/**
 * Answer to a search for coins of a key from elsewhere.
 *
 * @param searching whether it goes on; then nothing but {@code percent} counts
 * @param left coins that had no room in this answer
 */
public record ForeignCoins(
    boolean searching, int percent, List<ForeignCoin> coins, int left, Fees fees, int tipHeight) {
  public ForeignCoins {
    coins = List.copyOf(coins);
  }

  public static ForeignCoins fromJson(Json json) {
    return json.read(
        f ->
            new ForeignCoins(
                f.bool("searching"),
                f.count("percent"),
                f.list("coins", ForeignCoin::fromJson),
                f.count("left"),
                f.value("fees", Fees::fromJson),
                f.count("tipHeight")));
  }

  public Json toJson() {
    return Json.object()
        .put("searching", searching)
        .put("percent", percent)
        .put("coins", Json.array(coins, ForeignCoin::toJson))
        .put("left", left)
        .put("fees", fees.toJson())
        .put("tipHeight", tipHeight)
        .json();
  }
}
