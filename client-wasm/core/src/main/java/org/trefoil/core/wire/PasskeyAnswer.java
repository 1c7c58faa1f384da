package org.trefoil.core.wire;

/** What a passkey signed, as the browser has it; all in base64. */
public record PasskeyAnswer(
    String credential, String clientData, String authenticatorData, String signature) {
  public static PasskeyAnswer fromJson(Json json) {
    return json.read(
        f ->
            new PasskeyAnswer(
                f.base64("credential"),
                f.base64("clientData"),
                f.base64("authenticatorData"),
                f.base64("signature")));
  }

  public Json toJson() {
    return Json.object()
        .put("credential", credential)
        .put("clientData", clientData)
        .put("authenticatorData", authenticatorData)
        .put("signature", signature)
        .json();
  }
}
