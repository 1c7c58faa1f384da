package org.trefoil.core.wire;

import java.util.List;

/** POST /api/wallets/{id}/verdict: what the wallet's rules would say of a send. */
public record PreviewRequest(List<RecipientLine> recipients, long fee) {
  public PreviewRequest {
    recipients = List.copyOf(recipients);
  }

  public static PreviewRequest fromJson(Json json) {
    return json.read(
        f -> new PreviewRequest(f.list("recipients", RecipientLine::fromJson), f.number("fee")));
  }

  public Json toJson() {
    return Json.object()
        .put("recipients", Json.array(recipients, RecipientLine::toJson))
        .put("fee", fee)
        .json();
  }
}
