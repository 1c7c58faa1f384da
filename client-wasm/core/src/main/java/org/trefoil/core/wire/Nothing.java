package org.trefoil.core.wire;

/** A request or answer without content: an empty object. */
public record Nothing() {
  public static Nothing fromJson(Json json) {
    return json.read(f -> new Nothing());
  }

  public Json toJson() {
    return Json.object().json();
  }
}
