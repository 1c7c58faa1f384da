package org.trefoil.core.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A send as its owner sees it; times in epoch seconds. */
public record SendView(
    String sendId,
    SendState state,
    List<String> digestWords,
    List<RecipientLine> recipients,
    long fee,
    @Nullable Long change,
    @Nullable String txid,
    int confirmations,
    long createdAt,
    long expiresAt,
    String note,
    @Nullable String reason) {
  public SendView {
    digestWords = List.copyOf(digestWords);
    recipients = List.copyOf(recipients);
  }

  public static SendView fromJson(Json json) {
    return json.read(
        f ->
            new SendView(
                f.text("sendId"),
                f.choice("state", SendState.values()),
                f.texts("digestWords"),
                f.list("recipients", RecipientLine::fromJson),
                f.number("fee"),
                f.optionalNumber("change"),
                f.optionalText("txid"),
                f.count("confirmations"),
                f.number("createdAt"),
                f.number("expiresAt"),
                f.text("note"),
                f.optionalText("reason")));
  }

  public Json toJson() {
    return Json.object()
        .put("sendId", sendId)
        .put("state", state.name())
        .putTexts("digestWords", digestWords)
        .put("recipients", Json.array(recipients, RecipientLine::toJson))
        .put("fee", fee)
        .put("change", change)
        .put("txid", txid)
        .put("confirmations", confirmations)
        .put("createdAt", createdAt)
        .put("expiresAt", expiresAt)
        .put("note", note)
        .put("reason", reason)
        .json();
  }
}
