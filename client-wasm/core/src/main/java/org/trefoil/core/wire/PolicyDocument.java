package org.trefoil.core.wire;

/**
 * One version of a wallet's rules as the user key signed it; {@code policy.PolicyChain} says over
 * what.
 *
 * @param version 1, 2, 3 …
 * @param previous the hash of the version before it, 64 hex digits; zeros for the first
 * @param notBefore when it begins to hold, epoch seconds; 0 for at once
 * @param rules {@link Rules} as the text that was signed
 * @param signature 64 bytes
 */
public record PolicyDocument(
    int version, String previous, long notBefore, String rules, String signature) {
  /** The same with its signature. */
  public PolicyDocument signed(String base64) {
    return new PolicyDocument(version, previous, notBefore, rules, base64);
  }

  public static PolicyDocument fromJson(Json json) {
    return json.read(
        f ->
            new PolicyDocument(
                f.count("version"),
                f.text("previous"),
                f.number("notBefore"),
                f.text("rules"),
                f.base64("signature")));
  }

  public Json toJson() {
    return Json.object()
        .put("version", version)
        .put("previous", previous)
        .put("notBefore", notBefore)
        .put("rules", rules)
        .put("signature", signature)
        .json();
  }
}
