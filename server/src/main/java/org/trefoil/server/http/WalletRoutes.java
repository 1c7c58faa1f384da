package org.trefoil.server.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.wire.ActivateRequest;
import org.trefoil.core.wire.DraftWallet;
import org.trefoil.core.wire.History;
import org.trefoil.core.wire.HistoryItem;
import org.trefoil.core.wire.MemberRole;
import org.trefoil.core.wire.NewKeys;
import org.trefoil.core.wire.NewWalletRequest;
import org.trefoil.core.wire.Nothing;
import org.trefoil.core.wire.RecipientLine;
import org.trefoil.core.wire.RescanRequest;
import org.trefoil.core.wire.SendState;
import org.trefoil.core.wire.SendView;
import org.trefoil.core.wire.WalletState;
import org.trefoil.core.wire.WalletView;
import org.trefoil.server.duress.Duress;
import org.trefoil.server.http.RateLimits.For;
import org.trefoil.server.http.Route.Who;

/** Wallets: their pages and what the vault's bridge asks about them. */
final class WalletRoutes {
  private final Services services;

  WalletRoutes(Services services) {
    this.services = services;
  }

  List<Route> routes() {
    return List.of(
        Route.page("/wallets", Who.FULL, this::list),
        Route.page("/wallets/new", Who.FULL, visit -> birth(null)),
        Route.page("/wallets/{wallet}", Who.FULL, this::overview),
        Route.page("/wallets/{wallet}/check", Who.FULL, this::check),
        Route.page("/wallets/{wallet}/receive", Who.FULL, visit -> active(visit, Page.RECEIVE)),
        Route.page("/wallets/{wallet}/send", Who.FULL, visit -> active(visit, Page.SEND)),
        Route.page("/wallets/{wallet}/addresses", Who.FULL, this::addresses),
        Route.page("/wallets/{wallet}/tx/{txid}", Who.FULL, this::transaction),
        Route.write("/api/wallets", Who.FULL, For.NEW_WALLET, this::draft),
        Route.read(
            "/api/wallets/{wallet}",
            Who.FULL,
            visit ->
                Answer.json(
                    services
                        .passkeys()
                        .opened(visit.accountId(), view(visit, MemberRole.VIEWER))
                        .toJson())),
        Route.write("/api/wallets/{wallet}/keys", Who.FULL, For.CEREMONY, this::storeKeys),
        Route.write("/api/wallets/{wallet}/activate", Who.FULL, For.CEREMONY, this::activate),
        Route.write("/api/wallets/{wallet}/addresses", Who.FULL, For.ADDRESS, this::address),
        Route.form("/wallets/{wallet}/discard", Who.FULL, For.CEREMONY, "/wallets", this::discard),
        Route.form(
            "/wallets/{wallet}/addresses",
            Who.FULL,
            For.ADDRESS,
            "/wallets/{wallet}/receive",
            this::anotherAddress),
        Route.form(
            "/wallets/{wallet}/rescan",
            Who.FULL,
            For.RESCAN,
            "/wallets/{wallet}/addresses",
            this::rescanForm),
        Route.write("/api/wallets/{wallet}/rescan", Who.FULL, For.RESCAN, this::rescan),
        Route.read("/api/wallets/{wallet}/rescan", Who.FULL, this::rescanned),
        Route.read("/api/wallets/{wallet}/spendable", Who.FULL, this::spendable),
        Route.read("/api/wallets/{wallet}/history", Who.FULL, this::history));
  }

  private WalletView view(Visit visit, MemberRole need) {
    return services.wallets().view(visit.accountId(), visit.id("wallet"), need);
  }

  private Answer list(Visit visit) {
    return Answer.page(
        Page.WALLETS,
        Map.of(
            "families",
            services.keys().families(visit.accountId()),
            "shared",
            services.wallets().shared(visit.accountId())));
  }

