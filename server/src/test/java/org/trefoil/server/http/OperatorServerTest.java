package org.trefoil.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.trefoil.server.chain.ChainHealth;
import org.trefoil.server.meter.Metric;

/** The operator's own address. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperatorServerTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @AutoClose private final OpenDoor door = new OpenDoor();
  @AutoClose private final OperatorServer operator = door.operator();

  @AfterEach
  void allIsWell() {
    door.house.healthy = true;
    door.house.broken = false;
    door.house.serving = true;
    door.house.unlimited = false;
    door.house.chain = ChainHealth.FINE;
  }

  static HttpResponse<String> get(OperatorServer operator, String path) {
    try {
      URI address = URI.create("http://127.0.0.1:" + operator.port() + path);
      return CLIENT.send(
          HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void thePageTellsOfChainQueuesRefusalsAndTroubles() {
    door.page("/nothing").send();
    HttpResponse<String> page = get(operator, "/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body())
        .contains("height 107, 61 s old", "127.0.0.1:18444", "2 of 8 connections busy")
        .contains("Sends needs-factor", "not-found", "data-testid=\"ready\"")
        .contains("a node &lt;b&gt;lied&lt;/b&gt;")
        .doesNotContain("/signin");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "script-src 'none'");
    assertThat(get(operator, "/assets/app.css").statusCode()).isEqualTo(200);
  }

  /** The README says what to be woken by; of certificates there is news with TLS of our own. */
  @Test
  void everyAlarmIsOnAMetricThatThereIs() throws Exception {
    door.write("/api/account/prelogin", "{").send();
    door.meters.logged("error");
    door.meters.signed(1);
    String readme = Files.readString(Path.of("..", "README.md"));
    String table = readme.substring(readme.indexOf("What to be woken by"));
    Matcher alarm =
        Pattern.compile("\\b(trefoil_[a-z_]+?)(_total)?\\b")
            .matcher(table.substring(0, table.indexOf("No metric carries")));
    String metrics = get(operator, "/metrics").body();
    Set<String> alarms = new HashSet<>();
    while (alarm.find()) {
      alarms.add(alarm.group(1));
    }
    assertThat(alarms).hasSizeGreaterThan(14);
    for (String each : alarms) {
      if (each.startsWith("trefoil_tls_")) {
        assertThat(Arrays.stream(Metric.values()).map(Metric::id)).contains(each);
      } else {
        assertThat(metrics).contains("# TYPE " + each);
      }
    }
  }

  @Test
  void theAlarmOfTheChainNamesEveryStateInWhichNothingIsSigned() throws Exception {
    String row =
        Files.readAllLines(Path.of("..", "README.md")).stream()
            .filter(line -> line.startsWith("| `trefoil_chain_state{state!=\"fine\"} == 1`"))
            .findFirst()
            .orElseThrow();
    List<String> named =
        Pattern.compile("`(\\w+)`")
            .matcher(row.split("\\|")[2])
            .results()
            .map(match -> match.group(1))
            .toList();
    assertThat(named)
        .containsExactlyElementsOf(
            EnumSet.complementOf(EnumSet.of(ChainHealth.State.FINE)).stream()
                .map(ChainHealth.State::word)
                .toList());
  }

  @Test
  void metricsCarryTokensRoutesAndStatesAndNobodysName() {
    door.page("/wallets/" + FakeHouse.WALLET).ada().send();
    door.write("/api/account/prelogin", "{").send();
    HttpResponse<String> metrics = get(operator, "/metrics");
    assertThat(metrics.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/plain; version=0.0.4");
    assertThat(metrics.body())
        .contains("trefoil_ready 1.0", "trefoil_chain_tip_height 107.0")
        .contains("trefoil_chain_tip_age_seconds 61.0", "trefoil_chain_peers 1.0")
        .contains("trefoil_chain_state{state=\"fine\"} 1.0")
        .contains("trefoil_sends{stage=\"signed\"} 1.0", "trefoil_live_connections 3.0")
        .contains("trefoil_database_connections_busy 2.0")
        .contains("trefoil_refusals_total{token=\"json-malformed\"}")
        .contains("trefoil_http_request_seconds_count{route=\"/wallets/{wallet}\",status=\"200\"}")
        .contains("jvm_memory_used_bytes", "trefoil_sign_seconds_bucket")
        .doesNotContain(FakeHouse.WALLET)
        .doesNotContain("example.org")
        .doesNotContain(FakeHouse.ADDRESS);
  }

  @Test
  void aReadyHouseSaysSoAndOneThatIsNotSaysWhy() {
    assertThat(get(operator, "/readyz").statusCode()).isEqualTo(200);
    door.house.healthy = false;
    assertThat(get(operator, "/readyz").body()).contains("\"chain\":\"unreachable\"");
    assertThat(get(operator, "/readyz").statusCode()).isEqualTo(503);
    assertThat(get(operator, "/").body()).contains("not-ready", "Nobody answers.");
    door.house.healthy = true;
    door.house.broken = true;
    assertThat(get(operator, "/readyz").body()).contains("\"database\":false");
    door.house.broken = false;
    door.house.serving = false;
    assertThat(get(operator, "/readyz").statusCode()).isEqualTo(503);
  }

  @Test
  void ofEachStateOfTheChainThePageSaysWhatTheOperatorDoes() {
    Pattern advice = Pattern.compile("data-testid=\"mending\">([^<]+)<");
    Set<String> said = new HashSet<>();
    for (ChainHealth.State state : ChainHealth.State.values()) {
      door.house.chain = new ChainHealth(state, "Detail of " + state);
      String html = get(operator, "/").body();
      assertThat(html).contains(state.word(), "Detail of " + state);
      Matcher told = advice.matcher(html);
      assertThat(told.find()).as(state.name()).isEqualTo(state != ChainHealth.State.FINE);
      if (state != ChainHealth.State.FINE) {
        assertThat(said.add(told.group(1))).as("%s has its own words", state).isTrue();
      }
    }
  }

  @Test
  void aServerWithoutALimitOfItsOwnSaysWhichFlagSetsOne() {
    assertThat(get(operator, "/").body()).doesNotContain("no-limit");
    door.house.unlimited = true;
    assertThat(get(operator, "/").body())
        .contains("data-testid=\"no-limit\"", "--limit-all-per-day");
  }

  @Test
  void aServerThatIsNotReadyIsStillAlive() {
    door.house.healthy = false;
    door.house.broken = true;
    assertThat(get(operator, "/livez").statusCode()).isEqualTo(200);
  }

  @Test
  void theOperatorsPagesAreNotOnThePublicAddress() {
    for (String path : new String[] {"/metrics", "/readyz", "/livez", "/operator"}) {
      assertThat(door.page(path).ada().send().statusCode()).as(path).isEqualTo(404);
    }
    for (String path : new String[] {"/wallets", "/vault", "/assets/vault.wasm", "/healthz"}) {
      assertThat(get(operator, path).statusCode()).as(path).isEqualTo(404);
    }
  }

  @Test
  void anotherSitesNameForThisAddressIsRefused() throws IOException {
    for (String host : new String[] {"evil.example", "127.0.0.1.evil.example", "localhost.evil"}) {
      assertThat(raw(host)).as(host).startsWith("HTTP/1.1 403").doesNotContain("trefoil_");
    }
    for (String host : new String[] {"localhost:1", "10.0.0.7:9090", "[::1]:9090"}) {
      assertThat(raw(host)).as(host).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void everyAnswerCarriesTheStrictHeaders() throws IOException {
    for (String path : new String[] {"/", "/metrics", "/readyz", "/none", "/assets/none"}) {
      assertThat(get(operator, path).headers().map())
          .as(path)
          .containsKeys("content-security-policy", "x-content-type-options", "referrer-policy")
          .doesNotContainKeys("server", "x-powered-by");
    }
    assertThat(raw("evil.example")).contains("default-src 'none'");
  }

  private String raw(String host) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", operator.port())) {
      String request = "GET /metrics HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
