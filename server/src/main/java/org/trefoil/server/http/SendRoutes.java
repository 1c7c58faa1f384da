package org.trefoil.server.http;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.wire.ConfirmRequest;
import org.trefoil.core.wire.MemberRole;
import org.trefoil.core.wire.Nothing;
import org.trefoil.core.wire.SendKind;
import org.trefoil.core.wire.SendRequest;
import org.trefoil.core.wire.SendState;
import org.trefoil.core.wire.SendView;
import org.trefoil.core.wire.WalletView;
import org.trefoil.server.http.RateLimits.For;
import org.trefoil.server.http.Route.Who;
import org.trefoil.server.http.Services.Practice;

/** Sends, and the practice chain's extras. */
final class SendRoutes {
  private static final String SEND = "/wallets/{wallet}/sends/{send}";

  /** Of these a second factor was given. */
  private static final Set<SendState> CONFIRMED =
      EnumSet.of(
          SendState.HELD,
          SendState.SIGNED,
          SendState.BROADCAST,
          SendState.CONFIRMED,
          SendState.REPLACED,
          SendState.REJECTED);

  private final Services services;
  private final Sentences sentences;

  SendRoutes(Services services, Sentences sentences) {
    this.services = services;
    this.sentences = sentences;
  }

  List<Route> routes() {
    return List.of(
        Route.page(SEND, Who.FULL, this::status),
        Route.page(SEND + "/speed-up", Who.FULL, visit -> bump(visit, SendKind.BUMP)),
        Route.page(SEND + "/take-back", Who.FULL, visit -> bump(visit, SendKind.CANCEL)),
        Route.page("/wallets/{wallet}/tx/{txid}/speed-up", Who.FULL, this::pullAlong),
        Route.form(SEND + "/confirm", Who.FULL, For.CONFIRM, SEND, this::confirmForm),
        Route.page(SEND + "/psbt", Who.FULL, this::psbtFile),
        Route.page(SEND + "/proof", Who.FULL, this::proofFile),
        Route.form(SEND + "/signatures", Who.FULL, For.SEND, SEND, this::signaturesForm).withPsbt(),
        Route.form(SEND + "/cancel", Who.FULL, For.STOP, SEND, this::cancelForm),
        Route.form(SEND + "/approve", Who.FULL, For.CONFIRM, SEND, this::approve),
        Route.form(SEND + "/decline", Who.FULL, For.CONFIRM, SEND, this::decline),
        Route.form(
            "/wallets/{wallet}/practice/coins",
            Who.FULL,
            For.PRACTICE,
            "/wallets/{wallet}/receive",
            this::coinsForm),
        Route.write("/api/wallets/{wallet}/sends", Who.FULL, For.SEND, this::propose).withPsbt(),
        Route.read(
            "/api/wallets/{wallet}/sends/{send}",
            Who.FULL,
            visit -> Answer.json(view(visit).toJson())),
        Route.read(
            "/api/wallets/{wallet}/sends/{send}/waiting",
            Who.FULL,
            visit ->
                Answer.json(
                    services
                        .sends()
                        .waiting(visit.accountId(), visit.id("wallet"), visit.id("send"))
                        .toJson())),
        Route.read(
            "/api/wallets/{wallet}/tx/{txid}/waiting",
            Who.FULL,
            visit ->
                Answer.json(
                    services
                        .sends()
                        .waitingPayment(visit.accountId(), visit.id("wallet"), visit.id("txid"))
                        .toJson())),
        Route.write(
            "/api/wallets/{wallet}/sends/{send}/confirm", Who.FULL, For.CONFIRM, this::confirm),
        Route.write("/api/wallets/{wallet}/sends/{send}/cancel", Who.FULL, For.STOP, this::cancel),
        Route.write("/api/wallets/{wallet}/practice/coins", Who.FULL, For.PRACTICE, this::coins),
        Route.write("/api/practice/mine", Who.FULL, For.PRACTICE, this::mine));
  }

  private SendView view(Visit visit) {
    return services.sends().view(visit.accountId(), visit.id("wallet"), visit.id("send"));
  }

  /** The vault speeds up or takes back a send that waits; any other leads to how it stands. */
  private Answer bump(Visit visit, SendKind how) {
    services.wallets().view(visit.accountId(), visit.id("wallet"), MemberRole.SPENDER);
    SendView send = view(visit);
    return send.open() ? bump(visit, how, send.sendId(), "") : here(visit);
  }

  private Answer pullAlong(Visit visit) {
    return bump(visit, SendKind.CHILD, "", visit.id("txid"));
  }

  private Answer bump(Visit visit, SendKind how, String sendId, String txid) {
    return Answer.page(
        Page.BUMP,
        Map.of(
            "wallet",
            services.wallets().view(visit.accountId(), visit.id("wallet"), MemberRole.SPENDER),
            "how",
            how.name(),
            "sendId",
            sendId,
            "txid",
            txid));
  }

