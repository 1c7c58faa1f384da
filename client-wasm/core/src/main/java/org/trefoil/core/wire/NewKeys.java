package org.trefoil.core.wire;

import org.jspecify.annotations.Nullable;

/**
 * POST /api/wallets/{id}/keys: what the vault made; key expressions as in a descriptor.
 *
 * @param succession how an older key says so, when the wallet comes after another one
 * @param brought the keys of a wallet of several, which has no backup key
 * @param split on how many sheets the backup key is printed; null where the vault did not make it
 * @param secondSlot what stands beside the sealed key; null from a vault from before
 * @param mark of the passcode that opened the older user key, 64 bytes over the digest of the
 *     succession; null where paper did
 */
public record NewKeys(
    String userKey,
    @Nullable String backupKey,
    boolean backupIsCold,
    String descriptor,
    String endorsement,
    String sealed,
    String firstAddress,
    @Nullable SuccessionStatement succession,
    @Nullable BroughtKeys brought,
    @Nullable KeySplit split,
    @Nullable SecondSlot secondSlot,
    @Nullable String mark) {
  public static NewKeys fromJson(Json json) {
    return json.read(
        f ->
            new NewKeys(
                f.text("userKey"),
                f.optionalText("backupKey"),
                f.bool("backupIsCold"),
                f.text("descriptor"),
                f.base64("endorsement"),
                f.text("sealed"),
                f.text("firstAddress"),
                f.optionalValue("succession", SuccessionStatement::fromJson),
                f.optionalValue("brought", BroughtKeys::fromJson),
                f.optionalValue("split", KeySplit::fromJson),
                f.optionalValue("secondSlot", SecondSlot::fromJson),
                f.optionalBase64("mark")));
  }

  public Json toJson() {
    return Json.object()
        .put("userKey", userKey)
        .put("backupKey", backupKey)
        .put("backupIsCold", backupIsCold)
        .put("descriptor", descriptor)
        .put("endorsement", endorsement)
        .put("sealed", sealed)
        .put("firstAddress", firstAddress)
        .putOptional("succession", succession == null ? null : succession.toJson())
        .putOptional("brought", brought == null ? null : brought.toJson())
        .putOptional("split", split == null ? null : split.toJson())
        .putOptional("secondSlot", secondSlot == null ? null : secondSlot.toJson())
        .put("mark", mark)
        .json();
  }
}
