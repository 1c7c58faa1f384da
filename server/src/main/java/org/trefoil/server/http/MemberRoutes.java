package org.trefoil.server.http;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.wire.InviteRequest;
import org.trefoil.core.wire.MemberChange;
import org.trefoil.core.wire.MemberRole;
import org.trefoil.core.wire.NextPage;
import org.trefoil.core.wire.WalletState;
import org.trefoil.core.wire.WalletView;
import org.trefoil.server.http.RateLimits.For;
import org.trefoil.server.http.Route.Who;

/** The people of a wallet: who they are, how they are asked, and how they go. */
final class MemberRoutes {
  private static final String MEMBERS = "/wallets/{wallet}/members";

  private final Services services;

  MemberRoutes(Services services) {
    this.services = services;
  }

  List<Route> routes() {
    return List.of(
        Route.page(MEMBERS, Who.FULL, this::page),
        Route.form(
            "/wallets/{wallet}/invitations/{invitation}/cancel",
            Who.FULL,
            For.STOP,
            MEMBERS,
            this::cancel),
        Route.write("/api/wallets/{wallet}/invitations", Who.FULL, For.INVITE, this::invite),
        Route.write("/api/wallets/{wallet}/members/{member}", Who.FULL, For.CONFIRM, this::change),
        Route.page("/invitations/{link}", Who.ANYONE, this::linkPage),
        Route.form("/invitations/{link}", Who.FULL, For.LINK, "/invitations/{link}", this::accept));
  }

  private Members members() {
    return services.members();
  }

  private Answer page(Visit visit) {
    String walletId = visit.id("wallet");
    WalletView wallet = services.wallets().view(visit.accountId(), walletId, MemberRole.VIEWER);
    if (!wallet.state().live()) {
      return Answer.elsewhere("/wallets/" + walletId);
    }
    Members.Circle circle = members().circle(visit.accountId(), walletId);
    Map<String, Object> model = new HashMap<>();
    model.put("wallet", wallet);
    model.put("people", circle.people());
    // To replaced keys nobody comes any more, and nobody rises; everybody may go.
    boolean asks = wallet.state() == WalletState.ACTIVE;
    model.put("invited", asks ? circle.invited() : List.of());
    model.put("roles", asks ? below(wallet.role()) : List.of());
    return Answer.page(Page.MEMBERS, model);
  }

  /** The roles that somebody with this one gives and takes. */
  private static List<MemberRole> below(MemberRole own) {
    return own.may(MemberRole.ADMINISTRATOR)
        ? Arrays.stream(MemberRole.values()).filter(role -> !role.may(own)).toList()
        : List.of();
  }

  private static Answer next(Visit visit) {
    return Answer.json(new NextPage(visit.filled(MEMBERS)).toJson());
  }

  private Answer invite(Visit visit) {
    InviteRequest request = InviteRequest.fromJson(visit.json());
    members().invite(visit.accountId(), visit.id("wallet"), request);
    return next(visit);
  }

  private Answer cancel(Visit visit) {
    members().cancel(visit.accountId(), visit.id("wallet"), visit.id("invitation"));
    return Answer.elsewhere(visit.filled(MEMBERS));
  }

  private Answer change(Visit visit) {
    String member = visit.id("member");
    MemberChange change = MemberChange.fromJson(visit.json());
    members().change(visit.accountId(), visit.id("wallet"), member, change);
    boolean left = member.equals(visit.accountId());
    return left ? Answer.json(new NextPage("/wallets").toJson()) : next(visit);
  }

  private Answer linkPage(Visit visit) {
    Members.Asked asked = members().look(visit.id("link"));
    boolean here = visit.session() != null && visit.known().full();
    String email = here ? services.accounts().email(visit.accountId()) : "";
    Map<String, Object> model = new HashMap<>();
    model.put("asked", asked);
    model.put("role", asked.role().word());
    model.put("state", state(asked, here ? email : null));
    return Answer.page(Page.INVITATION, model);
  }

  private static String state(Members.Asked asked, @Nullable String email) {
    if (email == null) {
      return "stranger";
    }
    return email.equals(asked.email()) ? "asked" : "another";
  }

  private Answer accept(Visit visit) {
    return Answer.elsewhere("/wallets/" + members().accept(visit.accountId(), visit.id("link")));
  }
}
