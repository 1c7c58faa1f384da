package org.trefoil.server.signer;

import java.util.Base64;
import org.trefoil.core.wire.Fields;
import org.trefoil.core.wire.Json;
import org.trefoil.server.keyfile.Sealed;

/**
 * The server's key of one wallet.
 *
 * @param seed sealed for the wallet
 * @param expression its public side, with its origin
 */
record OwnKey(Sealed seed, String expression) {
  static OwnKey read(Fields f) {
    byte[] seed = Base64.getDecoder().decode(f.base64("seed"));
    return new OwnKey(new Sealed(seed), f.text("key"));
  }

  Json json() {
    return Json.object()
        .put("seed", Base64.getEncoder().encodeToString(seed.bytes()))
        .put("key", expression)
        .json();
  }
}
