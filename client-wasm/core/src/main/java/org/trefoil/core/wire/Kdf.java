package org.trefoil.core.wire;

/** How a password or passcode is stretched: Argon2id's memory in KiB, passes and lanes. */
public record Kdf(int memoryKiB, int iterations, int parallelism) {
  public static Kdf fromJson(Json json) {
    return json.read(
        f -> new Kdf(f.count("memoryKiB"), f.count("iterations"), f.count("parallelism")));
  }

  public Json toJson() {
    return Json.object()
        .put("memoryKiB", memoryKiB)
        .put("iterations", iterations)
        .put("parallelism", parallelism)
        .json();
  }
}
