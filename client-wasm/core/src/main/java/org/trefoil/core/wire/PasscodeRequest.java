package org.trefoil.core.wire;

/**
 * POST /api/wallets/{id}/passcode: the same user key sealed anew.
 *
 * @param old the envelope that this one replaces
 * @param signature the user key's, over {@code Resealing.digest}
 * @param code of the authenticator app, or a recovery code
 */
public record PasscodeRequest(String old, String sealed, String signature, String code) {
  public static PasscodeRequest fromJson(Json json) {
    return json.read(
        f ->
            new PasscodeRequest(
                f.text("old"), f.text("sealed"), f.base64("signature"), f.text("code")));
  }

  public Json toJson() {
    return Json.object()
        .put("old", old)
        .put("sealed", sealed)
        .put("signature", signature)
        .put("code", code)
        .json();
  }
}
