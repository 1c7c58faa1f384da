package org.trefoil.server.app;

import java.util.Base64;
import org.trefoil.core.wire.ForeignCoins;
import org.trefoil.core.wire.SearchRequest;
import org.trefoil.core.wire.SweepAnswer;
import org.trefoil.core.wire.SweepRequest;
import org.trefoil.server.http.Sweeping;
import org.trefoil.server.sweep.Sweeps;

/** Coins of other keys, as the door sees them. */
record SweepsView(Sweeps sweeps) implements Sweeping {
  @Override
  public boolean possible() {
    return sweeps.possible();
  }

  @Override
  public ForeignCoins search(String accountId, String walletId, SearchRequest request) {
    return sweeps.search(accountId, walletId, request.scripts());
  }

  @Override
  public SweepAnswer take(String accountId, String walletId, SweepRequest request) {
    byte[] raw = Base64.getDecoder().decode(request.tx());
    return new SweepAnswer(sweeps.take(accountId, walletId, raw));
  }
}
