package org.trefoil.core.wire;

/** What one passkey's PRF is asked for: its credential id, and 32 bytes; both in base64. */
public record PasskeySalt(String credential, String salt) {
  public static PasskeySalt fromJson(Json json) {
    return json.read(f -> new PasskeySalt(f.base64("credential"), f.base64("salt")));
  }

  public Json toJson() {
    return Json.object().put("credential", credential).put("salt", salt).json();
  }
}
