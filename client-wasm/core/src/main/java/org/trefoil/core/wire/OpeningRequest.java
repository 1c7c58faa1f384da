package org.trefoil.core.wire;

/**
 * POST /api/wallets/{id}/openings: another way into the envelope.
 *
 * @param sealed the envelope that it opens
 * @param code of the second factor
 */
public record OpeningRequest(PasskeyOpening opening, String sealed, String code) {
  public static OpeningRequest fromJson(Json json) {
    return json.read(
        f ->
            new OpeningRequest(
                f.value("opening", PasskeyOpening::fromJson), f.text("sealed"), f.text("code")));
  }

  public Json toJson() {
    return Json.object()
        .put("opening", opening.toJson())
        .put("sealed", sealed)
        .put("code", code)
        .json();
  }
}
