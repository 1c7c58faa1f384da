package org.trefoil.core.wire;

/** POST /api/account/signup. */
public record SignupRequest(String email, String salt, Kdf kdf, String proof) {
  public static SignupRequest fromJson(Json json) {
    return json.read(
        f ->
            new SignupRequest(
                f.text("email"),
                f.base64("salt"),
                f.value("kdf", Kdf::fromJson),
                f.base64("proof")));
  }

  public Json toJson() {
    return Json.object()
        .put("email", email)
        .put("salt", salt)
        .put("kdf", kdf.toJson())
        .put("proof", proof)
        .json();
  }
}
