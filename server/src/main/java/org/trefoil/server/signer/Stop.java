package org.trefoil.server.signer;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.wire.Fields;
import org.trefoil.core.wire.Json;

/**
 * That a wallet was stopped.
 *
 * @param thawAt when that ends; null while nobody asked for it
 */
record Stop(@Nullable Instant thawAt) {
  static Stop read(Fields f) {
    Long thaw = f.optionalNumber("thawAt");
    return new Stop(thaw == null ? null : Instant.ofEpochSecond(thaw));
  }

  Json json() {
    return Json.object().put("thawAt", thawAt == null ? null : thawAt.getEpochSecond()).json();
  }

  boolean holds(Instant now) {
    return thawAt == null || thawAt.isAfter(now);
  }
}
