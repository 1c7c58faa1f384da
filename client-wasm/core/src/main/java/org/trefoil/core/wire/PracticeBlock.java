package org.trefoil.core.wire;

/** The height of the block just mined. */
public record PracticeBlock(int height) {
  public static PracticeBlock fromJson(Json json) {
    return json.read(f -> new PracticeBlock(f.count("height")));
  }

  public Json toJson() {
    return Json.object().put("height", height).json();
  }
}
