package org.trefoil.core.wire;

import org.jspecify.annotations.Nullable;

/**
 * POST /api/account/email: challenge and signature of the user key, or the password's proof where
 * there is no wallet.
 */
public record ChangeEmailRequest(
    String email,
    String code,
    @Nullable String challenge,
    @Nullable String user,
    @Nullable String proof) {
  public static ChangeEmailRequest fromJson(Json json) {
    return json.read(
        f ->
            new ChangeEmailRequest(
                f.text("email"),
                f.text("code"),
                f.optionalText("challenge"),
                f.optionalBase64("user"),
                f.optionalBase64("proof")));
  }

  public Json toJson() {
    return Json.object()
        .put("email", email)
        .put("code", code)
        .put("challenge", challenge)
        .put("user", user)
        .put("proof", proof)
        .json();
  }
}
