package org.trefoil.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trefoil.core.wire.MemberRole.ADMINISTRATOR;
import static org.trefoil.core.wire.MemberRole.APPROVER;
import static org.trefoil.core.wire.MemberRole.OWNER;
import static org.trefoil.core.wire.MemberRole.SPENDER;
import static org.trefoil.core.wire.MemberRole.VIEWER;

import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.trefoil.core.wire.MemberRole;
import org.trefoil.server.app.SharedWallet;
import org.trefoil.server.http.OpenDoor.Call;

/**
 * The matrix: every route of a wallet, asked by everybody, at real rooms. Whoever is no member
 * reads what he would of a wallet that is not there.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RolesTest {
  private static final String NOWHERE = "ffffffffffffffffffffffffffffffff";

  /** What each route takes at least; one that is missing here fails. */
  private static final Map<MemberRole, List<String>> NEEDS =
      Map.of(
          VIEWER,
          List.of(
              "GET /wallets/{wallet}",
              "GET /wallets/{wallet}/addresses",
              "GET /wallets/{wallet}/tx/{txid}",
              "GET /wallets/{wallet}/sends/{send}",
              "GET /wallets/{wallet}/sends/{send}/proof",
              "GET /wallets/{wallet}/rules",
              "GET /wallets/{wallet}/members",
              "GET /api/wallets/{wallet}",
              "GET /api/wallets/{wallet}/history",
              "GET /api/wallets/{wallet}/rescan",
              "GET /api/wallets/{wallet}/events",
              "GET /api/wallets/{wallet}/sends/{send}",
              "POST /api/wallets/{wallet}/policy/held"),
          APPROVER,
          List.of(
              "POST /wallets/{wallet}/sends/{send}/approve",
              "POST /api/wallets/{wallet}/sends/{send}/approve",
              "POST /api/wallets/{wallet}/sends/{send}/approve/question",
              "POST /wallets/{wallet}/sends/{send}/decline"),
          SPENDER,
          List.of(
              "GET /wallets/{wallet}/receive",
              "GET /wallets/{wallet}/send",
              "GET /wallets/{wallet}/sends/{send}/psbt",
              "GET /wallets/{wallet}/sends/{send}/speed-up",
              "GET /wallets/{wallet}/sends/{send}/take-back",
              "GET /wallets/{wallet}/tx/{txid}/speed-up",
              "POST /wallets/{wallet}/addresses",
              "POST /wallets/{wallet}/practice/coins",
              "POST /wallets/{wallet}/rules/freeze",
              "POST /wallets/{wallet}/sends/{send}/confirm",
              "POST /wallets/{wallet}/sends/{send}/signatures",
              "POST /wallets/{wallet}/sends/{send}/cancel",
              "GET /api/wallets/{wallet}/spendable",
              "GET /api/wallets/{wallet}/sends/{send}/waiting",
              "GET /api/wallets/{wallet}/tx/{txid}/waiting",
              "POST /api/wallets/{wallet}/addresses",
              "POST /api/wallets/{wallet}/practice/coins",
              "POST /api/wallets/{wallet}/sends",
              "POST /api/wallets/{wallet}/verdict",
              "POST /api/wallets/{wallet}/sends/{send}/confirm",
              "POST /api/wallets/{wallet}/sends/{send}/cancel",
              "POST /api/wallets/{wallet}/sends/{send}/passkey",
              "POST /api/wallets/{wallet}/sends/{send}/passkey/question"),
          ADMINISTRATOR,
          List.of(
              "POST /wallets/{wallet}/rescan",
              "POST /wallets/{wallet}/rules/cancel",
              "POST /wallets/{wallet}/rules/thaw",
              "POST /wallets/{wallet}/invitations/{invitation}/cancel",
              "GET /api/wallets/{wallet}/policy",
              "POST /api/wallets/{wallet}/policy",
              "POST /api/wallets/{wallet}/rescan",
              "POST /api/wallets/{wallet}/invitations",
              "POST /api/wallets/{wallet}/members/{member}"),
          OWNER,
          List.of(
              "GET /wallets/{wallet}/check",
              "GET /wallets/{wallet}/export",
              "GET /wallets/{wallet}/export/{form}",
              "GET /wallets/{wallet}/safety",
              "GET /wallets/{wallet}/passcode",
              "GET /wallets/{wallet}/replace",
              "GET /wallets/{wallet}/move",
              "GET /wallets/{wallet}/bring-in",
              "POST /wallets/{wallet}/discard",
              "POST /wallets/{wallet}/drill/later",
              "POST /api/wallets/{wallet}/keys",
              "POST /api/wallets/{wallet}/activate",
              "POST /api/wallets/{wallet}/passcode",
              "POST /api/wallets/{wallet}/passcode/try",
              "POST /api/wallets/{wallet}/openings",
              "POST /api/wallets/{wallet}/openings/{passkey}/remove",
              "POST /api/wallets/{wallet}/successor",
              "POST /api/wallets/{wallet}/heirs",
              "POST /api/wallets/{wallet}/drill",
              "POST /api/wallets/{wallet}/foreign-coins",
              "POST /api/wallets/{wallet}/sweeps"));

  @AutoClose private SharedWallet shared;
  @AutoClose private OpenDoor door;
  private Map<String, String> sessions;
  private String send;
  private String txid;

  @BeforeAll
  void open() throws Exception {
    shared = new SharedWallet();
    send = shared.send();
    txid = shared.payment();
    sessions = shared.sessions();
    door = new OpenDoor(shared.services());
  }

  private Stream<Route> routes() {
    return door.server.routes().stream().filter(route -> route.path().contains("{wallet}"));
  }

  private static String name(Route route) {
    return route.method().name() + " " + route.path();
  }

  private static MemberRole needs(Route route) {
    return NEEDS.entrySet().stream()
        .filter(row -> row.getValue().contains(name(route)))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(() -> new AssertionError("nobody says who may " + name(route)));
  }

  private Call call(Route route, String wallet) {
    String path =
        route
            .path()
            .replace("{wallet}", wallet)
            .replace("{send}", send)
            .replace("{txid}", txid)
            .replace("{member}", shared.memberId())
            .replace("{invitation}", NOWHERE)
            .replace("{passkey}", NOWHERE)
            .replace("{form}", "bsms");
    return switch (route.kind()) {
      case FORM -> door.form(path, RoutesContractTest.field(route));
      case API_READ -> door.read(path);
      case API_WRITE -> door.write(path, RoutesContractTest.BODIES.get(route.path()));
      default -> door.page(path);
    };
  }

  @TestFactory
  Stream<DynamicTest> everyRouteTakesItsRoleAndNoLess() {
    return routes()
        .map(
            route ->
                DynamicTest.dynamicTest(
                    name(route),
                    () -> {
                      shared.forgetTries();
                      MemberRole need = needs(route);
                      Map<String, String> seen = new LinkedHashMap<>();
                      sessions.forEach((who, token) -> seen.put(who, ask(route, token)));
                      for (MemberRole role : MemberRole.values()) {
                        assertThat(seen.get(role.name()))
                            .as(role.name())
                            .isEqualTo(role.may(need) ? "allowed" : "role-refused");
                      }
                      for (String none : List.of("removed", "invited", "stranger")) {
                        assertThat(seen.get(none)).as(none).isEqualTo("not-found");
                      }
                    }));
  }

  /** How a route answers somebody; for no member exactly as of a wallet that is not there. */
  private String ask(Route route, String token) {
    HttpResponse<String> answer = call(route, shared.walletId()).as(token).send();
    assertThat(answer.statusCode()).as(answer.body()).isLessThan(500).isNotEqualTo(429);
    if (answer.statusCode() == 404) {
      assertThat(answer.body())
          .isEqualTo(call(route, NOWHERE).as(token).send().body())
          .contains("not-found");
      return "not-found";
    }
    return answer.body().contains("role-refused") ? "role-refused" : "allowed";
  }

  @TestFactory
  Stream<DynamicTest> nobodyIsLedToTheSignIn() {
    return routes()
        .map(
            route ->
                DynamicTest.dynamicTest(
                    name(route),
                    () -> {
                      HttpResponse<String> answer = call(route, shared.walletId()).send();
                      assertThat(answer.statusCode()).isIn(401, 303);
                      if (answer.statusCode() == 303) {
                        assertThat(answer.headers().firstValue("Location")).contains("/signin");
                      }
                    }));
  }

  @Test
  void theSealedKeyGoesToThoseAloneWhoSend() {
    for (MemberRole role : MemberRole.values()) {
      String view =
          door.read("/api/wallets/" + shared.walletId())
              .as(sessions.get(role.name()))
              .send()
              .body();
      assertThat(view.contains("\"sealed\"")).as(role.name()).isEqualTo(role.spends());
    }
  }
}
