package org.trefoil.core.wire;

/**
 * POST /api/account/passkeys/{id}: its name, and whether it signs in without the password.
 *
 * @param code of the second factor
 */
public record PasskeyChange(String name, boolean signsIn, String code) {
  public static PasskeyChange fromJson(Json json) {
    return json.read(f -> new PasskeyChange(f.text("name"), f.bool("signsIn"), f.text("code")));
  }

  public Json toJson() {
    return Json.object().put("name", name).put("signsIn", signsIn).put("code", code).json();
  }

  @Override
  public String toString() {
    return "PasskeyChange[" + name + "]";
  }
}
