package org.trefoil.server.signer;

import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.wire.Fields;
import org.trefoil.core.wire.Json;
import org.trefoil.core.wire.JsonObject;
import org.trefoil.server.passkey.SendProof;

/**
 * The second factor as the front hands it on: one of the two.
 *
 * @param code of the app, or a recovery code
 * @param proof of what a passkey signed; its key and its digest are the front's word
 */
record Given(@Nullable String code, @Nullable SendProof proof) {
  static Given read(Fields f) {
    return new Given(f.optionalText("code"), f.optionalValue("proof", Given::proof));
  }

  private static SendProof proof(Json json) {
    return json.read(
        f ->
            new SendProof(
                "",
                bytes(f, "digest"),
                bytes(f, "preimage"),
                f.text("origin"),
                bytes(f, "clientData"),
                bytes(f, "authenticatorData"),
                bytes(f, "signature"),
                bytes(f, "publicKey"),
                Math.toIntExact(f.number("algorithm"))));
  }

  private static byte[] bytes(Fields f, String name) {
    return Base64.getDecoder().decode(f.base64(name));
  }

  void put(JsonObject json) {
    json.put("code", code);
    if (proof != null) {
      json.put(
          "proof",
          Json.object()
              .put("digest", text(proof.digest()))
              .put("preimage", text(proof.preimage()))
              .put("origin", proof.origin())
              .put("clientData", text(proof.clientData()))
              .put("authenticatorData", text(proof.authenticatorData()))
              .put("signature", text(proof.signature()))
              .put("publicKey", text(proof.publicKey()))
              .put("algorithm", (long) proof.algorithm())
              .json());
    }
  }

  private static String text(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public String toString() {
    return "Given[redacted]";
  }
}
