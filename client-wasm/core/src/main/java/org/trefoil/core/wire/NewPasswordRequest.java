package org.trefoil.core.wire;

/** POST /api/account/new-password: by a link from a mail. */
public record NewPasswordRequest(String token, String salt, Kdf kdf, String proof) {
  public static NewPasswordRequest fromJson(Json json) {
    return json.read(
        f ->
            new NewPasswordRequest(
                f.text("token"),
                f.base64("salt"),
                f.value("kdf", Kdf::fromJson),
                f.base64("proof")));
  }

  public Json toJson() {
    return Json.object()
        .put("token", token)
        .put("salt", salt)
        .put("kdf", kdf.toJson())
        .put("proof", proof)
        .json();
  }
}
