package org.trefoil.core.wire;

import java.util.List;

/**
 * GET /api/wallets/{id}/policy: every version of a wallet's rules, the oldest first.
 *
 * @param cancelled versions that were cancelled before they held
 * @param now the server's time, epoch seconds
 */
public record PolicyView(List<PolicyDocument> documents, List<Integer> cancelled, long now) {
  public PolicyView {
    documents = List.copyOf(documents);
    cancelled = List.copyOf(cancelled);
  }

  public static PolicyView fromJson(Json json) {
    return json.read(
        f ->
            new PolicyView(
                f.list("documents", PolicyDocument::fromJson),
                f.counts("cancelled"),
                f.number("now")));
  }

  public Json toJson() {
    return Json.object()
        .put("documents", Json.array(documents, PolicyDocument::toJson))
        .put("cancelled", Json.array(cancelled, version -> Json.number(version)))
        .put("now", now)
        .json();
  }
}
