package org.trefoil.server.http;

import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.trefoil.core.policy.RulesCheck;
import org.trefoil.core.wire.Json;
import org.trefoil.core.wire.MemberRole;
import org.trefoil.core.wire.Nothing;
import org.trefoil.core.wire.PolicyRequest;
import org.trefoil.core.wire.PreviewRequest;
import org.trefoil.core.wire.ReceiptRequest;
import org.trefoil.core.wire.WalletState;
import org.trefoil.core.wire.WalletView;
import org.trefoil.server.http.RateLimits.For;
import org.trefoil.server.http.Route.Who;

/** A wallet's rules: what holds, what waits, and the stop of everything. */
final class PolicyRoutes {
  private static final String WALLET = "/wallets/{wallet}";
  private static final String RULES = WALLET + "/rules";

  private final Services services;
  private final Sentences sentences;

  PolicyRoutes(Services services, Sentences sentences) {
    this.services = services;
    this.sentences = sentences;
  }

  List<Route> routes() {
    return List.of(
        Route.page(RULES, Who.FULL, this::rules),
        Route.form(RULES + "/cancel", Who.FULL, For.STOP, RULES, this::cancel),
        Route.form(RULES + "/freeze", Who.FULL, For.STOP, RULES, this::freeze),
        Route.form(RULES + "/thaw", Who.FULL, For.CONFIRM, RULES, this::thaw),
        Route.page("/rules/{link}", Who.ANYONE, this::linkPage),
        Route.form("/rules/{link}", Who.ANYONE, For.LINK, "/rules/{link}", this::link),
        Route.read(
            "/api/wallets/{wallet}/policy",
            Who.FULL,
            visit -> Answer.json(policies().view(visit.accountId(), id(visit)).toJson())),
        Route.write("/api/wallets/{wallet}/policy", Who.FULL, For.CONFIRM, this::sign),
        Route.write("/api/wallets/{wallet}/policy/held", Who.FULL, For.RECEIPT, this::held),
        Route.write("/api/wallets/{wallet}/verdict", Who.FULL, For.SEND, this::verdict));
  }

  private Policies policies() {
    return services.policies();
  }

  private static String id(Visit visit) {
    return visit.id("wallet");
  }

  private Answer rules(Visit visit) {
    WalletView wallet = services.wallets().view(visit.accountId(), id(visit), MemberRole.VIEWER);
    if (!wallet.state().live()) {
      return Answer.elsewhere("/wallets/" + wallet.walletId());
    }
    Policies.State state = policies().state(visit.accountId(), wallet.walletId());
    Integer broken = state.broken();
    Map<String, Object> model = new HashMap<>();
    model.put("wallet", wallet);
    model.put("state", state);
    model.put("changes", wallet.state() == WalletState.ACTIVE && wallet.role().administers());
    List<Members.Person> people =
        services.members().circle(visit.accountId(), wallet.walletId()).people();
    model.put("approvers", people.stream().filter(one -> one.role().approves()).toList());
    model.put("spenders", people.stream().filter(one -> one.role().spends()).toList());
    model.put("mostWindows", RulesCheck.MOST_WINDOWS);
    model.put("mostMembers", RulesCheck.MOST_MEMBERS);
    model.put("broken", broken == null ? null : Integer.toString(broken));
    return Answer.page(Page.RULES, model);
  }

  private Answer here(Visit visit) {
    return Answer.elsewhere(visit.filled(RULES));
  }

  private Answer cancel(Visit visit) {
    policies().cancel(visit.accountId(), id(visit));
    return here(visit);
  }

  private Answer freeze(Visit visit) {
    policies().freeze(visit.accountId(), id(visit));
    return here(visit);
  }

  private Answer thaw(Visit visit) {
    policies().thaw(visit.accountId(), id(visit), visit.field("code"));
    return here(visit);
  }

  private Answer sign(Visit visit) {
    policies().sign(visit.accountId(), id(visit), PolicyRequest.fromJson(visit.json()));
    return Answer.json(new Nothing().toJson());
  }

  private Answer held(Visit visit) {
    ReceiptRequest asked = ReceiptRequest.fromJson(visit.json());
    byte[] nonce = Base64.getDecoder().decode(asked.nonce());
    return Answer.json(policies().held(visit.accountId(), id(visit), nonce).toJson());
  }

  private Answer verdict(Visit visit) {
    PreviewRequest asked = PreviewRequest.fromJson(visit.json());
    return Answer.json(
        json(
            policies()
                .preview(
                    visit.accountId(),
                    id(visit),
                    asked.recipients(),
                    asked.fee(),
                    visit.whence())));
  }

  private Json json(Policies.Preview preview) {
    return Json.object()
        .put("refused", preview.refused())
        .put("heldUntil", preview.heldUntil())
        .putTexts("reasons", preview.reasons().stream().map(sentences::of).toList())
        .json();
  }

  private Answer linkPage(Visit visit) {
    Policies.Cancellation cancels = policies().lookAtCancel(visit.id("link"));
    String name = "\u201C" + cancels.wallet() + "\u201D";
    return cancels.thaw()
        ? LinkPage.of(
            "Keep it stopped?",
            "The wallet " + name + " signs nothing until somebody lets it go on anew.",
            "Keep it stopped")
        : LinkPage.of(
            "Keep it as it is?",
            "What was to become looser in the wallet " + name + " is cancelled for good.",
            "Cancel it");
  }

  private Answer link(Visit visit) {
    policies().cancelByLink(visit.id("link"));
    return LinkPage.of(
        "Cancelled",
        "The wallet stays as it is. If it was not you who began this, somebody has your second"
            + " factor: change your password, and have the factor replaced.",
        null);
  }
}
