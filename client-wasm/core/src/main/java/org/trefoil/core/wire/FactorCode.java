package org.trefoil.core.wire;

/** A code of the second factor: asked for before a change, or given where a passkey stood in. */
public record FactorCode(String code) {
  public static FactorCode fromJson(Json json) {
    return json.read(f -> new FactorCode(f.text("code")));
  }

  public Json toJson() {
    return Json.object().put("code", code).json();
  }

  @Override
  public String toString() {
    return "FactorCode[redacted]";
  }
}