  private static Answer birth(@Nullable WalletAndDraft begun) {
    Map<String, Object> model = new HashMap<>();
    model.put("name", begun == null ? "" : begun.wallet().name());
    model.put("draft", begun == null ? null : begun.draft().toJson().toString());
    return Answer.page(Page.WALLET_NEW, model);
  }

  private record WalletAndDraft(WalletView wallet, DraftWallet draft) {}

  private Answer overview(Visit visit) {
    WalletView wallet = view(visit, MemberRole.VIEWER);
    boolean owner = wallet.role() == MemberRole.OWNER;
    Services.Family family =
        owner
            ? services.keys().family(visit.accountId(), wallet.walletId())
            : new Services.Family(wallet, null, null, null, List.of());
    String replaces = family.replaces();
    if (wallet.state() == WalletState.DRAFT && replaces != null) {
      return Answer.elsewhere("/wallets/" + replaces + "/replace");
    }
    if (wallet.state() == WalletState.DRAFT) {
      DraftWallet draft = services.wallets().draftAgain(visit.accountId(), wallet.walletId());
      return birth(new WalletAndDraft(wallet, draft));
    }
    if (wallet.state() == WalletState.UNCHECKED) {
      return Answer.elsewhere("/wallets/" + wallet.walletId() + "/check");
    }
    String accountId = visit.accountId();
    List<Waiting> waiting =
        services.sends().waiting(accountId, wallet.walletId()).stream()
            .map(send -> Waiting.of(send, poll(accountId, wallet, send)))
            .toList();
    String before = visit.before();
    History history = services.wallets().history(accountId, wallet.walletId(), before);
    Map<String, Object> model = new HashMap<>();
    model.put("wallet", wallet);
    model.put("waiting", waiting);
    model.put("items", history.items());
    model.put("older", history.older());
    model.put("further", before != null);
    model.put("family", family);
    model.put("rules", services.policies().state(accountId, wallet.walletId()));
    model.put("keys", Keys.of(wallet));
    model.put(
        "paper",
        owner ? services.keys().paper(accountId, wallet.walletId()) : new Services.Paper(0, false));
    return Answer.page(Page.WALLET, model);
  }

  private Sends.@Nullable Poll poll(String accountId, WalletView wallet, SendView send) {
    return send.state() == SendState.HELD
        ? services.sends().poll(accountId, wallet.walletId(), send.sendId())
        : null;
  }

  /**
   * A send that waits for signatures, its code or a rule, as the overview shows it.
   *
   * @param yesUntil when it is over without enough yeses; null where it waits for none
   * @param yours whether one of them is asked of whoever looks
   */
  public record Waiting(
      String sendId,
      String note,
      long total,
      long expiresAt,
      int missing,
      boolean held,
      boolean heldBack,
      @Nullable Long yesUntil,
      boolean yours) {
    static Waiting of(SendView send, Sends.@Nullable Poll poll) {
      return new Waiting(
          send.sendId(),
          send.note(),
          WalletRoutes.total(send),
          send.expiresAt(),
          send.missing(),
          send.state() == SendState.HELD,
          WalletRoutes.heldBack(send),
          poll == null ? null : (Long) poll.until(),
          poll != null && poll.asks());
    }
  }

  /** Whether the second passcode signed it and its owner is back. */
  static boolean heldBack(SendView send) {
    return send.state() == SendState.HELD && Duress.HELD_BACK.equals(send.reason());
  }

  static long total(SendView send) {
    return send.recipients().stream().mapToLong(RecipientLine::amount).sum();
  }

  private Answer check(Visit visit) {
    WalletView wallet = view(visit, MemberRole.OWNER);
    if (wallet.state() == WalletState.DRAFT) {
      return Answer.elsewhere("/wallets/" + wallet.walletId());
    }
    Services.Family family = services.keys().family(visit.accountId(), wallet.walletId());
    boolean drill = wallet.state().live();
    boolean successor = !drill && family.replaces() != null;
    return Answer.page(
        Page.WALLET_CHECK, Map.of("wallet", wallet, "drill", drill, "successor", successor));
  }

