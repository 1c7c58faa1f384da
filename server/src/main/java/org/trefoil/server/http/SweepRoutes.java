package org.trefoil.server.http;

import java.util.List;
import java.util.Map;
import org.trefoil.core.wire.SearchRequest;
import org.trefoil.core.wire.SweepRequest;
import org.trefoil.core.wire.WalletState;
import org.trefoil.core.wire.WalletView;
import org.trefoil.server.http.RateLimits.For;
import org.trefoil.server.http.Route.Who;

/** Bringing in the coins of another key. */
final class SweepRoutes {
  private final Services services;

  SweepRoutes(Services services) {
    this.services = services;
  }

  List<Route> routes() {
    return List.of(
        Route.page("/wallets/{wallet}/bring-in", Who.FULL, this::page),
        Route.write("/api/wallets/{wallet}/foreign-coins", Who.FULL, For.SEARCH, this::search),
        Route.write("/api/wallets/{wallet}/sweeps", Who.FULL, For.SEND, this::take).withPsbt());
  }

  private Answer page(Visit visit) {
    WalletView wallet = services.wallets().view(visit.accountId(), visit.id("wallet"));
    if (wallet.state() != WalletState.ACTIVE) {
      return Answer.elsewhere("/wallets/" + wallet.walletId());
    }
    boolean possible = services.sweeps().possible();
    return Answer.page(Page.BRING_IN, Map.of("wallet", wallet, "possible", possible));
  }

  private Answer search(Visit visit) {
    SearchRequest request = SearchRequest.fromJson(visit.json());
    return Answer.json(
        services.sweeps().search(visit.accountId(), visit.id("wallet"), request).toJson());
  }

  private Answer take(Visit visit) {
    SweepRequest request = SweepRequest.fromJson(visit.json());
    return Answer.created(
        services.sweeps().take(visit.accountId(), visit.id("wallet"), request).toJson());
  }
}
