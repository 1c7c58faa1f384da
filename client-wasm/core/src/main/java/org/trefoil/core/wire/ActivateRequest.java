package org.trefoil.core.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * POST /api/wallets/{id}/activate, and /drill: who states that the paper was checked.
 *
 * @param coldProofs what the holders of brought keys signed, in the descriptor's order; none with a
 *     key made in the vault
 * @param code the second factor, for a wallet that comes after another one
 */
public record ActivateRequest(
    String by, String signature, List<String> coldProofs, @Nullable String code) {
  public ActivateRequest {
    coldProofs = List.copyOf(coldProofs);
  }

  /** One that needs no code. */
  public ActivateRequest(String by, String signature, List<String> coldProofs) {
    this(by, signature, coldProofs, null);
  }

  public static ActivateRequest fromJson(Json json) {
    return json.read(
        f ->
            new ActivateRequest(
                f.text("by"),
                f.base64("signature"),
                f.texts("coldProofs"),
                f.optionalText("code")));
  }

  public Json toJson() {
    return Json.object()
        .put("by", by)
        .put("signature", signature)
        .putTexts("coldProofs", coldProofs)
        .put("code", code)
        .json();
  }
}
