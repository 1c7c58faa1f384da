package org.trefoil.core.wire;

/**
 * POST /api/wallets/{id}/passcode/try: a passcode opened the user key.
 *
 * @param now what the page said the time is
 * @param mark 64 bytes, over {@code Marks.checked}
 */
public record PasscodeCheckRequest(String now, String mark) {
  public static PasscodeCheckRequest fromJson(Json json) {
    return json.read(f -> new PasscodeCheckRequest(f.text("now"), f.base64("mark")));
  }

  public Json toJson() {
    return Json.object().put("now", now).put("mark", mark).json();
  }
}
