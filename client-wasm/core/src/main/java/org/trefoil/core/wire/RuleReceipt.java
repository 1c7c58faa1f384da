package org.trefoil.core.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What whoever holds the server's key of a wallet says that it holds of the wallet's rules; {@code
 * policy.HeldRules} says over what its signature is.
 *
 * @param at the time there, epoch seconds
 * @param version the newest version, 0 without any
 * @param head the hash that names all versions, 64 hex digits
 * @param cancelled versions that were cancelled before they held
 * @param stopped whether the wallet is stopped
 * @param thawAt when that ends, epoch seconds; null while nobody asked for it
 * @param signature 64 bytes
 */
public record RuleReceipt(
    long at,
    int version,
    String head,
    List<Integer> cancelled,
    boolean stopped,
    @Nullable Long thawAt,
    String signature) {
  public RuleReceipt {
    cancelled = List.copyOf(cancelled);
  }

  /** The same with its signature. */
  public RuleReceipt signed(String base64) {
    return new RuleReceipt(at, version, head, cancelled, stopped, thawAt, base64);
  }

  public static RuleReceipt fromJson(Json json) {
    return json.read(
        f ->
            new RuleReceipt(
                f.number("at"),
                f.count("version"),
                f.text("head"),
                f.counts("cancelled"),
                f.bool("stopped"),
                f.optionalNumber("thawAt"),
                f.base64("signature")));
  }

  public Json toJson() {
    return Json.object()
        .put("at", at)
        .put("version", version)
        .put("head", head)
        .put("cancelled", Json.array(cancelled, each -> Json.number(each)))
        .put("stopped", stopped)
        .put("thawAt", thawAt)
        .put("signature", signature)
        .json();
  }
}
