package org.trefoil.core.wire;

import java.util.List;

/** POST /api/account/passkeys: a passkey that was just made; bytes in base64. */
public record NewPasskeyRequest(
    String name, String clientData, String attestation, List<String> transports) {
  public NewPasskeyRequest {
    transports = List.copyOf(transports);
  }

  public static NewPasskeyRequest fromJson(Json json) {
    return json.read(
        f ->
            new NewPasskeyRequest(
                f.text("name"),
                f.base64("clientData"),
                f.base64("attestation"),
                f.texts("transports")));
  }

  public Json toJson() {
    return Json.object()
        .put("name", name)
        .put("clientData", clientData)
        .put("attestation", attestation)
        .putTexts("transports", transports)
        .json();
  }
}
