package org.trefoil.core.wire;

import org.jspecify.annotations.Nullable;

/**
 * POST /api/wallets/{id}/openings: another way into the envelope.
 *
 * @param sealed the envelope that it opens
 * @param second the text of the second slot beside it, as in {@link WalletView}
 * @param code of the second factor
 */
public record OpeningRequest(
    PasskeyOpening opening, String sealed, @Nullable String second, String code) {
  public static OpeningRequest fromJson(Json json) {
    return json.read(
        f ->
            new OpeningRequest(
                f.value("opening", PasskeyOpening::fromJson),
                f.text("sealed"),
                f.optionalBase64("second"),
                f.text("code")));
  }

  public Json toJson() {
    return Json.object()
        .put("opening", opening.toJson())
        .put("sealed", sealed)
        .put("second", second)
        .put("code", code)
        .json();
  }
}
