package org.trefoil.server.http;

import java.util.List;
import java.util.Map;
import org.trefoil.core.wire.FactorCode;
import org.trefoil.core.wire.NewPasskeyRequest;
import org.trefoil.core.wire.NextPage;
import org.trefoil.core.wire.Nothing;
import org.trefoil.core.wire.PasskeyAnswer;
import org.trefoil.core.wire.PasskeyChange;
import org.trefoil.server.http.RateLimits.For;
import org.trefoil.server.http.Route.Who;

/** Passkeys: registered and changed, and asked in the place of codes and passwords. */
final class PasskeyRoutes {
  private static final String PAGE = "/account/passkeys";
  private static final String ONE = "/api/account/passkeys/{passkey}";
  private static final String SEND = "/api/wallets/{wallet}/sends/{send}/passkey";
  private static final String YES = "/api/wallets/{wallet}/sends/{send}/approve";

  private final Services services;

  PasskeyRoutes(Services services) {
    this.services = services;
  }

  List<Route> routes() {
    return List.of(
        Route.page(PAGE, Who.FULL, this::page),
        Route.write("/api/account/passkeys/question", Who.FULL, For.FACTOR, this::begin),
        Route.write("/api/account/passkeys", Who.FULL, For.FACTOR, this::add),
        Route.write(ONE, Who.FULL, For.FACTOR, this::change),
        Route.write(ONE + "/remove", Who.FULL, For.FACTOR, this::remove),
        Route.write(ONE + "/vouch/question", Who.FULL, For.FACTOR, this::askVouch),
        Route.write(ONE + "/vouch", Who.FULL, For.FACTOR, this::vouch),
        Route.write("/api/account/step-up/question", Who.HALF, For.FACTOR, this::askStepUp),
        Route.write("/api/account/step-up", Who.HALF, For.FACTOR, this::answerStepUp),
        Route.write("/api/account/passkey-signin/question", Who.ANYONE, For.SIGNIN, this::ask),
        Route.write("/api/account/passkey-signin", Who.ANYONE, For.SIGNIN, this::signIn),
        Route.write(SEND + "/question", Who.FULL, For.CONFIRM, this::askSend),
        Route.write(SEND, Who.FULL, For.CONFIRM, this::confirm),
        Route.write(YES + "/question", Who.FULL, For.CONFIRM, this::askVote),
        Route.write(YES, Who.FULL, For.CONFIRM, this::approve));
  }

  private Answer page(Visit visit) {
    List<Passkeys.Line> passkeys = services.passkeys().list(visit.accountId());
    return Answer.page(
        Page.PASSKEYS,
        Map.of(
            "passkeys",
            passkeys,
            "vouched",
            passkeys.stream().anyMatch(passkey -> passkey.countsFrom() == null),
            "leavesLate",
            services.passkeys().leavesLate(),
            "origin",
            services.passkeys().origin()));
  }

  private Answer begin(Visit visit) {
    String code = FactorCode.fromJson(visit.json()).code();
    return Answer.json(services.passkeys().begin(visit.accountId(), code).toJson());
  }

  private Answer add(Visit visit) {
    NewPasskeyRequest made = NewPasskeyRequest.fromJson(visit.json());
    services.passkeys().add(visit.accountId(), visit.token(), made);
    return Answer.created(new NextPage(PAGE).toJson());
  }

  private Answer change(Visit visit) {
    PasskeyChange change = PasskeyChange.fromJson(visit.json());
    services.passkeys().change(visit.accountId(), visit.id("passkey"), change, visit.token());
    return Answer.json(new NextPage(PAGE).toJson());
  }

  private Answer remove(Visit visit) {
    String code = FactorCode.fromJson(visit.json()).code();
    services.passkeys().remove(visit.accountId(), visit.id("passkey"), code, visit.token());
    return Answer.json(new NextPage(PAGE).toJson());
  }

  private Answer askVouch(Visit visit) {
    Nothing.fromJson(visit.json());
    return Answer.json(
        services.passkeys().askVouch(visit.accountId(), visit.id("passkey")).toJson());
  }

  private Answer vouch(Visit visit) {
    PasskeyAnswer answer = PasskeyAnswer.fromJson(visit.json());
    services.passkeys().vouch(visit.accountId(), visit.id("passkey"), answer);
    return Answer.json(new NextPage(PAGE).toJson());
  }

  private Answer askStepUp(Visit visit) {
    Nothing.fromJson(visit.json());
    return Answer.json(services.passkeys().askStepUp(visit.accountId()).toJson());
  }

  private Answer answerStepUp(Visit visit) {
    PasskeyAnswer answer = PasskeyAnswer.fromJson(visit.json());
    return Answer.json(services.passkeys().answerStepUp(visit.accountId(), answer).toJson());
  }

  private Answer ask(Visit visit) {
    Nothing.fromJson(visit.json());
    return Answer.json(services.passkeys().askSignIn().toJson());
  }

  /** A sign-in always gets a new token; one that the browser brought along ends. */
  private Answer signIn(Visit visit) {
    PasskeyAnswer answer = PasskeyAnswer.fromJson(visit.json());
    String accountId = services.passkeys().signIn(answer);
    if (visit.session() != null) {
      services.sessions().end(visit.token());
    }
    String device = Device.name(visit.ctx().userAgent());
    String half = services.sessions().open(accountId, device, visit.address());
    Services.Arrived full =
        services.sessions().upgrade(half, BrowserCookie.read(visit.ctx()), false);
    SessionCookie.write(visit.ctx(), full.token());
    BrowserCookie.write(visit.ctx(), full.browser());
    return Answer.json(new NextPage("/wallets").toJson());
  }

  private Answer askSend(Visit visit) {
    Nothing.fromJson(visit.json());
    return Answer.json(
        services
            .passkeys()
            .askSend(visit.accountId(), visit.id("wallet"), visit.id("send"))
            .toJson());
  }

  private Answer askVote(Visit visit) {
    Nothing.fromJson(visit.json());
    return Answer.json(
        services
            .passkeys()
            .askVote(visit.accountId(), visit.id("wallet"), visit.id("send"))
            .toJson());
  }

  private Answer approve(Visit visit) {
    PasskeyAnswer answer = PasskeyAnswer.fromJson(visit.json());
    services.passkeys().approve(visit.accountId(), visit.id("wallet"), visit.id("send"), answer);
    return Answer.json(new Nothing().toJson());
  }

  private Answer confirm(Visit visit) {
    PasskeyAnswer answer = PasskeyAnswer.fromJson(visit.json());
    return Answer.json(
        services
            .passkeys()
            .confirm(
                visit.accountId(), visit.id("wallet"), visit.id("send"), answer, visit.whence())
            .toJson());
  }
}
