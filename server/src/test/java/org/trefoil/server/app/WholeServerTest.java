package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.wire.ActivateRequest;
import org.trefoil.core.wire.DraftWallet;
import org.trefoil.core.wire.Json;
import org.trefoil.core.wire.SendState;
import org.trefoil.core.wire.SendView;
import org.trefoil.core.wire.SignupRequest;
import org.trefoil.core.wire.Spendable;
import org.trefoil.core.wire.WalletView;
import org.trefoil.server.config.Config;
import org.trefoil.server.config.ConfigReader;
import org.trefoil.server.keyfile.KeyFileRefused;
import org.trefoil.server.secondfactor.Totp;
import org.trefoil.server.store.TestDatabase;

/** The server as it is started, asked over HTTP, stopped and started again. */
class WholeServerTest {
  @TempDir Path parent;

  private final HttpClient http = HttpClient.newHttpClient();
  private String site = "";
  private String cookie = "";

  private List<String> place = List.of();

  private Config config() {
    List<String> flags = new ArrayList<>(place);
    flags.addAll(List.of("--port", "0", "--practice-block-seconds", "0", "--operator-port", "0"));
    return ConfigReader.read(flags, Map.of());
  }

  private Trefoil start() throws Exception {
    Trefoil server = Trefoil.start(config(), Clock.systemUTC(), System::nanoTime);
    site = "http://localhost:" + server.port();
    return server;
  }

  @ParameterizedTest
  @EnumSource
  void servesTheMainJobFromSignUpToAConfirmedSendAndKeepsItOverARestart(TestDatabase engine)
      throws Exception {
    place = engine.flags(parent.resolve("data"));
    PrintStream terminal = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    String walletId;
    String sendId;
    byte[] totp;
    String token;
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try (Trefoil server = start()) {
      TestVault vault = new TestVault(7);
      SignupRequest signup =
          new SignupRequest(
              "ada@example.org", null, TestHouse.salt(), TestHouse.KDF, TestHouse.proof(7));
      write("/api/account/signup", signup.toJson(), 201);
      Matcher secret =
          Pattern.compile("([A-Z2-7]{4} ){7}[A-Z2-7]{4}").matcher(read("/signup/factor", 200));
      assertThat(secret.find()).isTrue();
      totp = TestHouse.unbase32(secret.group().replace(" ", ""));
      form("/signup/factor", "code=" + code(totp, 0));
      token = cookie;

      Json draftAnswer =
          write(
              "/api/wallets",
              Json.object().put("name", "Savings").put("requestId", "request-1").json(),
              201);
      DraftWallet draft = DraftWallet.fromJson(draftAnswer);
      walletId = draft.walletId();
      String at = "/api/wallets/" + walletId;
      write(at + "/keys", vault.keys(draft).toJson(), 200);
      Cosigners cosigners = vault.cosigners(draft);
      String statement = vault.statement(cosigners, walletId, KeyRole.BACKUP);
      write(at + "/activate", new ActivateRequest("backup", statement, List.of()).toJson(), 200);

      write(at + "/practice/coins", Json.object().json(), 200);
      write("/api/practice/mine", Json.object().json(), 200);
      Spendable spendable = spendable(at);
      assertThat(spendable.coins()).hasSize(1);
      Json proposal =
          vault.send(cosigners, spendable, "request-2", TestHouse.ELSEWHERE, 1_000_000).toJson();
      SendView proposed = SendView.fromJson(write(at + "/sends", proposal, 201));
      assertThat(proposed.state()).isEqualTo(SendState.NEEDS_FACTOR);
      sendId = proposed.sendId();
      Json code = Json.object().put("code", code(totp, 1)).json();
      SendView sent = SendView.fromJson(write(at + "/sends/" + sendId + "/confirm", code, 200));
      assertThat(sent.state()).isEqualTo(SendState.BROADCAST);
      write("/api/practice/mine", Json.object().json(), 200);
      awaitConfirmed(at + "/sends/" + sendId);
      assertThat(read("/healthz", 200)).contains("\"ok\"");
      theOperatorSees(engine, "http://127.0.0.1:" + server.operatorPort(), walletId);
    } finally {
      System.setErr(terminal);
    }
    assertThat(log.toString(StandardCharsets.UTF_8))
        .doesNotContain(token.substring(token.indexOf('=') + 1))
        .doesNotContain(TestHouse.proof(7));
    nothingSecretOnDisk(token, totp);

    try (Trefoil again = start()) {
      cookie = token;
      WalletView wallet = WalletView.fromJson(json(read("/api/wallets/" + walletId, 200)));
      assertThat(wallet.balance().confirmed()).isBetween(3_990_000L, 4_000_000L);
      assertThat(read("/api/wallets/" + walletId + "/sends/" + sendId, 200)).contains("CONFIRMED");
    }
    Path key = parent.resolve("data/server.key");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(this::start).isInstanceOf(KeyFileRefused.class);
    Files.delete(key);
    assertThatThrownBy(this::start).isInstanceOf(KeyFileRefused.class);
    Files.write(
        key,
        new byte[] {
          1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
          12, 13, 14, 15, 16
        });
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    assertThatThrownBy(this::start).hasMessageContaining("not the one this database");
  }

