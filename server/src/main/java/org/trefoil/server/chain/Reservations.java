package org.trefoil.server.chain;

import java.util.Set;
import org.trefoil.core.coins.Outpoint;

/**
 * Which coins of a wallet are held by sends that have not been broadcast; the room that sends
 * knows.
 */
public interface Reservations {
  /** For a server, or test, without sends. */
  Reservations NONE = walletId -> Set.of();

  /** Outpoints of the wallet that no other send may use now. */
  Set<Outpoint> of(String walletId);
}
