package org.trefoil.core.wire;

/**
 * POST /api/wallets/{id}/policy: a new version of the wallet's rules.
 *
 * @param code of the authenticator app, or a recovery code
 */
public record PolicyRequest(PolicyDocument document, String code) {
  public static PolicyRequest fromJson(Json json) {
    return json.read(
        f -> new PolicyRequest(f.value("document", PolicyDocument::fromJson), f.text("code")));
  }

  public Json toJson() {
    return Json.object().put("document", document.toJson()).put("code", code).json();
  }
}
