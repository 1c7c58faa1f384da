package org.trefoil.core.wire;

/** POST /api/account/prelogin. */
public record PreloginRequest(String email) {
  public static PreloginRequest fromJson(Json json) {
    return json.read(f -> new PreloginRequest(f.text("email")));
  }

  public Json toJson() {
    return Json.object().put("email", email).json();
  }
}
