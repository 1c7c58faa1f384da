package org.trefoil.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.trefoil.csp.Sha384;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HeadersTest {
  private static final List<String> ALWAYS =
      List.of(
          "Content-Security-Policy",
          "Cross-Origin-Opener-Policy",
          "Cross-Origin-Embedder-Policy",
          "Cross-Origin-Resource-Policy",
          "Origin-Agent-Cluster",
          "Referrer-Policy",
          "X-Content-Type-Options",
          "X-Frame-Options",
          "X-XSS-Protection",
          "X-DNS-Prefetch-Control",
          "X-Permitted-Cross-Domain-Policies",
          "Cache-Control");

  @AutoClose private final OpenDoor door = new OpenDoor();

  private static List<HttpResponse<String>> everyKindOfAnswer(OpenDoor door) {
    List<HttpResponse<String>> answers = new ArrayList<>();
    for (String path :
        List.of(
            "/",
            "/signin",
            "/vault",
            "/assets/app.css",
            "/assets/none",
            "/robots.txt",
            "/recovery",
            "/recovery.html",
            "/launcher.html",
            "/launched",
            "/healthz",
            "/none",
            "/api/none",
            "/wallets")) {
      answers.add(door.call("GET", path).send());
      answers.add(door.call("HEAD", path).send());
      answers.add(door.call("DELETE", path).send());
    }
    answers.add(door.page("/wallets").ada().send());
    answers.add(door.form("/signout", "").ada().send());
    answers.add(door.write("/api/account/prelogin", "{").send());
    answers.add(
        door.call("POST", "/report")
            .with("Content-Type", "application/csp-report")
            .body("{}")
            .send());
    // These two Jetty refuses by itself.
    answers.add(door.call("GET", "/").with("X-Long", "x".repeat(10_000)).send());
    answers.add(door.call("GET", "/wallets/%00").send());
    return answers;
  }

  @Test
  void onlyPagesThatAskPasskeysMay() {
    String may = "publickey-credentials-get=(self)";
    for (String path : List.of("/account/passkeys", "/account")) {
      assertThat(permissions(door.page(path).ada().send())).contains(may);
    }
    for (String path : List.of("/wallets", "/", "/vault")) {
      assertThat(permissions(door.call("GET", path).ada().send()))
          .contains("publickey-credentials-get=()", "publickey-credentials-create=()")
          .doesNotContain(may);
    }
  }

  @Test
  void onlyTheWindowThatALauncherOpensMayBeHeldOnToAndItTellsOfNobody() {
    for (HttpResponse<String> answer : everyKindOfAnswer(door)) {
      String path = answer.uri().getPath();
      boolean launched = path.equals("/launched") && answer.statusCode() == 200;
      assertThat(answer.headers().firstValue("Cross-Origin-Opener-Policy"))
          .as(path)
          .contains(launched ? "unsafe-none" : "same-origin");
    }
    assertThat(door.page("/launched").ada().send().body())
        .doesNotContain("Sign out", "Wallets", "a@b.c");
  }

  private static String permissions(HttpResponse<String> answer) {
    return answer.headers().firstValue("Permissions-Policy").orElseThrow();
  }

  @Test
  void everyAnswerCarriesTheSetOnce() {
    for (HttpResponse<String> answer : everyKindOfAnswer(door)) {
      for (String header : ALWAYS) {
        assertThat(answer.headers().allValues(header)).as("%s of %s", header, answer).hasSize(1);
      }
      assertThat(answer.headers().map())
          .doesNotContainKeys("server", "x-powered-by", "strict-transport-security");
      assertThat(answer.body()).doesNotContain("Jetty").doesNotContain("Javalin");
    }
  }

  @Test
  void aStreamOfEventsCarriesTheSetOnce() throws Exception {
    for (String accept : List.of("text/event-stream", "*/*")) {
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create(door.origin() + "/api/wallets/" + FakeHouse.WALLET + "/events"))
              .header("Accept", accept)
              .header(
                  "Cookie", "__Host-Http-trefoil-sess=" + door.house.signedIn(FakeHouse.ADA, true))
              .build();
      HttpResponse<InputStream> answer =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream stream = answer.body()) {
        assertThat(answer.statusCode()).isEqualTo(accept.startsWith("text") ? 200 : 406);
        assertThat(stream.read()).isPositive();
        for (String header : ALWAYS) {
          assertThat(answer.headers().allValues(header)).as("%s of %s", header, answer).hasSize(1);
        }
        assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
        assertThat(answer.headers().firstValue("Cross-Origin-Resource-Policy"))
            .contains("same-origin");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
            .contains("default-src 'none'", "frame-ancestors 'none'");
        assertThat(answer.headers().map())
            .doesNotContainKeys("server", "x-powered-by", "access-control-allow-origin");
      }
    }
  }

  @Test
  void onlyTheVaultIsForOtherOrigins() {
    for (HttpResponse<String> answer : everyKindOfAnswer(door)) {
      boolean vault = answer.uri().getPath().equals("/vault") && answer.statusCode() == 200;
      assertThat(answer.headers().firstValue("Cross-Origin-Resource-Policy"))
          .as(answer.toString())
          .contains(vault ? "cross-origin" : "same-origin");
      assertThat(answer.headers().firstValue("Access-Control-Allow-Origin").isPresent())
          .as(answer.toString())
          .isEqualTo(vault);
    }
    HttpResponse<String> loader = door.call("GET", "/assets/vault-loader.js").send();
    assertThat(loader.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
    assertThat(loader.headers().firstValue("Cross-Origin-Resource-Policy"))
        .contains("cross-origin");
  }

  @Test
  void whatIsMadeForOneVisitorIsNotPacked() {
    for (OpenDoor.Call call :
        List.of(
            door.page("/wallets").ada(),
            door.page("/"),
            door.read("/api/account/passkeys").ada())) {
      HttpResponse<String> answer = call.with("Accept-Encoding", "gzip, br").send();
      assertThat(answer.headers().firstValue("Content-Encoding")).isEmpty();
    }
  }

  @Test
  void behindHttpsEveryAnswerIsStrict() {
    try (OpenDoor https = new OpenDoor("https://wallet.example")) {
      for (HttpResponse<String> answer : everyKindOfAnswer(https)) {
        assertThat(answer.headers().allValues("Strict-Transport-Security"))
            .as("%s", answer)
            .containsExactly("max-age=63072000; includeSubDomains; preload");
      }
    }
  }

  @Test
  void theVaultIsPinnedToItsScriptAndStyle() {
    HttpResponse<String> vault = door.call("GET", "/vault").send();
    String body = vault.body();
    String style = body.substring(body.indexOf("<style>") + 7, body.indexOf("</style>"));
    assertThat(vault.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains(
            "script-src '"
                + Sha384.of(Objects.requireNonNull(OpenDoor.ASSETS.get("vault-loader.js")))
                    .integrity()
                + "' 'wasm-unsafe-eval';")
        .contains("style-src '" + Sha384.of(style).integrity() + "';")
        .contains("connect-src 'none'")
        .contains("sandbox allow-scripts allow-downloads allow-modals");
    assertThat(vault.headers().map()).doesNotContainKeys("reporting-endpoints", "report-to", "nel");
  }

  @Test
  void anotherNameThatPointsHereIsRefused() throws IOException {
    for (String host : List.of("evil.example", "localhost.evil.example")) {
      assertThat(raw("/", host)).as(host).startsWith("HTTP/1.1 403");
    }
    for (String host : List.of("localhost:" + door.server.port(), "127.0.0.1")) {
      assertThat(raw("/", host)).as(host).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void whatJettyRefusesItselfCarriesTheSetAndNoWord() throws IOException {
    String answer = raw("/wallets/%00", "localhost");
    assertThat(answer)
        .startsWith("HTTP/1.1 400")
        .contains("default-src 'none'")
        .endsWith("\r\n\r\n");
  }

  private String raw(String path, String host) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", door.server.port())) {
      String request =
          "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
