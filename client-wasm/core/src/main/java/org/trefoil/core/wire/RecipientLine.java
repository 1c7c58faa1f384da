package org.trefoil.core.wire;

/** Who gets how many satoshis. */
public record RecipientLine(String address, long amount) {
  public static RecipientLine fromJson(Json json) {
    return json.read(f -> new RecipientLine(f.text("address"), f.number("amount")));
  }

  public Json toJson() {
    return Json.object().put("address", address).put("amount", amount).json();
  }
}
