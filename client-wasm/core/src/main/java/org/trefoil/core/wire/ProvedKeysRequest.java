package org.trefoil.core.wire;

import org.jspecify.annotations.Nullable;

/** POST /api/account/factor-lost/keys: what the keys signed, 64 bytes each. */
public record ProvedKeysRequest(String challenge, String user, @Nullable String backup) {
  public static ProvedKeysRequest fromJson(Json json) {
    return json.read(
        f ->
            new ProvedKeysRequest(
                f.text("challenge"), f.base64("user"), f.optionalBase64("backup")));
  }

  public Json toJson() {
    return Json.object().put("challenge", challenge).put("user", user).put("backup", backup).json();
  }
}
