package org.trefoil.server.http;

import io.nayuki.qrcodegen.QrCode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.wire.NextPage;
import org.trefoil.core.wire.PasswordRequest;
import org.trefoil.core.wire.PreloginRequest;
import org.trefoil.core.wire.SigninRequest;
import org.trefoil.core.wire.SignupRequest;
import org.trefoil.server.http.RateLimits.For;
import org.trefoil.server.http.Route.Who;
import org.trefoil.server.http.Services.Arrived;
import org.trefoil.server.http.Services.Enrolment;
import org.trefoil.server.http.Services.Session;

/** Signing up, in and out; second factors; the account page. */
final class AccountRoutes {
  private final Services services;
  private final Door door;
  private final RateLimits limits;

  AccountRoutes(Services services, Door door, RateLimits limits) {
    this.services = services;
    this.door = door;
    this.limits = limits;
  }

  List<Route> routes() {
    return List.of(
        Route.page("/", Who.ANYONE, visit -> Answer.page(Page.LANDING, Map.of())),
        Route.page("/signup", Who.ANYONE, visit -> unlessSignedIn(visit, Page.SIGNUP)),
        Route.page("/signin", Who.ANYONE, visit -> unlessSignedIn(visit, Page.SIGNIN)),
        Route.page("/signup/factor", Who.HALF, this::enrol),
        Route.form("/signup/factor", Who.HALF, For.FACTOR, "/signup/factor", this::confirmFactor),
        Route.form("/signup/again", Who.HALF, For.FACTOR, "/signup/factor", this::signUpAgain),
        Route.page("/signin/factor", Who.HALF, this::askCode),
        Route.form("/signin/factor", Who.HALF, For.FACTOR, "/signin/factor", this::giveCode),
        Route.form("/signout", Who.ANYONE, null, "/", this::signOut),
        Route.page("/account", Who.FULL, this::account),
        Route.form("/account/codes", Who.FULL, For.FACTOR, "/account", this::renewCodes),
        Route.form("/account/sessions/{session}/end", Who.FULL, null, "/account", this::endSession),
        Route.form("/account/sessions/end-others", Who.FULL, null, "/account", this::endOthers),
        Route.write(
            "/api/account/prelogin", Who.ANYONE, For.PRELOGIN, Route.evenly(this::prelogin)),
        Route.write("/api/account/signup", Who.ANYONE, For.SIGNUP, this::signUp),
        Route.write("/api/account/signin", Who.ANYONE, For.SIGNIN, Route.evenly(this::signIn)),
        Route.write("/api/account/password", Who.FULL, For.PASSWORD, this::changePassword));
  }

  private Answer unlessSignedIn(Visit visit, Page page) {
    Session session = visit.session();
    return session != null && session.full()
        ? Answer.elsewhere("/wallets")
        : Answer.page(page, Map.of());
  }

  private Answer prelogin(Visit visit) {
    PreloginRequest request = PreloginRequest.fromJson(visit.json());
    return Answer.json(services.accounts().prelogin(request.email()).toJson());
  }

  private Answer signUp(Visit visit) {
    SignupRequest request = SignupRequest.fromJson(visit.json());
    openSession(visit, services.accounts().signUp(request));
    return Answer.created(new NextPage("/signup/factor").toJson());
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
    openSession(visit, accountId);
    return Answer.json(new NextPage(door.factorPage(accountId)).toJson());
  }

  /** A sign-in always gets a new token; one that the browser brought along ends. */
  private void openSession(Visit visit, String accountId) {
    if (visit.session() != null) {
      services.sessions().end(visit.token());
    }
    String token =
        services.sessions().open(accountId, Device.name(visit.ctx().userAgent()), visit.address());
    SessionCookie.write(visit.ctx(), token);
  }

  private Answer enrol(Visit visit) {
    if (services.factors().enrolled(visit.accountId())) {
      return Answer.elsewhere(visit.known().full() ? "/wallets" : "/signin/factor");
    }
    return Answer.page(
        Page.SIGNUP_FACTOR, secret(visit, () -> services.factors().begin(visit.accountId())));
  }

  /**
   * What an app is told, each time it is asked for; not beside a complaint about a code: the app
   * has one then, and where secrets are handed out once, another would be of no use to it.
   */
  static Map<String, Object> secret(Visit visit, Supplier<Enrolment> enrolment) {
    Map<String, Object> model = new HashMap<>();
    Refusal before = LastWord.look(visit.ctx());
    boolean wrong = before != null && before.is(Token.CODE_WRONG);
    Enrolment shown = wrong ? null : enrolment.get();
    model.put("secret", shown == null ? null : Words.grouped(shown.secret()));
    model.put(
        "qr",
        shown == null ? null : QrPicture.of(QrCode.encodeText(shown.uri(), QrCode.Ecc.MEDIUM)));
    return model;
  }

  /** The recovery codes are in the answer itself, so that they rest nowhere on the way. */
  private Answer confirmFactor(Visit visit) {
    List<String> codes = services.factors().confirm(visit.accountId(), visit.field("code"));
    arrive(visit, true);
    return Answer.page(Page.SIGNUP_CODES, codesModel(visit, codes, true));
  }

  private Answer signUpAgain(Visit visit) {
    services.accounts().discard(visit.accountId());
    SessionCookie.clear(visit.ctx());
    return Answer.elsewhere("/signup");
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
    arrive(visit, false);
    return Answer.elsewhere("/wallets");
  }

  private void arrive(Visit visit, boolean first) {
    Arrived arrived =
        services.sessions().upgrade(visit.token(), BrowserCookie.read(visit.ctx()), first);
    SessionCookie.write(visit.ctx(), arrived.token());
    BrowserCookie.write(visit.ctx(), arrived.browser());
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
    return Answer.page(Page.SIGNUP_CODES, codesModel(visit, codes, false));
  }

  private Map<String, Object> codesModel(Visit visit, List<String> codes, boolean first) {
    Map<String, Object> model = new HashMap<>();
    model.put("codes", codes);
    model.put("first", first);
    model.put("from", services.factors().recoveryFrom(visit.accountId()));
    return model;
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
