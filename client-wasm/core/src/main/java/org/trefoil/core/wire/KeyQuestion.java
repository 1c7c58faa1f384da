package org.trefoil.core.wire;

/**
 * What keys of a wallet are asked to sign about its account.
 *
 * @param purpose as in {@code AccountStatement}
 * @param withBackup whether the backup key is asked as well as the user key
 */
public record KeyQuestion(
    WalletView wallet,
    String purpose,
    String account,
    String subject,
    String challenge,
    long expires,
    boolean withBackup) {
  public static KeyQuestion fromJson(Json json) {
    return json.read(
        f ->
            new KeyQuestion(
                f.value("wallet", WalletView::fromJson),
                f.text("purpose"),
                f.text("account"),
                f.text("subject"),
                f.text("challenge"),
                f.number("expires"),
                f.bool("withBackup")));
  }

  public Json toJson() {
    return Json.object()
        .put("wallet", wallet.toJson())
        .put("purpose", purpose)
        .put("account", account)
        .put("subject", subject)
        .put("challenge", challenge)
        .put("expires", expires)
        .put("withBackup", withBackup)
        .json();
  }
}
