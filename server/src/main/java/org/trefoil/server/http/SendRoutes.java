package org.trefoil.server.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.wire.ConfirmRequest;
import org.trefoil.core.wire.Nothing;
import org.trefoil.core.wire.SendRequest;
import org.trefoil.core.wire.SendView;
import org.trefoil.server.http.RateLimits.For;
import org.trefoil.server.http.Route.Who;
import org.trefoil.server.http.Services.Practice;

/** Sends, and the practice chain's extras. */
final class SendRoutes {
  private final Services services;
  private final Door door;

  SendRoutes(Services services, Door door) {
    this.services = services;
    this.door = door;
  }

  List<Route> routes() {
    return List.of(
        Route.page("/wallets/{wallet}/sends/{send}", Who.FULL, visit -> status(visit, null)),
        Route.form(
            "/wallets/{wallet}/sends/{send}/confirm", Who.FULL, For.CONFIRM, this::confirmForm),
        Route.form(
            "/wallets/{wallet}/sends/{send}/cancel", Who.FULL, For.CONFIRM, this::cancelForm),
        Route.form("/wallets/{wallet}/practice/coins", Who.FULL, For.PRACTICE, this::coinsForm),
        Route.write("/api/wallets/{wallet}/sends", Who.FULL, For.SEND, this::propose).withPsbt(),
        Route.read(
            "/api/wallets/{wallet}/sends/{send}",
            Who.FULL,
            visit -> Answer.json(view(visit).toJson())),
        Route.write(
            "/api/wallets/{wallet}/sends/{send}/confirm", Who.FULL, For.CONFIRM, this::confirm),
        Route.write(
            "/api/wallets/{wallet}/sends/{send}/cancel", Who.FULL, For.CONFIRM, this::cancel),
        Route.write("/api/wallets/{wallet}/practice/coins", Who.FULL, For.PRACTICE, this::coins),
        Route.write("/api/practice/mine", Who.FULL, For.PRACTICE, this::mine));
  }

  private SendView view(Visit visit) {
    return services.sends().view(visit.accountId(), visit.id("wallet"), visit.id("send"));
  }

  private Answer status(Visit visit, @Nullable Refusal refusal) {
    SendView send = view(visit);
    Map<String, Object> model = new HashMap<>();
    model.put("wallet", services.wallets().view(visit.accountId(), visit.id("wallet")));
    model.put("send", send);
    model.put("total", WalletRoutes.total(send));
    model.put("words", String.join(" ", send.digestWords()));
    if (refusal != null) {
      model.put("error", door.complaint(refusal));
    }
    return new Answer.OfPage(refusal == null ? 200 : Statuses.of(refusal), Page.SEND_STATUS, model);
  }

  private Answer confirmForm(Visit visit) {
    try {
      services
          .sends()
          .confirm(visit.accountId(), visit.id("wallet"), visit.id("send"), visit.field("code"));
      return here(visit);
    } catch (RefusedException e) {
      return status(visit, e.refusal());
    }
  }

  private Answer cancelForm(Visit visit) {
    try {
      services.sends().cancel(visit.accountId(), visit.id("wallet"), visit.id("send"));
      return here(visit);
    } catch (RefusedException e) {
      return status(visit, e.refusal());
    }
  }

  private static Answer here(Visit visit) {
    return Answer.elsewhere("/wallets/" + visit.id("wallet") + "/sends/" + visit.id("send"));
  }

  private Answer propose(Visit visit) {
    SendRequest request = SendRequest.fromJson(visit.json());
    return Answer.created(
        services.sends().propose(visit.accountId(), visit.id("wallet"), request).toJson());
  }

  private Answer confirm(Visit visit) {
    String code = ConfirmRequest.fromJson(visit.json()).code();
    return Answer.json(
        services
            .sends()
            .confirm(visit.accountId(), visit.id("wallet"), visit.id("send"), code)
            .toJson());
  }

  private Answer cancel(Visit visit) {
    Nothing.fromJson(visit.json());
    return Answer.json(
        services.sends().cancel(visit.accountId(), visit.id("wallet"), visit.id("send")).toJson());
  }

  private Practice practice() {
    Practice practice = services.practice();
    if (practice == null) {
      throw Refusal.of(Token.PRACTICE_ONLY).exception();
    }
    return practice;
  }

  private Answer coins(Visit visit) {
    Nothing.fromJson(visit.json());
    return Answer.json(practice().coins(visit.accountId(), visit.id("wallet")).toJson());
  }

  private Answer coinsForm(Visit visit) {
    practice().coins(visit.accountId(), visit.id("wallet"));
    return Answer.elsewhere("/wallets/" + visit.id("wallet"));
  }

  private Answer mine(Visit visit) {
    Nothing.fromJson(visit.json());
    return Answer.json(practice().mine().toJson());
  }
}
