package org.trefoil.core.wire;

/** What stretching the password of an account takes; strangers get a stable invention. */
public record PreloginAnswer(String salt, Kdf kdf) {
  public static PreloginAnswer fromJson(Json json) {
    return json.read(f -> new PreloginAnswer(f.base64("salt"), f.value("kdf", Kdf::fromJson)));
  }

  public Json toJson() {
    return Json.object().put("salt", salt).put("kdf", kdf.toJson()).json();
  }
}
