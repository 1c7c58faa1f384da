package org.trefoil.server.signer;

import org.trefoil.core.wire.Fields;
import org.trefoil.core.wire.Json;

/**
 * Whose a wallet is and which keys it has; never changed.
 *
 * @param accountId of its owner
 * @param descriptor of its whole key set
 */
record Pinned(String accountId, String descriptor) {
  static Pinned read(Fields f) {
    return new Pinned(f.text("account"), f.text("descriptor"));
  }

  Json json() {
    return Json.object().put("account", accountId).put("descriptor", descriptor).json();
  }
}
