package org.trefoil.core.wire;

/** What was held back and waits for its owner now: how many sends. */
public record PasscodeCheckAnswer(int heldBack) {
  public static PasscodeCheckAnswer fromJson(Json json) {
    return json.read(f -> new PasscodeCheckAnswer(f.count("heldBack")));
  }

  public Json toJson() {
    return Json.object().put("heldBack", heldBack).json();
  }
}
