package org.trefoil.core.wire;

/** POST /api/account/signup/code: an address and what its letter said. */
public record SignupCodeRequest(String email, String code) {
  public static SignupCodeRequest fromJson(Json json) {
    return json.read(f -> new SignupCodeRequest(f.text("email"), f.text("code")));
  }

  public Json toJson() {
    return Json.object().put("email", email).put("code", code).json();
  }
}
