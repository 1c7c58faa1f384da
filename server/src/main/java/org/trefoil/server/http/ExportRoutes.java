package org.trefoil.server.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.export.ExportForm;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.wire.WalletView;
import org.trefoil.server.http.Route.Who;

/** A wallet as files for other software. They hold public keys alone, and show every address. */
final class ExportRoutes {
  private final Services services;

  ExportRoutes(Services services) {
    this.services = services;
  }

  List<Route> routes() {
    return List.of(
        Route.page("/wallets/{wallet}/export", Who.FULL, this::list),
        Route.page("/wallets/{wallet}/export/{form}", Who.FULL, this::file));
  }

  /** A form as the page shows it. */
  public record Offer(String id, String title, String use) {
    static Offer of(ExportForm form) {
      return new Offer(form.id(), form.title(), form.use());
    }
  }

  private Answer list(Visit visit) {
    WalletView wallet = view(visit);
    if (!wallet.state().live()) {
      return Answer.elsewhere("/wallets/" + wallet.walletId());
    }
    services.keys().exported(visit.accountId(), wallet.walletId());
    List<Offer> offers = new ArrayList<>();
    for (ExportForm form : ExportForm.values()) {
      offers.add(Offer.of(form));
    }
    Cosigners cosigners = Keys.set(wallet);
    return Answer.page(
        Page.EXPORT,
        Map.of(
            "wallet",
            wallet,
            "forms",
            offers,
            "descriptor",
            cosigners.descriptor(),
            "first",
            cosigners.address(Cosigners.RECEIVE, 0),
            "words",
            String.join(" ", cosigners.words())));
  }

  private Answer file(Visit visit) {
    WalletView wallet = view(visit);
    ExportForm form = form(visit.ctx().pathParam("form"));
    if (!wallet.state().live()) {
      throw Refusal.of(Token.WALLET_NOT_ACTIVE).exception();
    }
    services.keys().exported(visit.accountId(), wallet.walletId());
    String text = form.write(Keys.set(wallet), wallet.name(), wallet.createdAt());
    return new Answer.OfFile(form.fileName(wallet.name()), form.mediaType(), text);
  }

  private static ExportForm form(String id) {
    try {
      return ExportForm.of(id);
    } catch (IllegalArgumentException e) {
      throw Refusal.of(Token.NOT_FOUND).exception();
    }
  }

  private WalletView view(Visit visit) {
    return services.wallets().view(visit.accountId(), visit.id("wallet"));
  }
}
