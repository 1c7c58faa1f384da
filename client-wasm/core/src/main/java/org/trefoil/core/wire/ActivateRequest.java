package org.trefoil.core.wire;

import org.jspecify.annotations.Nullable;

/**
 * POST /api/wallets/{id}/activate, and /drill: who states that the paper was checked.
 *
 * @param coldProof what the holder of a cold backup key signed; null with a key made in the vault
 * @param code the second factor, for a wallet that comes after another one
 */
public record ActivateRequest(
    String by, String signature, @Nullable String coldProof, @Nullable String code) {
  /** One that needs no code. */
  public ActivateRequest(String by, String signature, @Nullable String coldProof) {
    this(by, signature, coldProof, null);
  }

  public static ActivateRequest fromJson(Json json) {
    return json.read(
        f ->
            new ActivateRequest(
                f.text("by"),
                f.base64("signature"),
                f.optionalBase64("coldProof"),
                f.optionalText("code")));
  }

  public Json toJson() {
    return Json.object()
        .put("by", by)
        .put("signature", signature)
        .put("coldProof", coldProof)
        .put("code", code)
        .json();
  }
}
