package org.trefoil.server.signer;

import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.wire.Fields;
import org.trefoil.core.wire.Json;
import org.trefoil.server.keyfile.Sealed;

/**
 * A secret that waits to take the place of an account's; nothing once it is over.
 *
 * @param wrong how many codes of it were wrong
 * @param shown whether it was handed out; the next who asks gets another one
 * @param byKeys whether both keys of a wallet said so
 * @param done whether it is over because its app is the account's now
 */
record Reset(
    @Nullable Sealed secret,
    Instant ready,
    int wrong,
    boolean shown,
    boolean byKeys,
    boolean done) {
  static final Reset OVER = over(false);
  static final Reset DONE = over(true);

  /** When one is ready that both keys alone make so: in the year 9999. */
  static final Instant NEVER = Instant.ofEpochSecond(253_402_300_799L);

  /** One that begins. */
  Reset(Sealed secret, Instant ready) {
    this(secret, ready, 0, false, false, false);
  }

  private static Reset over(boolean done) {
    return new Reset(null, Instant.EPOCH, 0, false, false, done);
  }

  Reset with(Sealed other, boolean handedOut) {
    return new Reset(other, ready, wrong, handedOut, byKeys, done);
  }

  Reset hastened(Instant at) {
    return new Reset(secret, at.isBefore(ready) ? at : ready, wrong, shown, true, done);
  }

  Reset wrong(int times) {
    return new Reset(secret, ready, times, shown, byKeys, done);
  }

  static Reset read(Fields f) {
    String sealed = f.optionalBase64("secret");
    return new Reset(
        sealed == null ? null : new Sealed(Base64.getDecoder().decode(sealed)),
        Instant.ofEpochSecond(f.number("ready")),
        f.count("wrong"),
        f.optionalNumber("shown") != null,
        f.optionalNumber("byKeys") != null,
        f.optionalNumber("done") != null);
  }

  Json json() {
    return Json.object()
        .put("wrong", wrong)
        .put("secret", secret == null ? null : Base64.getEncoder().encodeToString(secret.bytes()))
        .put("ready", ready.getEpochSecond())
        .put("shown", shown ? 1L : null)
        .put("byKeys", byKeys ? 1L : null)
        .put("done", done ? 1L : null)
        .json();
  }
}
