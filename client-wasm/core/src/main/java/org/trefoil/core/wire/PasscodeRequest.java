package org.trefoil.core.wire;

import org.jspecify.annotations.Nullable;

/**
 * POST /api/wallets/{id}/passcode: the same user key sealed anew, or another second slot beside the
 * same envelope.
 *
 * @param old the envelope that this one replaces
 * @param signature the user key's, over {@code Resealing.digest}
 * @param secondSlot what stands beside it from now on
 * @param mark of the passcode that opened the old one, 64 bytes over {@code Resealing.digest}; null
 *     where its words made the key, which the signature says, too
 * @param code of the authenticator app, or a recovery code
 */
public record PasscodeRequest(
    String old,
    String sealed,
    String signature,
    SecondSlot secondSlot,
    @Nullable String mark,
    String code) {
  public static PasscodeRequest fromJson(Json json) {
    return json.read(
        f ->
            new PasscodeRequest(
                f.text("old"),
                f.text("sealed"),
                f.base64("signature"),
                f.value("secondSlot", SecondSlot::fromJson),
                f.optionalBase64("mark"),
                f.text("code")));
  }

  public Json toJson() {
    return Json.object()
        .put("old", old)
        .put("sealed", sealed)
        .put("signature", signature)
        .put("secondSlot", secondSlot.toJson())
        .put("mark", mark)
        .put("code", code)
        .json();
  }
}