  private void theOperatorSees(TestDatabase engine, String operator, String walletId)
      throws Exception {
    boolean h2 = engine == TestDatabase.H2;
    assertThat(asked(operator + "/readyz")).contains("\"ready\":true");
    assertThat(asked(operator + "/metrics"))
        .contains("trefoil_sign_seconds_count 1\n", "trefoil_chain_tip_height ")
        .contains(
            "trefoil_sends{stage=\"broadcast\"}",
            "trefoil_database_connections_most " + (h2 ? "8.0" : "12.0"))
        .doesNotContain("ada@", "example.org", walletId, TestHouse.ELSEWHERE);
    assertThat(asked(operator + "/"))
        .contains(h2 ? "H2 " : "PostgreSQL ", "schema ", "data-testid=\"ready\"")
        .doesNotContain("ada@", walletId, TestHouse.ELSEWHERE);
  }

  private String asked(String address) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private void nothingSecretOnDisk(String token, byte[] totp) throws Exception {
    byte[] proof = java.util.Base64.getDecoder().decode(TestHouse.proof(7));
    List<byte[]> secrets =
        List.of(
            token.substring(token.indexOf('=') + 1).getBytes(StandardCharsets.US_ASCII),
            totp,
            TestHouse.proof(7).getBytes(StandardCharsets.US_ASCII),
            proof);
    try (Stream<Path> files = Files.walk(parent.resolve("data"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        for (byte[] secret : secrets) {
          assertThat(bytes.contains(new String(secret, StandardCharsets.ISO_8859_1)))
              .as("a secret in %s", file)
              .isFalse();
        }
      }
    }
  }

  private Spendable spendable(String at) throws Exception {
    Instant end = Instant.now().plus(Duration.ofSeconds(30));
    Spendable spendable = Spendable.fromJson(json(read(at + "/spendable", 200)));
    while (spendable.coins().isEmpty() && Instant.now().isBefore(end)) {
      Thread.sleep(50);
      spendable = Spendable.fromJson(json(read(at + "/spendable", 200)));
    }
    return spendable;
  }

  private void awaitConfirmed(String at) throws Exception {
    Instant end = Instant.now().plus(Duration.ofSeconds(30));
    SendState state = SendState.SIGNED;
    while (state != SendState.CONFIRMED && Instant.now().isBefore(end)) {
      Thread.sleep(50);
      state = SendView.fromJson(json(read(at, 200))).state();
    }
    assertThat(state).isEqualTo(SendState.CONFIRMED);
  }

  private static String code(byte[] totp, int ahead) {
    return Totp.code(totp, Totp.step(Instant.now()) + ahead, Totp.DIGITS);
  }

  private static Json json(String text) {
    return Json.parse(text, 10_000_000);
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(site + path));
    return cookie.isEmpty() ? request : request.header("Cookie", cookie);
  }

  private String read(String path, int status) throws Exception {
    return send(request(path).GET().build(), status);
  }

  private Json write(String path, Json body, int status) throws Exception {
    HttpRequest request =
        request(path)
            .header("Origin", site)
            .header("Sec-Fetch-Site", "same-origin")
            .header("X-Trefoil", "1")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.write()))
            .build();
    return json(send(request, status));
  }

  private void form(String path, String body) throws Exception {
    HttpRequest request =
        request(path)
            .header("Origin", site)
            .header("Sec-Fetch-Site", "same-origin")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    send(request, 200);
  }

  private String send(HttpRequest request, int status) throws Exception {
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    answer
        .headers()
        .firstValue("Set-Cookie")
        .ifPresent(set -> cookie = set.substring(0, set.indexOf(';')));
    return answer.body();
  }
}
