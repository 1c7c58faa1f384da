package org.trefoil.core.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * POST /api/wallets/{id}/sends: a half-signed PSBT and what was asked for.
 *
 * @param replaces the send whose place it takes, if any
 * @param speedsUp the id of the waiting payment that it pulls along, if any
 * @param mark of the passcode that signed it, 64 bytes over its digest; null where paper did
 */
public record SendRequest(
    String requestId,
    String psbt,
    List<RecipientLine> recipients,
    boolean everything,
    long feeRate,
    String note,
    @Nullable String replaces,
    @Nullable String speedsUp,
    @Nullable String mark) {
  public SendRequest {
    recipients = List.copyOf(recipients);
  }

  /** A send that stands alone. */
  public SendRequest(
      String requestId,
      String psbt,
      List<RecipientLine> recipients,
      boolean everything,
      long feeRate,
      String note) {
    this(requestId, psbt, recipients, everything, feeRate, note, null, null, null);
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
                f.text("note"),
                f.optionalText("replaces"),
                f.optionalText("speedsUp"),
                f.optionalBase64("mark")));
  }

  public Json toJson() {
    return Json.object()
        .put("requestId", requestId)
        .put("psbt", psbt)
        .put("recipients", Json.array(recipients, RecipientLine::toJson))
        .put("everything", everything)
        .put("feeRate", feeRate)
        .put("note", note)
        .put("replaces", replaces)
        .put("speedsUp", speedsUp)
        .put("mark", mark)
        .json();
  }
}
