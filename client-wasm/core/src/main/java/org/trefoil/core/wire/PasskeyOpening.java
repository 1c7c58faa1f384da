package org.trefoil.core.wire;

/**
 * A second way into the envelope of a wallet: by one passkey and a PIN. All of it is public; bytes
 * in base64.
 *
 * @param credential what the authenticator calls the passkey, 1 to 1,023 bytes
 * @param salt what the passkey's PRF is asked for, 32 bytes
 * @param wrapped the text form of a {@code core.envelope.WrappedKey}
 */
public record PasskeyOpening(String credential, String salt, String wrapped) {
  public static PasskeyOpening fromJson(Json json) {
    return json.read(
        f -> new PasskeyOpening(f.base64("credential"), f.base64("salt"), f.base64("wrapped")));
  }

  public Json toJson() {
    return Json.object()
        .put("credential", credential)
        .put("salt", salt)
        .put("wrapped", wrapped)
        .json();
  }
}
