package org.trefoil.server.http;

import org.trefoil.core.wire.ForeignCoins;
import org.trefoil.core.wire.SearchRequest;
import org.trefoil.core.wire.SweepAnswer;
import org.trefoil.core.wire.SweepRequest;

/** What the door asks about coins of other keys. */
public interface Sweeping {
  /** Whether they can be looked for here. */
  boolean possible();

  /** What lies at these scripts, or how far the search for it is. */
  ForeignCoins search(String accountId, String walletId, SearchRequest request);

  /** Takes a signed transaction that brings such coins in. */
  SweepAnswer take(String accountId, String walletId, SweepRequest request);
}
