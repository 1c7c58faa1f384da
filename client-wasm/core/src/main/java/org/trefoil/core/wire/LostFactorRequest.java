package org.trefoil.core.wire;

/** POST /api/account/factor-lost: which wallet's keys are to speak for the account. */
public record LostFactorRequest(String wallet, boolean withBackup) {
  public static LostFactorRequest fromJson(Json json) {
    return json.read(f -> new LostFactorRequest(f.text("wallet"), f.bool("withBackup")));
  }

  public Json toJson() {
    return Json.object().put("wallet", wallet).put("withBackup", withBackup).json();
  }
}
