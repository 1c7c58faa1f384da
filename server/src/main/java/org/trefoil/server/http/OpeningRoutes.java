package org.trefoil.server.http;

import java.util.List;
import org.trefoil.core.wire.FactorCode;
import org.trefoil.core.wire.NextPage;
import org.trefoil.core.wire.Nothing;
import org.trefoil.core.wire.OpeningRequest;
import org.trefoil.server.http.RateLimits.For;
import org.trefoil.server.http.Route.Who;

/** Passkeys as another way into a vault: what they make of it never comes here. */
final class OpeningRoutes {
  private static final String PATH = "/api/wallets/{wallet}/openings";

  private final Services services;

  OpeningRoutes(Services services) {
    this.services = services;
  }

  List<Route> routes() {
    return List.of(
        Route.read("/api/account/passkeys", Who.FULL, this::passkeys),
        Route.write(PATH, Who.FULL, For.FACTOR, this::add),
        Route.write(PATH + "/{passkey}/remove", Who.FULL, For.FACTOR, this::remove));
  }

  private Answer passkeys(Visit visit) {
    return Answer.json(services.passkeys().known(visit.accountId()).toJson());
  }

  private Answer add(Visit visit) {
    OpeningRequest request = OpeningRequest.fromJson(visit.json());
    services.passkeys().addOpening(visit.accountId(), visit.id("wallet"), request);
    return Answer.created(new Nothing().toJson());
  }

  private Answer remove(Visit visit) {
    String code = FactorCode.fromJson(visit.json()).code();
    String walletId = visit.id("wallet");
    services.passkeys().removeOpening(visit.accountId(), walletId, visit.id("passkey"), code);
    return Answer.json(new NextPage("/wallets/" + walletId + "/passcode").toJson());
  }
}
