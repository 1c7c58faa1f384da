package org.trefoil.core.wire;

/**
 * What stands beside every sealed user key, whether a second passcode is set or not: nobody who
 * reads it can tell.
 *
 * @param slot the user key sealed under the second passcode, or as many random bytes, 92
 * @param first the public half of the key that marks what the first passcode did, 33 bytes
 * @param second the same of the second passcode, or of a random key
 */
public record SecondSlot(String slot, String first, String second) {
  public static SecondSlot fromJson(Json json) {
    return json.read(f -> new SecondSlot(f.base64("slot"), f.base64("first"), f.base64("second")));
  }

  public Json toJson() {
    return Json.object().put("slot", slot).put("first", first).put("second", second).json();
  }
}
