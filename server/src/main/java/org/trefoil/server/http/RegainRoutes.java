package org.trefoil.server.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.wire.ChangeEmailRequest;
import org.trefoil.core.wire.LostFactorRequest;
import org.trefoil.core.wire.NewEmailRequest;
import org.trefoil.core.wire.NewPasswordRequest;
import org.trefoil.core.wire.NextPage;
import org.trefoil.core.wire.ProvedKeysRequest;
import org.trefoil.server.http.RateLimits.For;
import org.trefoil.server.http.Route.Who;

/**
 * Ways back into an account. Opening a link of a mail changes nothing: each leads to a page with a
 * button, for programs open links too.
 */
final class RegainRoutes {
  private final Regain regain;
  private final Services.Sessions sessions;
  private final RateLimits limits;

  RegainRoutes(Services services, RateLimits limits) {
    this.regain = services.regain();
    this.sessions = services.sessions();
    this.limits = limits;
  }

  List<Route> routes() {
    return List.of(
        Route.page("/forgot", Who.ANYONE, this::forgotPage),
        Route.form("/forgot", Who.ANYONE, For.FORGOT, "/forgot", Route.evenly(this::forgot)),
        Route.page("/new-password/{token}", Who.ANYONE, this::newPasswordPage),
        Route.form(
            "/new-password/{token}", Who.ANYONE, For.LINK, "/new-password/{token}", this::giveCode),
        Route.write("/api/account/new-password", Who.ANYONE, For.LINK, this::newPassword),
        Route.page("/factor-lost", Who.HALF, this::factorLostPage),
        Route.form("/factor-lost", Who.HALF, For.KEYS, "/factor-lost", this::factorLostNoKeys),
        Route.form("/factor-lost/cancel", Who.FULL, null, "/factor-lost", this::cancelFactor),
        Route.write("/api/account/factor-lost", Who.HALF, For.KEYS, this::factorLost),
        Route.write("/api/account/factor-lost/keys", Who.HALF, For.KEYS, this::keys),
        Route.page("/new-factor/{token}", Who.HALF, this::newFactorPage),
        Route.form(
            "/new-factor/{token}", Who.HALF, For.FACTOR, "/new-factor/{token}", this::newFactor),
        Route.page("/account/email", Who.FULL, this::emailPage),
        Route.form("/account/email/cancel", Who.FULL, null, "/account/email", this::cancelEmail),
        Route.write("/api/account/email/question", Who.FULL, For.KEYS, this::emailQuestion),
        Route.write("/api/account/email", Who.FULL, For.PASSWORD, Route.evenly(this::changeEmail)),
        Route.page("/new-email/{token}", Who.ANYONE, this::newEmailPage),
        Route.form(
            "/new-email/{token}", Who.ANYONE, For.LINK, "/new-email/{token}", this::newEmail),
        Route.page("/cancel/{link}", Who.ANYONE, this::cancelPage),
        Route.form("/cancel/{link}", Who.ANYONE, For.LINK, "/cancel/{link}", this::cancel),
        Route.page("/practice/mail", Who.ANYONE, visit -> mail(null)),
        Route.page("/account/mail", Who.FULL, visit -> mail(visit.accountId())));
  }

  private Answer forgotPage(Visit visit) {
    return Answer.page(
        Page.FORGOT,
        Map.of(
            "sent",
            "1".equals(visit.ctx().queryParam("sent")),
            "mails",
            regain.mails(),
            "shown",
            regain.showsMail()));
  }

  /** Answers every address alike; what a stranger learns of one is nothing. */
  private Answer forgot(Visit visit) {
    String email = visit.field("email");
    limits.take(For.FORGOT_EMAIL, RateLimits.email(email, RateLimits.address(visit.address())));
    regain.forgot(email);
    return Answer.elsewhere("/forgot?sent=1");
  }

  private Answer newPasswordPage(Visit visit) {
    String token = visit.id("token");
    return regain.asksCode(token)
        ? Answer.page(Page.NEW_PASSWORD_CODE, Map.of("token", token))
        : newPassword(token);
  }

  private Answer newPassword(String token) {
    return Answer.page(Page.NEW_PASSWORD, Map.of("email", regain.email(token), "token", token));
  }

  private Answer giveCode(Visit visit) {
    // Not in an address: what is given here needs no mail and no code any more.
    return newPassword(regain.giveCode(visit.id("token"), visit.field("code")));
  }

  private Answer newPassword(Visit visit) {
    regain.newPassword(NewPasswordRequest.fromJson(visit.json()));
    return Answer.json(new NextPage("/signin").toJson());
  }

