package org.trefoil.server.chain;

import org.trefoil.core.address.Address;
import org.trefoil.core.units.Sats;

/** What people may do on the practice chain and nowhere else. */
public interface Practice {
  /**
   * Pays practice coins, a twentieth of a bitcoin, to {@code address} and gives the transaction id.
   */
  String faucet(Address address);

  /** Pays {@code amount} to {@code address} and gives the transaction id. */
  String faucet(Address address, Sats amount);

  /** Mines one block with everything that waits, and gives its height. */
  int mine();
}
