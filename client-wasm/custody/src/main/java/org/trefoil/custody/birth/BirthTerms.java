package org.trefoil.custody.birth;

import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.units.Network;

/**
 * What the server brings to a birth. Nothing here is believed beyond its form.
 *
 * @param walletId 32 hexadecimal digits
 * @param serverKey the server's account key, parsed for {@code network}
 */
public record BirthTerms(Network network, String walletId, CosignerKey serverKey) {
  /** Parses the server's key expression. */
  public static BirthTerms of(Network network, String walletId, String serverKey) {
    return new BirthTerms(network, walletId, ColdKey.parse(KeyRole.SERVER, serverKey, network));
  }
}
