package org.trefoil.server.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.trefoil.core.wire.ActivateRequest;
import org.trefoil.core.wire.Nothing;
import org.trefoil.core.wire.PasscodeCheckAnswer;
import org.trefoil.core.wire.PasscodeCheckRequest;
import org.trefoil.core.wire.PasscodeRequest;
import org.trefoil.core.wire.WalletState;
import org.trefoil.core.wire.WalletView;
import org.trefoil.server.http.RateLimits.For;
import org.trefoil.server.http.Route.Who;

/** What a person does when a passcode, a sheet or a key is lost or seen. */
final class KeyRoutes {
  private final Services services;

  KeyRoutes(Services services) {
    this.services = services;
  }

  List<Route> routes() {
    return List.of(
        Route.page("/wallets/{wallet}/safety", Who.FULL, this::safety),
        Route.page("/wallets/{wallet}/passcode", Who.FULL, this::passcodePage),
        Route.page("/wallets/{wallet}/replace", Who.FULL, this::replace),
        Route.page("/wallets/{wallet}/move", Who.FULL, this::move),
        Route.form(
            "/wallets/{wallet}/drill/later",
            Who.FULL,
            For.CEREMONY,
            "/wallets/{wallet}",
            this::later),
        Route.write("/api/wallets/{wallet}/passcode", Who.FULL, For.CONFIRM, this::passcode),
        Route.write(
            "/api/wallets/{wallet}/passcode/try", Who.FULL, For.CEREMONY, this::passcodeTried),
        Route.write("/api/wallets/{wallet}/successor", Who.FULL, For.NEW_WALLET, this::successor),
        Route.write("/api/wallets/{wallet}/heirs", Who.FULL, For.ADDRESS, this::heirs),
        Route.write("/api/wallets/{wallet}/drill", Who.FULL, For.CEREMONY, this::drill));
  }

  private WalletView view(Visit visit) {
    return services.wallets().view(visit.accountId(), visit.id("wallet"));
  }

  private static Answer overview(WalletView wallet) {
    return Answer.elsewhere("/wallets/" + wallet.walletId());
  }

  private Answer passcodePage(Visit visit) {
    WalletView wallet = view(visit);
    if (!wallet.state().live()) {
      return overview(wallet);
    }
    String accountId = visit.accountId();
    Map<String, Object> model = new HashMap<>();
    model.put("wallet", wallet);
    model.put("now", services.keys().now());
    model.put("openings", services.passkeys().openings(accountId, wallet.walletId()));
    model.put("hasPasskeys", !services.passkeys().list(accountId).isEmpty());
    return Answer.page(Page.PASSCODE, model);
  }

  private Answer safety(Visit visit) {
    WalletView wallet = view(visit);
    if (!wallet.state().live()) {
      return overview(wallet);
    }
    Map<String, Object> model = new HashMap<>();
    model.put("wallet", wallet);
    model.put("paper", services.keys().paper(visit.accountId(), wallet.walletId()));
    model.put("family", services.keys().family(visit.accountId(), wallet.walletId()));
    model.put("keys", Keys.of(wallet));
    model.put("ruled", ruled(visit, wallet));
    model.put("codesLeft", services.factors().recoveryLeft(visit.accountId()));
    return Answer.page(Page.SAFETY, model);
  }

  private Answer replace(Visit visit) {
    WalletView wallet = view(visit);
    String next = services.keys().family(visit.accountId(), wallet.walletId()).next();
    if (next != null) {
      return Answer.elsewhere("/wallets/" + next + "/check");
    }
    return wallet.state() == WalletState.ACTIVE
        ? Answer.page(
            Page.REPLACE,
            Map.of("wallet", wallet, "keys", Keys.of(wallet), "ruled", ruled(visit, wallet)))
        : overview(wallet);
  }

  /** Whether rules were signed for it, which new keys do not take along. */
  private boolean ruled(Visit visit, WalletView wallet) {
    return wallet.state() == WalletState.ACTIVE
        && !services.policies().state(visit.accountId(), wallet.walletId()).versions().isEmpty();
  }

  private Answer move(Visit visit) {
    WalletView wallet = view(visit);
    return wallet.state() == WalletState.REPLACED
        ? Answer.page(Page.MOVE, Map.of("wallet", wallet))
        : overview(wallet);
  }

  private Answer later(Visit visit) {
    String walletId = visit.id("wallet");
    services.keys().later(visit.accountId(), walletId);
    return Answer.elsewhere("/wallets/" + walletId);
  }

  private Answer passcode(Visit visit) {
    PasscodeRequest request = PasscodeRequest.fromJson(visit.json());
    return Answer.json(
        services.keys().changePasscode(visit.accountId(), visit.id("wallet"), request).toJson());
  }

  private Answer passcodeTried(Visit visit) {
    PasscodeCheckRequest request = PasscodeCheckRequest.fromJson(visit.json());
    int heldBack = services.keys().triedPasscode(visit.accountId(), visit.id("wallet"), request);
    return Answer.json(new PasscodeCheckAnswer(heldBack).toJson());
  }

  private Answer successor(Visit visit) {
    Nothing.fromJson(visit.json());
    return Answer.created(
        services.keys().successor(visit.accountId(), visit.id("wallet")).toJson());
  }

  private Answer heirs(Visit visit) {
    Nothing.fromJson(visit.json());
    return Answer.json(services.keys().heirs(visit.accountId(), visit.id("wallet")).toJson());
  }

  private Answer drill(Visit visit) {
    ActivateRequest request = ActivateRequest.fromJson(visit.json());
    services.keys().drilled(visit.accountId(), visit.id("wallet"), request);
    return Answer.json(view(visit).toJson());
  }
}
