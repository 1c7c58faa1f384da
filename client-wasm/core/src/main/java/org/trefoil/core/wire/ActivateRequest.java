package org.trefoil.core.wire;

import org.jspecify.annotations.Nullable;

/**
 * POST /api/wallets/{id}/activate: who states that the paper was checked.
 *
 * @param coldProof what the holder of a cold backup key signed; null with a key made in the vault
 */
public record ActivateRequest(String by, String signature, @Nullable String coldProof) {
  public static ActivateRequest fromJson(Json json) {
    return json.read(
        f ->
            new ActivateRequest(
                f.text("by"), f.base64("signature"), f.optionalBase64("coldProof")));
  }

  public Json toJson() {
    return Json.object()
        .put("by", by)
        .put("signature", signature)
        .put("coldProof", coldProof)
        .json();
  }
}
