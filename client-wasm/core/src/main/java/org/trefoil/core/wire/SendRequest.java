package org.trefoil.core.wire;

import java.util.List;

/** POST /api/wallets/{id}/sends: a half-signed PSBT and what was asked for. */
public record SendRequest(
    String requestId,
    String psbt,
    List<RecipientLine> recipients,
    boolean everything,
    long feeRate,
    String note) {
  public SendRequest {
    recipients = List.copyOf(recipients);
  }

  public static SendRequest fromJson(Json json) {
    return json.read(
        f ->
            new SendRequest(
                f.text("requestId"),
                f.base64("psbt"),
                f.list("recipients", RecipientLine::fromJson),
                f.bool("everything"),
                f.number("feeRate"),
                f.text("note")));
  }

  public Json toJson() {
    return Json.object()
        .put("requestId", requestId)
        .put("psbt", psbt)
        .put("recipients", Json.array(recipients, RecipientLine::toJson))
        .put("everything", everything)
        .put("feeRate", feeRate)
        .put("note", note)
        .json();
  }
}
