package org.trefoil.core.wire;

/** POST /api/account/email/question: another address, and the wallet whose user key is asked. */
public record NewEmailRequest(String email, String wallet) {
  public static NewEmailRequest fromJson(Json json) {
    return json.read(f -> new NewEmailRequest(f.text("email"), f.text("wallet")));
  }

  public Json toJson() {
    return Json.object().put("email", email).put("wallet", wallet).json();
  }
}
