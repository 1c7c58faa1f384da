package org.trefoil.server.http;

import java.util.List;
import java.util.Map;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.wire.NextPage;
import org.trefoil.core.wire.PasswordRequest;
import org.trefoil.core.wire.PreloginRequest;
import org.trefoil.core.wire.SigninRequest;
import org.trefoil.server.http.RateLimits.For;
import org.trefoil.server.http.Route.Who;

/** Signing in and out; second factors; the account page. */
final class AccountRoutes {
  private final Services services;
  private final Door door;
  private final RateLimits limits;
  private final Arrivals arrivals;

  AccountRoutes(Services services, Door door, RateLimits limits) {
    this.services = services;
    this.door = door;
    this.limits = limits;
    this.arrivals = new Arrivals(services.sessions());
  }

  List<Route> routes() {
    return List.of(
        Route.page("/", Who.ANYONE, visit -> Answer.page(Page.LANDING, Map.of())),
        Route.page("/signin", Who.ANYONE, this::signInPage),
        Route.page("/signin/factor", Who.HALF, this::askCode),
        Route.form("/signin/factor", Who.HALF, For.FACTOR, "/signin/factor", this::giveCode),
        Route.form("/signout", Who.ANYONE, null, "/", this::signOut),
        Route.page("/account", Who.FULL, this::account),
        Route.form("/account/codes", Who.FULL, For.FACTOR, "/account", this::renewCodes),
        Route.form("/account/sessions/{session}/end", Who.FULL, null, "/account", this::endSession),
        Route.form("/account/sessions/end-others", Who.FULL, null, "/account", this::endOthers),
        Route.write(
            "/api/account/prelogin", Who.ANYONE, For.PRELOGIN, Route.evenly(this::prelogin)),
        Route.write("/api/account/signin", Who.ANYONE, For.SIGNIN, Route.evenly(this::signIn)),
        Route.write("/api/account/password", Who.FULL, For.PASSWORD, this::changePassword));
  }

  private Answer signInPage(Visit visit) {
    return Arrivals.is(visit) ? Answer.elsewhere("/wallets") : Answer.page(Page.SIGNIN, Map.of());
  }

  private Answer prelogin(Visit visit) {
    PreloginRequest request = PreloginRequest.fromJson(visit.json());
    return Answer.json(services.accounts().prelogin(request.email()).toJson());
  }

  private Answer signIn(Visit visit) {
    SigninRequest request = SigninRequest.fromJson(visit.json());
    limits.take(
        For.SIGNIN_EMAIL, RateLimits.email(request.email(), RateLimits.address(visit.address())));
    String accountId =
        services
            .accounts()
            .signIn(request.email(), request.proof())
            .orElseThrow(() -> Refusal.of(Token.SIGNIN_WRONG).exception());
    arrivals.half(visit, accountId);
    return Answer.json(new NextPage(door.factorPage(accountId)).toJson());
  }

  private Answer askCode(Visit visit) {
    if (visit.known().full()) {
      return Answer.elsewhere("/wallets");
    }
    return services.factors().enrolled(visit.accountId())
        ? Answer.page(Page.SIGNIN_FACTOR, Map.of())
        : Answer.elsewhere("/signup/factor");
  }

  private Answer giveCode(Visit visit) {
    if (visit.known().full()) {
      return Answer.elsewhere("/wallets");
    }
    services
        .factors()
        .useToSignIn(visit.accountId(), visit.field("code"), BrowserCookie.read(visit.ctx()));
    arrivals.full(visit, false);
    return Answer.elsewhere("/wallets");
  }

  private Answer signOut(Visit visit) {
    if (visit.session() != null) {
      services.sessions().end(visit.token());
    }
    SessionCookie.clear(visit.ctx());
    // The cache, pages kept for going back included. Not "cookies", which would take those of other
    // ports and names along, nor "storage": it holds the fingerprints of key sets. These are
    // public, and whoever forgets them believes the next server anew.
    visit.ctx().header("Clear-Site-Data", "\"cache\"");
    return Answer.elsewhere("/");
  }

  private Answer account(Visit visit) {
    String account = visit.accountId();
    Services.Record record = services.record();
    return Answer.page(
        Page.ACCOUNT,
        Map.of(
            "codesLeft",
            services.factors().recoveryLeft(account),
            "sessions",
            services.sessions().list(account),
            "here",
            visit.known().id(),
            "confirmed",
            services.accounts().emailConfirmed(account),
            "mails",
            services.regain().mails(),
            "showsMail",
            services.regain().showsMail(),
            "sends",
            record.wish(account, "sends"),
            "payments",
            record.wish(account, "payments"),
            "changed",
            "1".equals(visit.ctx().queryParam("changed"))));
  }

  private Answer renewCodes(Visit visit) {
    List<String> codes =
        services.factors().renewRecovery(visit.accountId(), visit.field("code"), visit.token());
    return Answer.page(Page.SIGNUP_CODES, FactorPages.codes(services, visit, codes, false));
  }

  private Answer endSession(Visit visit) {
    services.sessions().endOne(visit.accountId(), visit.id("session"));
    return Answer.elsewhere("/account");
  }

  private Answer endOthers(Visit visit) {
    services.sessions().endOthers(visit.accountId(), visit.token());
    return Answer.elsewhere("/account");
  }

  private Answer changePassword(Visit visit) {
    PasswordRequest request = PasswordRequest.fromJson(visit.json());
    services.accounts().changePassword(visit.accountId(), visit.token(), request);
    return Answer.json(new NextPage("/account").toJson());
  }
}
