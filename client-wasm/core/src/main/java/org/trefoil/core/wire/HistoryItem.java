package org.trefoil.core.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One transaction; delta in satoshis as it changed the balance, kind in, out or self.
 *
 * @param replacedBy the transaction that took its place; then it changed nothing
 */
public record HistoryItem(
    String txid,
    long time,
    @Nullable Integer height,
    int confirmations,
    long delta,
    @Nullable Long fee,
    @Nullable String note,
    String kind,
    List<HistoryOutput> outputs,
    @Nullable String replacedBy) {
  public HistoryItem {
    outputs = List.copyOf(outputs);
  }

  public static HistoryItem fromJson(Json json) {
    return json.read(
        f ->
            new HistoryItem(
                f.text("txid"),
                f.number("time"),
                f.optionalCount("height"),
                f.count("confirmations"),
                f.number("delta"),
                f.optionalNumber("fee"),
                f.optionalText("note"),
                f.text("kind"),
                f.list("outputs", HistoryOutput::fromJson),
                f.optionalText("replacedBy")));
  }

  public Json toJson() {
    return Json.object()
        .put("txid", txid)
        .put("time", time)
        .put("height", height)
        .put("confirmations", confirmations)
        .put("delta", delta)
        .put("fee", fee)
        .put("note", note)
        .put("kind", kind)
        .put("outputs", Json.array(outputs, HistoryOutput::toJson))
        .put("replacedBy", replacedBy)
        .json();
  }
}
