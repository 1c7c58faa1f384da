package org.trefoil.server.chain;

import java.util.Map;
import java.util.Set;

/** Hears what the index learned, after it is on disk; must not block. */
public interface ChainListener {
  /**
   * Transactions of wallets appeared, confirmed, or vanished.
   *
   * @param changed their ids, by the wallet's
   */
  void walletsChanged(Map<String, Set<String>> changed);

  /** The followed tip moved, forward or by a reorganisation. */
  void tipChanged(Tip tip);
}
