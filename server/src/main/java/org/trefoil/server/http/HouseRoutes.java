package org.trefoil.server.http;

import java.util.List;
import org.trefoil.core.wire.Health;
import org.trefoil.server.http.RateLimits.For;
import org.trefoil.server.http.Route.Kind;
import org.trefoil.server.http.Route.Who;

/** The house itself: its pulse, and what browsers report. */
final class HouseRoutes {
  private static final int REPORT_BYTES = 16 * 1024;

  private final Services services;
  private final ReportBook reports;

  HouseRoutes(Services services, ReportBook reports) {
    this.services = services;
    this.reports = reports;
  }

  List<Route> routes() {
    return List.of(
        Route.read("/healthz", Who.ANYONE, this::pulse),
        new Route(
            io.javalin.http.HandlerType.POST,
            "/report",
            Who.ANYONE,
            Kind.REPORT,
            For.REPORT,
            REPORT_BYTES,
            null,
            this::report));
  }

  private Answer pulse(Visit visit) {
    Health health = services.pulse().health();
    return new Answer.OfJson(health.status().equals("ok") ? 200 : 503, health.toJson());
  }

  private Answer report(Visit visit) {
    reports.take(visit.body());
    visit.ctx().status(204);
    return Answer.written();
  }
}
