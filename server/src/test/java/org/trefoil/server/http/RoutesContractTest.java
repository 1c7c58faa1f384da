package org.trefoil.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.http.HandlerType;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.trefoil.server.http.OpenDoor.Call;
import org.trefoil.server.http.Route.Kind;
import org.trefoil.server.http.Route.Who;

/**
 * Every row of the table of routes, with everything that must not work on it; and nothing has
 * changed after.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoutesContractTest {
  private static final String KDF =
      "\"kdf\":{\"memoryKiB\":65536,\"iterations\":3,\"parallelism\":1}";
  private static final String NEW_PASSWORD =
      "\"salt\":\"" + FakeHouse.SALT + "\"," + KDF + ",\"proof\":\"" + FakeHouse.PROOF + "\"";

  private static final String PASSKEY_ANSWER =
      "{\"credential\":\"AAAA\",\"clientData\":\"AAAA\",\"authenticatorData\":\"AAAA\","
          + "\"signature\":\"AAAA\"}";

  /** A body that each writing route takes. */
  static final Map<String, String> BODIES =
      Map.ofEntries(
          Map.entry("/api/account/prelogin", "{\"email\":\"a@b.c\"}"),
          Map.entry("/api/account/signup", "{\"email\":\"new@b.c\"," + NEW_PASSWORD + "}"),
          Map.entry("/api/account/signup/code", "{\"email\":\"new@b.c\",\"code\":\"1234\"}"),
          Map.entry(
              "/api/account/signin",
              "{\"email\":\"ada@b.c\",\"proof\":\"" + FakeHouse.PROOF + "\"}"),
          Map.entry(
              "/api/account/password",
              "{\"oldProof\":\""
                  + FakeHouse.PROOF
                  + "\","
                  + NEW_PASSWORD
                  + ",\"code\":\"123456\"}"),
          Map.entry("/api/account/passkeys/question", "{\"code\":\"123456\"}"),
          Map.entry(
              "/api/account/passkeys",
              "{\"name\":\"Phone\",\"clientData\":\"AAAA\",\"attestation\":\"AAAA\",\"transports\":[]}"),
          Map.entry(
              "/api/account/passkeys/{passkey}",
              "{\"name\":\"Phone\",\"signsIn\":true,\"code\":\"123456\"}"),
          Map.entry(
              "/api/wallets/{wallet}/openings",
              "{\"opening\":{\"credential\":\"AAAA\",\"salt\":\"AAAA\",\"wrapped\":\"AAAA\"},"
                  + "\"sealed\":\"x\",\"code\":\"123456\"}"),
          Map.entry("/api/wallets/{wallet}/openings/{passkey}/remove", "{\"code\":\"123456\"}"),
          Map.entry("/api/account/passkeys/{passkey}/remove", "{\"code\":\"123456\"}"),
          Map.entry("/api/account/passkeys/{passkey}/vouch/question", "{}"),
          Map.entry("/api/account/passkeys/{passkey}/vouch", PASSKEY_ANSWER),
          Map.entry("/api/account/step-up/question", "{}"),
          Map.entry("/api/account/step-up", PASSKEY_ANSWER),
          Map.entry("/api/account/passkey-signin/question", "{}"),
          Map.entry("/api/account/passkey-signin", PASSKEY_ANSWER),
          Map.entry("/api/wallets/{wallet}/sends/{send}/passkey/question", "{}"),
          Map.entry("/api/wallets/{wallet}/sends/{send}/passkey", PASSKEY_ANSWER),
          Map.entry("/api/wallets/{wallet}/sends/{send}/approve/question", "{}"),
          Map.entry("/api/wallets/{wallet}/sends/{send}/approve", PASSKEY_ANSWER),
          Map.entry(
              "/api/account/new-password",
              "{\"token\":\"" + FakeRegain.LINK + "\"," + NEW_PASSWORD + "}"),
          Map.entry(
              "/api/account/factor-lost",
              "{\"wallet\":\"" + FakeHouse.WALLET + "\",\"withBackup\":true}"),
          Map.entry(
              "/api/account/factor-lost/keys",
              "{\"challenge\":\"00ff\",\"user\":\"AAAA\",\"backup\":\"AAAA\"}"),
          Map.entry(
              "/api/account/email/question",
              "{\"email\":\"new@b.c\",\"wallet\":\"" + FakeHouse.WALLET + "\"}"),
          Map.entry(
              "/api/account/email",
              "{\"email\":\"new@b.c\",\"code\":\"123456\",\"challenge\":\"00ff\",\"user\":\"AAAA\"}"),
          Map.entry(
              "/api/wallets",
              "{\"name\":\"Savings\",\"requestId\":\"00112233445566778899aabbccddeeff\"}"),
          Map.entry(
              "/api/wallets/{wallet}/keys",
              "{\"userKey\":\"u\",\"backupKey\":\"b\",\"backupIsCold\":false,\"descriptor\":\"d\",\"endorsement\":\"AAAA\",\"sealed\":\"s\",\"firstAddress\":\"f\"}"),
          Map.entry(
              "/api/wallets/{wallet}/activate",
              "{\"by\":\"user\",\"signature\":\"AAAA\",\"coldProofs\":[]}"),
          Map.entry("/api/wallets/{wallet}/addresses", "{}"),
          Map.entry(
              "/api/wallets/{wallet}/passcode",
              "{\"old\":\"o\",\"sealed\":\"s\",\"signature\":\"AAAA\",\"secondSlot\":{\"slot\":\"AAAA\",\"first\":\"AAAA\",\"second\":\"AAAA\"},\"mark\":\"AAAA\",\"code\":\"123456\"}"),
          Map.entry("/api/wallets/{wallet}/passcode/try", "{\"now\":\"496000\",\"mark\":\"AAAA\"}"),
          Map.entry("/api/wallets/{wallet}/successor", "{}"),
          Map.entry(
              "/api/wallets/{wallet}/policy",
              "{\"document\":{\"version\":1,\"previous\":\"00\",\"notBefore\":0,\"rules\":\"{}\",\"signature\":\"AAAA\"},\"code\":\"123456\"}"),
          Map.entry(
              "/api/wallets/{wallet}/invitations",
              "{\"email\":\"cleo@b.c\",\"role\":\"VIEWER\",\"code\":\"123456\"}"),
          Map.entry(
              "/api/wallets/{wallet}/members/{member}",
              "{\"role\":\"VIEWER\",\"code\":\"123456\"}"),
          Map.entry("/api/wallets/{wallet}/policy/held", "{\"nonce\":\"" + "A".repeat(43) + "=\"}"),
          Map.entry("/api/wallets/{wallet}/verdict", "{\"recipients\":[],\"fee\":0}"),
          Map.entry("/api/wallets/{wallet}/heirs", "{}"),
          Map.entry(
              "/api/wallets/{wallet}/drill",
              "{\"by\":\"backup\",\"signature\":\"AAAA\",\"coldProofs\":[]}"),
          Map.entry("/api/wallets/{wallet}/rescan", "{\"from\":\"2026-01-31\"}"),
          Map.entry(
              "/api/wallets/{wallet}/sends",
              "{\"requestId\":\"r\",\"psbt\":\"AAAA\",\"recipients\":[],\"everything\":false,\"feeRate\":1000,\"note\":\"\"}"),
          Map.entry("/api/wallets/{wallet}/foreign-coins", "{\"scripts\":[\"00ff\"]}"),
          Map.entry("/api/wallets/{wallet}/sweeps", "{\"tx\":\"AAAA\"}"),
          Map.entry("/api/wallets/{wallet}/sends/{send}/confirm", "{\"code\":\"123456\"}"),
          Map.entry("/api/wallets/{wallet}/sends/{send}/cancel", "{}"),
          Map.entry("/api/wallets/{wallet}/practice/coins", "{}"),
          Map.entry("/api/practice/mine", "{}"));

  @AutoClose private OpenDoor door;

  @BeforeAll
  void open(@TempDir Path temp) throws IOException {
    door = new OpenDoor(new SignedRelease(temp).of(SignedRelease.served()));
  }

  @BeforeEach
  void forget() {
    door.house.changes.clear();
    door.house.buckets.clear();
  }

  private Stream<DynamicTest> each(
      java.util.function.Predicate<Route> which, java.util.function.Consumer<Route> test) {
    return door.server.routes().stream()
        .filter(which)
        .map(
            route ->
                DynamicTest.dynamicTest(
                    route.method() + " " + route.path(),
                    () -> {
                      forget();
                      test.accept(route);
                    }));
  }

  /** The path with identifiers that exist and fit the route. */
  static String path(Route route) {
    String wallet =
        route.path().endsWith("/keys")
            ? FakeHouse.DRAFT
            : route.path().endsWith("/activate") || route.path().endsWith("/check")
                ? FakeHouse.UNCHECKED
                : route.path().endsWith("/move") || route.path().endsWith("/heirs")
                    ? FakeHouse.REPLACED
                    : FakeHouse.WALLET;
    return route
        .path()
        .replace("{wallet}", wallet)
        .replace("{send}", FakeHouse.SEND)
        .replace("{txid}", FakeHouse.TXID)
        .replace("{member}", FakeMembers.BEA)
        .replace("{invitation}", FakeMembers.INVITATION)
        .replace("{passkey}", FakePasskeys.KEY)
        .replace("{session}", "5e551")
        .replace("{form}", "bsms")
        .replace("{token}", FakeRegain.LINK)
        .replace("{link}", FakeRegain.LINK)
        .replace("<path>", "checkpoint")
        .replace("{name}", "app.css");
  }

  /** The route as our own pages use it. */
  private Call good(Route route) {
    return switch (route.kind()) {
      case PAGE -> door.page(path(route));
      case FORM -> door.form(path(route), field(route));
      case API_READ -> door.read(path(route));
      case API_WRITE -> door.write(path(route), BODIES.get(route.path()));
      case FILE -> door.call("GET", path(route));
      case REPORT ->
          door.call("POST", path(route))
              .with("Content-Type", "application/reports+json")
              .body("[]");
    };
  }

  static String field(Route route) {
    if (List.of("/forgot", "/signup").contains(route.path())) {
      return "email=ada%40b.c";
    }
    if (route.path().endsWith("/notices")) {
      return "choice=sends-daily";
    }
    return route.path().endsWith("/rescan")
        ? "from=7"
        : route.path().endsWith("/signatures") ? "psbt=cHNidP8=" : "code=123456";
  }

  private Call known(Route route) {
    return switch (route.who()) {
      case ANYONE -> good(route);
      case HALF -> good(route).half();
      case FULL -> good(route).ada();
    };
  }

  private void refused(Call call, int status, String token) {
    HttpResponse<String> answer = call.send();
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    if (answer
        .headers()
        .firstValue("Content-Type")
        .orElse("")
        .startsWith("application/problem+json")) {
      assertThat(answer.body())
          .contains("\"code\":\"" + token + "\"")
          .contains("\"status\":" + status);
    } else {
      assertThat(answer.body()).contains("data-token=\"" + token + "\"");
    }
    assertThat(door.house.changes).isEmpty();
  }

  private static boolean streams(Route route) {
    return route.path().endsWith("/events");
  }

  @TestFactory
  Stream<DynamicTest> worksAsOurOwnPagesUseIt() {
    return each(
        route -> !streams(route),
        route -> {
          HttpResponse<String> answer = known(route).send();
          assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201, 204, 303);
        });
  }

  @TestFactory
  Stream<DynamicTest> aBodyWithWhatAPasskeyMakesForTheVaultIsRefused() {
    return each(
        route -> route.kind() == Route.Kind.API_WRITE,
        route -> {
          String bare = BODIES.get(route.path());
          String more = bare.equals("{}") ? "{" : bare.substring(0, bare.length() - 1) + ",";
          for (String with :
              List.of(
                  "\"prf\":{\"results\":{\"first\":\"AAAA\"}}}",
                  "\"clientExtensionResults\":{}}",
                  "\"x\":[{\"y\":{\"prf\":null}}]}")) {
            refused(known(route).body(more + with), 400, "prf-in-body");
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> takesNoOtherMethod() {
    return each(
        route -> true,
        route -> {
          for (String method : List.of("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE")) {
            HttpResponse<String> answer = door.call(method, path(route)).ada().send();
            assertThat(answer.statusCode()).as(method).isEqualTo(405);
            assertThat(answer.headers().firstValue("Allow").orElse(""))
                .contains(route.method().name());
          }
          assertThat(door.house.changes).isEmpty();
        });
  }

  @TestFactory
  Stream<DynamicTest> aReadChangesNothing() {
    return each(
        route -> route.method().equals(HandlerType.GET) && !streams(route),
        route -> {
          known(route).send();
          assertThat(door.house.changes).isEmpty();
        });
  }

  @TestFactory
  Stream<DynamicTest> aHeadIsAGetWithoutABody() {
    return each(
        Route::answersHead,
        route -> {
          Call get = known(route);
          HttpResponse<String> body = get.send();
          HttpResponse<String> head =
              door.call("HEAD", path(route))
                  .as(door.house.signedIn(FakeHouse.ADA, route.who() == Who.FULL))
                  .send();
          assertThat(head.statusCode()).isEqualTo(body.statusCode());
          assertThat(head.body()).isEmpty();
          assertThat(head.headers().firstValue("Content-Security-Policy"))
              .isEqualTo(body.headers().firstValue("Content-Security-Policy"));
        });
  }

  @TestFactory
  Stream<DynamicTest> aStrangerIsRefusedOrLedToTheSignIn() {
    return each(
        route -> route.who() != Who.ANYONE,
        route -> {
          if (route.kind().api()) {
            refused(good(route), 401, "not-signed-in");
            refused(good(route).as("no-such-token"), 401, "not-signed-in");
          } else {
            assertThat(good(route).send().headers().firstValue("Location")).contains("/signin");
            assertThat(door.house.changes).isEmpty();
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> aHalfSessionGetsNoFurtherThanTheFactor() {
    return each(
        route -> route.who() == Who.FULL,
        route -> {
          if (route.kind().api()) {
            refused(good(route).half(), 403, "factor-missing");
          } else {
            assertThat(good(route).half().send().headers().firstValue("Location"))
                .contains("/signin/factor");
            assertThat(door.house.changes).isEmpty();
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> somebodyElsesWalletIsAsIfItWereNotThere() {
    return each(
        route -> route.path().contains("{wallet}"),
        route -> {
          HttpResponse<String> foreign = good(route).bob().send();
          assertThat(foreign.statusCode()).isEqualTo(404);
          Route unknown =
              new Route(
                  route.method(),
                  route.path().replace("{wallet}", "ffffffffffffffffffffffffffffffff"),
                  route.who(),
                  route.kind(),
                  route.limit(),
                  route.maxBody(),
                  route.back(),
                  route.handler());
          Call call =
              route.kind() == Kind.API_WRITE
                  ? door.write(path(unknown), BODIES.get(route.path())).bob()
                  : good(unknown).bob();
          HttpResponse<String> none = call.send();
          assertThat(none.statusCode()).isEqualTo(404);
          assertThat(none.body()).isEqualTo(foreign.body());
          assertThat(door.house.changes).isEmpty();
        });
  }

  @TestFactory
  Stream<DynamicTest> anotherSiteIsRefused() {
    return each(
        route -> route.kind() == Kind.FORM || route.kind().api(),
        route -> {
          refused(known(route).with("Sec-Fetch-Site", "cross-site"), 403, "wrong-origin");
          refused(known(route).with("Sec-Fetch-Site", "same-site"), 403, "wrong-origin");
          if (route.method().equals(HandlerType.POST)) {
            refused(known(route).with("Origin", "https://evil.example"), 403, "wrong-origin");
            refused(known(route).without("Sec-Fetch-Site"), 403, "wrong-origin");
            refused(known(route).without("Origin").without("Sec-Fetch-Site"), 403, "wrong-origin");
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> anAnswerForScriptsIsNoPage() {
    return each(
        route -> route.kind().api(),
        route -> {
          refused(known(route).with("Sec-Fetch-Dest", "document"), 403, "wrong-origin");
          refused(known(route).with("Sec-Fetch-Dest", "iframe"), 403, "wrong-origin");
        });
  }

  @TestFactory
  Stream<DynamicTest> aPageIsNoFrameAndNoPicture() {
    return each(
        route -> route.kind() == Kind.PAGE,
        route -> {
          for (String destination : List.of("iframe", "embed", "object", "image", "script")) {
            refused(known(route).with("Sec-Fetch-Dest", destination), 403, "wrong-origin");
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> aWriteNeedsItsHeaderAndItsContentType() {
    return each(
        route -> route.kind() == Kind.API_WRITE,
        route -> {
          refused(known(route).without("X-Trefoil"), 403, "wrong-origin");
          refused(known(route).without("Content-Type"), 415, "wrong-content-type");
          for (String type :
              List.of(
                  "text/plain",
                  "application/x-www-form-urlencoded",
                  "multipart/form-data; boundary=x")) {
            refused(known(route).with("Content-Type", type), 415, "wrong-content-type");
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> whatAFormIsRefusedForIsSaidOnAPageThatIsThere() {
    return each(
        route -> route.kind() == Kind.FORM,
        route ->
            assertThat(door.server.routes())
                .anyMatch(r -> r.kind() == Kind.PAGE && r.path().equals(route.back())));
  }

  @TestFactory
  Stream<DynamicTest> aFormIsUrlEncoded() {
    return each(
        route -> route.kind() == Kind.FORM,
        route -> {
          refused(known(route).with("Content-Type", "text/plain"), 415, "wrong-content-type");
          refused(known(route).with("Content-Type", "application/json"), 415, "wrong-content-type");
        });
  }

  @TestFactory
  Stream<DynamicTest> aWriteTakesExactlyItsFields() {
    return each(
        route -> route.kind() == Kind.API_WRITE,
        route -> {
          String body = BODIES.get(route.path());
          String open = body.equals("{}") ? "{" : body.substring(0, body.length() - 1) + ",";
          refused(known(route).body(open + "\"extra\":1}"), 400, "unknown-field");
          refused(known(route).body("[]"), 400, "wrong-type");
          refused(known(route).body(body + " {}"), 400, "json-malformed");
          refused(known(route).body("{"), 400, "json-malformed");
          refused(
              known(route).body(open + "\"deep\":" + "[".repeat(40) + "]".repeat(40) + "}"),
              400,
              "too-deep");
          refused(
              known(route).body(open + "\"long\":\"" + "x".repeat(route.maxBody()) + "\"}"),
              413,
              "too-large");
          if (!body.equals("{}")) {
            refused(known(route).body("{}"), 400, "missing-field");
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> identifiersAreOursOrNothing() {
    return each(
        route -> route.path().contains("{wallet}"),
        route -> {
          for (String id : List.of("x", "..", "%27", "0123456789ABCDEF", "a".repeat(100))) {
            Route odd =
                new Route(
                    route.method(),
                    route.path().replace("{wallet}", id),
                    route.who(),
                    route.kind(),
                    null,
                    0,
                    null,
                    route.handler());
            Call call =
                route.kind() == Kind.API_WRITE
                    ? door.write(path(odd), BODIES.get(route.path()))
                    : good(odd);
            assertThat(call.ada().send().statusCode()).as(id).isIn(400, 404);
          }
          assertThat(door.house.changes).isEmpty();
        });
  }

  @TestFactory
  Stream<DynamicTest> aLimitEndsAtItsCapacity() {
    return each(
        route -> route.limit() != null,
        route -> {
          String here = RateLimits.address("127.0.0.1");
          // A half session, which a password alone opens, uses up the tries of its own address.
          String whose = route.who() == Who.HALF ? FakeHouse.ADA + "@" + here : FakeHouse.ADA;
          String bucket =
              switch (route.limit().per()) {
                case ACCOUNT -> whose;
                case ACCOUNT_AND_ADDRESS -> FakeHouse.ADA + "@" + here;
                case ADDRESS, EMAIL_AND_ADDRESS, MAILBOX, EVERYBODY -> here;
              };
          door.house.buckets.put(route.limit().name() + ":" + bucket, route.limit().capacity());
          HttpResponse<String> answer = known(route).send();
          assertThat(answer.statusCode()).isEqualTo(429);
          assertThat(answer.headers().firstValue("Retry-After")).isPresent();
          assertThat(door.house.changes).isEmpty();
        });
  }

  @Test
  void everyWriteHasALimitAndABodyInThisTest() {
    assertThat(door.server.routes())
        .filteredOn(route -> route.kind() == Kind.API_WRITE)
        .allSatisfy(
            route -> {
              assertThat(route.limit()).as(route.path()).isNotNull();
              assertThat(BODIES).containsKey(route.path());
            });
  }

  @Test
  void aFailureOfOursSaysNothingOfItself() {
    door.house.broken = true;
    try {
      HttpResponse<String> answer =
          door.write("/api/account/prelogin", "{\"email\":\"a@b.c\"}").send();
      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.body())
          .contains("internal-error")
          .doesNotContain("secret detail")
          .doesNotContain("Exception");
      assertThat(answer.headers().firstValue("X-Request-Id").orElseThrow())
          .matches("[0-9a-f]+-[0-9a-f]+");
    } finally {
      door.house.broken = false;
    }
  }

  @Test
  void whatIsNotThereIsAPageOrAProblem() {
    refused(door.page("/nothing"), 404, "not-found");
    refused(door.read("/api/nothing"), 404, "not-found");
    refused(door.page("/operator").ada(), 404, "not-found");
  }
}
