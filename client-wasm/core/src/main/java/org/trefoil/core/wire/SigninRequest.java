package org.trefoil.core.wire;

/** POST /api/account/signin. */
public record SigninRequest(String email, String proof) {
  public static SigninRequest fromJson(Json json) {
    return json.read(f -> new SigninRequest(f.text("email"), f.base64("proof")));
  }

  public Json toJson() {
    return Json.object().put("email", email).put("proof", proof).json();
  }
}
