package org.trefoil.core.wire;

import java.util.List;

/** A send that waits, as its vault half-signed it: psbt in base64, and what was asked for then. */
public record Original(
    String psbt, List<RecipientLine> recipients, boolean everything, long feeRate) {
  public Original {
    recipients = List.copyOf(recipients);
  }

  public static Original fromJson(Json json) {
    return json.read(
        f ->
            new Original(
                f.base64("psbt"),
                f.list("recipients", RecipientLine::fromJson),
                f.bool("everything"),
                f.number("feeRate")));
  }

  public Json toJson() {
    return Json.object()
        .put("psbt", psbt)
        .put("recipients", Json.array(recipients, RecipientLine::toJson))
        .put("everything", everything)
        .put("feeRate", feeRate)
        .json();
  }
}
