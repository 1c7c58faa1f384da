package org.trefoil.core.wire;

/** A wallet that came after another, and how a key of that other one says so. */
public record Heir(WalletView wallet, SuccessionStatement succession) {
  public static Heir fromJson(Json json) {
    return json.read(
        f ->
            new Heir(
                f.value("wallet", WalletView::fromJson),
                f.value("succession", SuccessionStatement::fromJson)));
  }

  public Json toJson() {
    return Json.object()
        .put("wallet", wallet.toJson())
        .put("succession", succession.toJson())
        .json();
  }
}
