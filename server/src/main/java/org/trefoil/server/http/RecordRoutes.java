package org.trefoil.server.http;

import io.javalin.http.HandlerType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.server.http.RateLimits.For;
import org.trefoil.server.http.Route.Kind;
import org.trefoil.server.http.Route.Who;
import org.trefoil.server.http.Services.Happening;

/** The record of an account: as a list, and as a file. */
final class RecordRoutes {
  private final Services services;
  private final Happenings happenings;

  RecordRoutes(Services services, Sentences sentences) {
    this.services = services;
    this.happenings = new Happenings(sentences);
  }

  List<Route> routes() {
    return List.of(
        Route.page("/account/activity", Who.FULL, this::activity),
        new Route(
            HandlerType.GET,
            "/account/activity/file",
            Who.FULL,
            Kind.PAGE,
            For.RECORD,
            0,
            null,
            this::file),
        Route.form("/account/notices", Who.FULL, For.RECORD, "/account", this::choose));
  }

  /** A line as the template sees it. */
  public record Line(long at, String kind, String text) {}

  private Answer activity(Visit visit) {
    String before = visit.before();
    Services.Happenings page = services.record().happenings(visit.accountId(), before);
    Map<String, Object> model = new HashMap<>();
    model.put("lines", page.lines().stream().map(this::line).toList());
    model.put("older", page.older());
    model.put("further", before != null);
    return Answer.page(Page.ACTIVITY, model);
  }

  /** {@code sends-never}, {@code payments-daily}. */
  private Answer choose(Visit visit) {
    String choice = visit.field("choice");
    int dash = choice.indexOf('-');
    if (dash < 0) {
      throw Refusal.of(Token.NOT_FOUND).exception();
    }
    services
        .record()
        .wish(visit.accountId(), choice.substring(0, dash), choice.substring(dash + 1));
    return Answer.elsewhere("/account");
  }

  private Line line(Happening happening) {
    return new Line(happening.at(), happening.kind(), happenings.of(happening));
  }

  private Answer file(Visit visit) {
    String text = services.record().file(visit.accountId());
    return new Answer.OfFile("trefoil-record.jsonl", "application/x-ndjson", text);
  }
}
