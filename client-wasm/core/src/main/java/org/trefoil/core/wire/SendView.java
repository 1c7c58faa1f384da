package org.trefoil.core.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A send as its owner sees it; times in epoch seconds.
 *
 * @param replaces the send whose place it takes, if any
 * @param replacedBy the send that takes its place, if any, or of several the one that counts
 * @param open whether it waits and may be replaced now
 * @param signers ids of the roles that have signed while it waits
 * @param missing how many more must sign before the server does
 */
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
    @Nullable String reason,
    SendKind kind,
    @Nullable String replaces,
    @Nullable String replacedBy,
    boolean open,
    List<String> signers,
    int missing) {
  public SendView {
    digestWords = List.copyOf(digestWords);
    recipients = List.copyOf(recipients);
    signers = List.copyOf(signers);
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
                f.optionalText("reason"),
                f.choice("kind", SendKind.values()),
                f.optionalText("replaces"),
                f.optionalText("replacedBy"),
                f.bool("open"),
                f.texts("signers"),
                f.count("missing")));
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
        .put("kind", kind.name())
        .put("replaces", replaces)
        .put("replacedBy", replacedBy)
        .put("open", open)
        .putTexts("signers", signers)
        .put("missing", missing)
        .json();
  }
}
