package org.trefoil.core.wire;

/** Answer to POST /api/wallets/{id}/policy/held: every version, and what the co-signer holds. */
public record RulesAndReceipt(PolicyView policy, RuleReceipt receipt) {
  public static RulesAndReceipt fromJson(Json json) {
    return json.read(
        f ->
            new RulesAndReceipt(
                f.value("policy", PolicyView::fromJson),
                f.value("receipt", RuleReceipt::fromJson)));
  }

  public Json toJson() {
    return Json.object().put("policy", policy.toJson()).put("receipt", receipt.toJson()).json();
  }
}
