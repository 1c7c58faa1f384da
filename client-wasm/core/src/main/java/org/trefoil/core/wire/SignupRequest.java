package org.trefoil.core.wire;

import org.jspecify.annotations.Nullable;

/** POST /api/account/signup: with the code of a letter where the server writes one. */
public record SignupRequest(
    String email, @Nullable String code, String salt, Kdf kdf, String proof) {
  public static SignupRequest fromJson(Json json) {
    return json.read(
        f ->
            new SignupRequest(
                f.text("email"),
                f.optionalText("code"),
                f.base64("salt"),
                f.value("kdf", Kdf::fromJson),
                f.base64("proof")));
  }

  public Json toJson() {
    return Json.object()
        .put("email", email)
        .put("code", code)
        .put("salt", salt)
        .put("kdf", kdf.toJson())
        .put("proof", proof)
        .json();
  }
}