  private Answer factorLostPage(Visit visit) {
    Map<String, Object> model = new HashMap<>();
    model.put("speakers", regain.speakers(visit.accountId()));
    model.put("hours", regain.waitHours());
    model.put("mails", regain.mails());
    model.put("alone", regain.keysAlone(visit.accountId()));
    model.put("waits", regain.pending(visit.accountId()) != null);
    return Answer.page(Page.FACTOR_LOST, model);
  }

  private Answer factorLostNoKeys(Visit visit) {
    regain.factorLostWithoutKeys(visit.accountId());
    return Answer.elsewhere("/factor-lost");
  }

  private Answer cancelFactor(Visit visit) {
    regain.cancelFactor(visit.accountId());
    return Answer.elsewhere("/wallets");
  }

  private Answer factorLost(Visit visit) {
    LostFactorRequest request = LostFactorRequest.fromJson(visit.json());
    return Answer.json(regain.factorLost(visit.accountId(), request).toJson());
  }

  private Answer keys(Visit visit) {
    ProvedKeysRequest request = ProvedKeysRequest.fromJson(visit.json());
    String token = regain.keys(visit.accountId(), request);
    String next = token == null ? "/factor-lost" : "/new-factor/" + token;
    return Answer.json(new NextPage(next).toJson());
  }

  private Answer newFactorPage(Visit visit) {
    String token = visit.id("token");
    Map<String, Object> model =
        FactorPages.secret(visit, () -> regain.newFactor(visit.accountId(), token));
    model.put("token", token);
    return Answer.page(Page.NEW_FACTOR, model);
  }

  private Answer newFactor(Visit visit) {
    Regain.Regained regained =
        regain.newFactor(visit.accountId(), visit.id("token"), visit.field("code"), visit.token());
    String browser = sessions.remember(regained.sessionToken(), BrowserCookie.read(visit.ctx()));
    SessionCookie.write(visit.ctx(), regained.sessionToken());
    BrowserCookie.write(visit.ctx(), browser);
    Map<String, Object> model = new HashMap<>();
    model.put("codes", regained.codes());
    model.put("first", false);
    model.put("from", null);
    return Answer.page(Page.SIGNUP_CODES, model);
  }

  private Answer emailPage(Visit visit) {
    Map<String, Object> model = new HashMap<>();
    model.put("speakers", regain.speakers(visit.accountId()));
    model.put("mails", regain.mails());
    model.put("shown", regain.showsMail());
    model.put("pending", regain.pendingEmail(visit.accountId()));
    return Answer.page(Page.EMAIL, model);
  }

  private Answer cancelEmail(Visit visit) {
    regain.cancelEmail(visit.accountId());
    return Answer.elsewhere("/account/email");
  }

  private Answer emailQuestion(Visit visit) {
    NewEmailRequest request = NewEmailRequest.fromJson(visit.json());
    return Answer.json(regain.newEmail(visit.accountId(), request).toJson());
  }

  private Answer changeEmail(Visit visit) {
    regain.changeEmail(visit.accountId(), ChangeEmailRequest.fromJson(visit.json()));
    return Answer.json(new NextPage("/account/email").toJson());
  }

  private Answer newEmailPage(Visit visit) {
    String email = regain.newEmail(visit.id("token"));
    return LinkPage.of(
        "Take this address?",
        "From now on your Trefoil account has the address " + email + ".",
        "Take this address");
  }

  private Answer newEmail(Visit visit) {
    boolean signedIn = visit.session() != null;
    regain.confirmEmail(visit.id("token"), signedIn ? visit.token() : "");
    return LinkPage.of(
        "Done", "Your account has its new address. Sign in with it from now on.", null);
  }

  private Answer cancelPage(Visit visit) {
    regain.lookAtCancel(visit.id("link"));
    return LinkPage.of(
        "Cancel it?",
        "What this mail told you of is cancelled for good: your account stays as it is.",
        "Cancel it");
  }

  private Answer cancel(Visit visit) {
    regain.cancel(visit.id("link"));
    return LinkPage.of(
        "Cancelled",
        "Your account stays as it is. If it was not you who began this, somebody has what the"
            + " mail says it took: change your password and every passcode, and make new"
            + " recovery codes.",
        null);
  }

  private Answer mail(@Nullable String accountId) {
    if (!regain.showsMail()) {
      throw Refusal.of(Token.PRACTICE_ONLY).exception();
    }
    return Answer.page(
        Page.MAIL, Map.of("letters", regain.mail(accountId), "own", accountId != null));
  }
}
