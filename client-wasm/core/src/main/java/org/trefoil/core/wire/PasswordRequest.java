package org.trefoil.core.wire;

/** POST /api/account/password. */
public record PasswordRequest(String oldProof, String salt, Kdf kdf, String proof, String code) {
  public static PasswordRequest fromJson(Json json) {
    return json.read(
        f ->
            new PasswordRequest(
                f.base64("oldProof"),
                f.base64("salt"),
                f.value("kdf", Kdf::fromJson),
                f.base64("proof"),
                f.text("code")));
  }

  public Json toJson() {
    return Json.object()
        .put("oldProof", oldProof)
        .put("salt", salt)
        .put("kdf", kdf.toJson())
        .put("proof", proof)
        .put("code", code)
        .json();
  }
}
