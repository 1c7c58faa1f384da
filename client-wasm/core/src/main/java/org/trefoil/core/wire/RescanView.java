package org.trefoil.core.wire;

/**
 * How far the chain was read again for a wallet.
 *
 * @param running false when nothing is left to read; the heights say nothing then
 * @param from the first block
 * @param next the block that is read next
 * @param tip the last one
 */
public record RescanView(boolean running, int from, int next, int tip) {
  public static RescanView fromJson(Json json) {
    return json.read(
        f -> new RescanView(f.bool("running"), f.count("from"), f.count("next"), f.count("tip")));
  }

  public Json toJson() {
    return Json.object()
        .put("running", running)
        .put("from", from)
        .put("next", next)
        .put("tip", tip)
        .json();
  }

  /** Of a hundred. */
  public int percent() {
    return tip < from ? 100 : (int) (100L * (next - from) / (tip - from + 1L));
  }
}