  /** A page of an active wallet for those who send; others are led to what is missing. */
  private Answer active(Visit visit, Page page) {
    WalletView wallet = view(visit, MemberRole.SPENDER);
    return wallet.state() == WalletState.ACTIVE
        ? Answer.page(page, Map.of("wallet", wallet))
        : Answer.elsewhere("/wallets/" + wallet.walletId());
  }

  private Answer addresses(Visit visit) {
    WalletView wallet = view(visit, MemberRole.VIEWER);
    if (!wallet.state().live()) {
      return Answer.elsewhere("/wallets/" + wallet.walletId());
    }
    String before = visit.before();
    Services.AddressLines some =
        services.wallets().addresses(visit.accountId(), wallet.walletId(), before);
    Map<String, Object> model = new HashMap<>();
    model.put("wallet", wallet);
    model.put("addresses", some.lines());
    model.put("older", some.older());
    model.put("further", before != null);
    model.put("rescan", services.wallets().rescan(visit.accountId(), wallet.walletId()));
    return Answer.page(Page.ADDRESSES, model);
  }

  private Answer transaction(Visit visit) {
    WalletView wallet = view(visit, MemberRole.VIEWER);
    String txid = visit.id("txid");
    HistoryItem item = services.wallets().transaction(visit.accountId(), wallet.walletId(), txid);
    Map<String, Object> model = new HashMap<>();
    model.put("wallet", wallet);
    model.put("item", item);
    boolean waits = item.confirmations() == 0 && item.replacedBy() == null;
    model.put("waits", waits);
    model.put(
        "send",
        waits ? services.sends().ofTransaction(visit.accountId(), wallet.walletId(), txid) : null);
    return Answer.page(Page.TRANSACTION, model);
  }

  private Answer draft(Visit visit) {
    NewWalletRequest request = NewWalletRequest.fromJson(visit.json());
    return Answer.created(
        services.wallets().draft(visit.accountId(), request.name(), request.requestId()).toJson());
  }

  private Answer storeKeys(Visit visit) {
    NewKeys keys = NewKeys.fromJson(visit.json());
    return Answer.json(
        services.wallets().storeKeys(visit.accountId(), visit.id("wallet"), keys).toJson());
  }

  private Answer activate(Visit visit) {
    ActivateRequest request = ActivateRequest.fromJson(visit.json());
    return Answer.json(
        services.wallets().activate(visit.accountId(), visit.id("wallet"), request).toJson());
  }

  private Answer discard(Visit visit) {
    services.wallets().discard(visit.accountId(), visit.id("wallet"));
    return Answer.elsewhere("/wallets");
  }

  private Answer address(Visit visit) {
    Nothing.fromJson(visit.json());
    return Answer.json(services.wallets().address(visit.accountId(), visit.id("wallet")).toJson());
  }

  private Answer anotherAddress(Visit visit) {
    String wallet = visit.id("wallet");
    services.wallets().anotherAddress(visit.accountId(), wallet);
    return Answer.elsewhere("/wallets/" + wallet + "/receive");
  }

  private Answer rescanForm(Visit visit) {
    String walletId = visit.id("wallet");
    services.wallets().rescan(visit.accountId(), walletId, visit.field("from"));
    return Answer.elsewhere("/wallets/" + walletId + "/addresses");
  }

  private Answer rescan(Visit visit) {
    RescanRequest request = RescanRequest.fromJson(visit.json());
    return Answer.json(
        services.wallets().rescan(visit.accountId(), visit.id("wallet"), request.from()).toJson());
  }

  private Answer rescanned(Visit visit) {
    return Answer.json(services.wallets().rescan(visit.accountId(), visit.id("wallet")).toJson());
  }

  private Answer spendable(Visit visit) {
    return Answer.json(
        services.wallets().spendable(visit.accountId(), visit.id("wallet")).toJson());
  }

  private Answer history(Visit visit) {
    return Answer.json(
        services.wallets().history(visit.accountId(), visit.id("wallet"), visit.before()).toJson());
  }
}
