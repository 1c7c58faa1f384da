package org.trefoil.core.wire;

import org.jspecify.annotations.Nullable;

/**
 * A transaction that waits for a block, and what a vault needs to speed it up or to replace it: GET
 * /api/wallets/{id}/sends/{id}/waiting with the original, GET /api/wallets/{id}/tx/{id}/waiting
 * without it but with the coins that it gives the wallet. Fee and vsize are what it and its waiting
 * ancestors pay and measure, as far as the server knows.
 */
public record Waiting(Spendable spendable, @Nullable Original original, long fee, long vsize) {
  public static Waiting fromJson(Json json) {
    return json.read(
        f ->
            new Waiting(
                f.value("spendable", Spendable::fromJson),
                f.optionalValue("original", Original::fromJson),
                f.number("fee"),
                f.number("vsize")));
  }

  public Json toJson() {
    return Json.object()
        .put("spendable", spendable.toJson())
        .putOptional("original", original == null ? null : original.toJson())
        .put("fee", fee)
        .put("vsize", vsize)
        .json();
  }
}
