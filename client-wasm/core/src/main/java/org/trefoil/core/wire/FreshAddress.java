package org.trefoil.core.wire;

/** The next receive address as the server derives it. */
public record FreshAddress(int index, String address) {
  public static FreshAddress fromJson(Json json) {
    return json.read(f -> new FreshAddress(f.count("index"), f.text("address")));
  }

  public Json toJson() {
    return Json.object().put("index", index).put("address", address).json();
  }
}
