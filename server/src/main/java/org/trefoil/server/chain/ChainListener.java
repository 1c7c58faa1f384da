package org.trefoil.server.chain;

import java.util.Set;

/** Hears what the index learned, after it is on disk; must not block. */
public interface ChainListener {
  /** Transactions of the wallet appeared, confirmed, or vanished. */
  void walletChanged(String walletId, Set<String> txids);

  /** The followed tip moved, forward or by a reorganisation. */
  void tipChanged(Tip tip);
}