  private Answer status(Visit visit) {
    SendView send = view(visit);
    Map<String, Object> model = new HashMap<>();
    WalletView wallet =
        services.wallets().view(visit.accountId(), visit.id("wallet"), MemberRole.VIEWER);
    model.put("wallet", wallet);
    model.put("send", send);
    model.put("begun", services.sends().begun(visit.accountId(), wallet.walletId(), send.sendId()));
    if (send.state() == SendState.NEEDS_SIGNATURES && wallet.role().spends()) {
      model.putAll(Signers.of(wallet, send, psbt(visit)));
    }
    verdict(visit, send, model);
    model.put("poll", services.sends().poll(visit.accountId(), wallet.walletId(), send.sendId()));
    model.put("reason", reason(send));
    model.put("proof", CONFIRMED.contains(send.state()));
    model.put("proved", proof(visit) != null);
    model.put("heldBack", heldBack(visit, send));
    model.put("total", WalletRoutes.total(send));
    model.put("words", String.join(" ", send.digestWords()));
    boolean ours = send.kind() == SendKind.CANCEL || send.kind() == SendKind.CHILD;
    model.put("ours", ours);
    // A higher fee comes out of what comes back.
    model.put("faster", ours || send.change() != null);
    String replaces = send.replaces();
    model.put(
        "before",
        replaces == null
            ? null
            : services.sends().view(visit.accountId(), visit.id("wallet"), replaces));
    return Answer.page(Page.SEND_STATUS, model);
  }

  /** How many other sends were held back and wait to be cancelled. */
  private long heldBack(Visit visit, SendView shown) {
    return services.sends().waiting(visit.accountId(), visit.id("wallet")).stream()
        .filter(send -> WalletRoutes.heldBack(send) && !send.sendId().equals(shown.sendId()))
        .count();
  }

  /** Why a send ended: what the network or a member said, or that it waited in vain. */
  private @Nullable String reason(SendView send) {
    String reason = send.reason();
    for (Token token :
        List.of(Token.APPROVAL_REFUSED, Token.APPROVAL_EXPIRED, Token.SENDER_REMOVED)) {
      if (token.token().equals(reason)) {
        return sentences.of(Refusal.of(token));
      }
    }
    if (Token.APPROVERS_TOO_FEW.token().equals(reason)) {
      return "Too few are left who may say yes to it.";
    }
    boolean waited = send.state() == SendState.CANCELLED && send.kind() == SendKind.PAYMENT;
    return waited && reason != null
        ? "When its time came, your rules or its coins did not allow it any more (" + reason + ")."
        : reason;
  }

  /** What the wallet's rules say of a send that waits for its code, or by them. */
  private void verdict(Visit visit, SendView send, Map<String, Object> model) {
    String accountId = visit.accountId();
    boolean held = send.state() == SendState.HELD;
    Policies.Preview preview =
        send.state() == SendState.NEEDS_FACTOR || (held && !WalletRoutes.heldBack(send))
            ? services
                .policies()
                .preview(accountId, visit.id("wallet"), send.sendId(), visit.whence())
            : new Policies.Preview(false, null, List.of());
    // Of a send that waits for a yes the page tells more than that.
    model.put(
        "reasons",
        preview.reasons().stream()
            .filter(why -> !held || !why.is(Token.NEEDS_APPROVAL))
            .map(sentences::of)
            .toList());
    model.put("refused", preview.refused());
    model.put(
        "heldUntil",
        held
            ? services.policies().heldUntil(accountId, visit.id("wallet"), send.sendId())
            : preview.heldUntil());
  }

  private Answer confirmForm(Visit visit) {
    services
        .sends()
        .confirm(
            visit.accountId(),
            visit.id("wallet"),
            visit.id("send"),
            visit.field("code"),
            visit.whence());
    return here(visit);
  }

  private byte[] psbt(Visit visit) {
    return services.sends().psbt(visit.accountId(), visit.id("wallet"), visit.id("send"));
  }

  /** As text, which programs and devices take as they take the binary form. */
  private Answer psbtFile(Visit visit) {
    String name = "trefoil-" + String.join("-", view(visit).digestWords()) + ".psbt";
    return new Answer.OfFile(name, "text/plain", Signers.base64(psbt(visit)));
  }

  private @Nullable String proof(Visit visit) {
    return services.proofs().file(visit.accountId(), visit.id("wallet"), visit.id("send"));
  }

  /** Where there is none it leads to how the send stands, which says why. */
  private Answer proofFile(Visit visit) {
    String file = proof(visit);
    if (file == null) {
      return here(visit);
    }
    String name = "trefoil-proof-" + String.join("-", view(visit).digestWords()) + ".json";
    return new Answer.OfFile(name, "application/json", file);
  }

  private Answer signaturesForm(Visit visit) {
    services
        .sends()
        .addSignatures(
            visit.accountId(), visit.id("wallet"), visit.id("send"), visit.field("psbt"));
    return here(visit);
  }

  private Answer approve(Visit visit) {
    services
        .sends()
        .approve(visit.accountId(), visit.id("wallet"), visit.id("send"), visit.field("code"));
    return here(visit);
  }

  private Answer decline(Visit visit) {
    services.sends().decline(visit.accountId(), visit.id("wallet"), visit.id("send"));
    return here(visit);
  }

  private Answer cancelForm(Visit visit) {
    services.sends().cancel(visit.accountId(), visit.id("wallet"), visit.id("send"));
    return here(visit);
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
            .confirm(visit.accountId(), visit.id("wallet"), visit.id("send"), code, visit.whence())
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
