package org.trefoil.server.http;

import java.util.List;
import java.util.Map;
import org.trefoil.core.wire.Json;
import org.trefoil.core.wire.NextPage;
import org.trefoil.core.wire.SignupCodeRequest;
import org.trefoil.core.wire.SignupRequest;
import org.trefoil.server.account.Email;
import org.trefoil.server.http.RateLimits.For;
import org.trefoil.server.http.Route.Who;

/**
 * Signing up: where mail is sent by a letter and its code, so that no answer tells whether an
 * address has an account, and else at once; then the first second factor.
 */
final class SignUpRoutes {
  private final Services services;
  private final RateLimits limits;
  private final Arrivals arrivals;

  SignUpRoutes(Services services, RateLimits limits) {
    this.services = services;
    this.limits = limits;
    this.arrivals = new Arrivals(services.sessions());
  }

  List<Route> routes() {
    return List.of(
        Route.page("/signup", Who.ANYONE, this::page),
        Route.form("/signup", Who.ANYONE, For.SIGNUP_LETTER, "/signup", Route.evenly(this::begin)),
        Route.page("/signup/code", Who.ANYONE, this::codePage),
        Route.write(
            "/api/account/signup/code", Who.ANYONE, For.SIGNUP_CODE, Route.evenly(this::checkCode)),
        Route.write("/api/account/signup", Who.ANYONE, For.SIGNUP, Route.evenly(this::signUp)),
        Route.page("/signup/factor", Who.HALF, this::enrol),
        Route.form("/signup/factor", Who.HALF, For.FACTOR, "/signup/factor", this::confirmFactor),
        Route.form("/signup/again", Who.HALF, For.FACTOR, "/signup/factor", this::signUpAgain));
  }

  private Answer page(Visit visit) {
    if (Arrivals.is(visit)) {
      return Answer.elsewhere("/wallets");
    }
    return Answer.page(
        Page.SIGNUP,
        Map.of(
            "letters",
            services.accounts().signsUpByLetter(),
            "begun",
            SignUpCookie.read(visit.ctx())));
  }

  /** Answers every address alike; what a stranger learns of one is nothing. */
  private Answer begin(Visit visit) {
    Email email = Email.parse(visit.field("email"));
    String from = RateLimits.address(visit.address());
    limits.take(For.SIGNUP_LETTER_EMAIL, RateLimits.email(email.text(), from));
    String tagged = RateLimits.tagged(email.text());
    if (tagged != null) {
      limits.take(For.SIGNUP_LETTER_TAGGED, tagged);
    }
    limits.take(For.SIGNUP_LETTER_ALL, "");
    services.accounts().beginSignUp(email.text());
    SignUpCookie.write(visit.ctx(), email);
    return Answer.elsewhere("/signup/code");
  }

  private Answer codePage(Visit visit) {
    if (Arrivals.is(visit)) {
      return Answer.elsewhere("/wallets");
    }
    return services.accounts().signsUpByLetter()
        ? Answer.page(Page.SIGNUP_CODE, Map.of("begun", SignUpCookie.read(visit.ctx())))
        : Answer.elsewhere("/signup");
  }

  private Answer checkCode(Visit visit) {
    SignupCodeRequest request = SignupCodeRequest.fromJson(visit.json());
    countTry(visit, request.email());
    services.accounts().checkSignUp(request.email(), request.code());
    return Answer.json(Json.object().json());
  }

  private Answer signUp(Visit visit) {
    SignupRequest request = SignupRequest.fromJson(visit.json());
    if (services.accounts().signsUpByLetter()) {
      countTry(visit, request.email());
    }
    arrivals.half(visit, services.accounts().signUp(request));
    SignUpCookie.clear(visit.ctx());
    return Answer.created(new NextPage("/signup/factor").toJson());
  }

  /** By who tries: a stranger's tries are not those of whom the letter went to. */
  private void countTry(Visit visit, String email) {
    String from = RateLimits.address(visit.address());
    limits.take(For.SIGNUP_CODE_EMAIL, RateLimits.email(Email.parse(email).text(), from));
  }

  private Answer enrol(Visit visit) {
    if (services.factors().enrolled(visit.accountId())) {
      return Answer.elsewhere(visit.known().full() ? "/wallets" : "/signin/factor");
    }
    return Answer.page(
        Page.SIGNUP_FACTOR,
        FactorPages.secret(visit, () -> services.factors().begin(visit.accountId())));
  }

  /** The recovery codes are in the answer itself, so that they rest nowhere on the way. */
  private Answer confirmFactor(Visit visit) {
    List<String> codes = services.factors().confirm(visit.accountId(), visit.field("code"));
    arrivals.full(visit, true);
    return Answer.page(Page.SIGNUP_CODES, FactorPages.codes(services, visit, codes, true));
  }

  private Answer signUpAgain(Visit visit) {
    services.accounts().discard(visit.accountId());
    SessionCookie.clear(visit.ctx());
    return Answer.elsewhere("/signup");
  }
}
