package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trefoil.server.config.ConfigReader;
import org.trefoil.server.keyfile.KeyFileRefused;
import org.trefoil.server.store.OnPostgres;
import org.trefoil.server.store.ThrowawayPostgres;

/** Servers that are started on one PostgreSQL, and what keeps one from starting. */
@OnPostgres
class StartOnPostgresTest {
  @TempDir Path folder;

  private final ThrowawayPostgres postgres = ThrowawayPostgres.shared();
  private final String url = postgres.freshSchema();

  private Trefoil start(String data) throws Exception {
    return start(data, postgres.flags(url));
  }

  private Trefoil start(String data, List<String> database) throws Exception {
    List<String> flags = new ArrayList<>(List.of("--port", "0", "--operator-port", "0", "--data"));
    flags.addAll(List.of(folder.resolve(data).toString(), "--practice-block-seconds", "0"));
    flags.addAll(database);
    return Trefoil.start(ConfigReader.read(flags, Map.of()), Clock.systemUTC(), System::nanoTime);
  }

  @Test
  void aServerBesideItsDatabaseNeedsItsSocketAndNoPassword() throws Exception {
    List<String> socket = List.of("--db", postgres.bySocket(url), "--db-user", postgres.user());
    try (Trefoil server = start("data", socket)) {
      assertThat(health(server)).isEqualTo(200);
      assertThat(operator(server, "/").body()).contains("PostgreSQL");
    }
    String nowhere = "jdbc:postgresql:///trefoil?host=" + folder.resolve("nowhere");
    assertThatThrownBy(() -> start("data", List.of("--db", nowhere)))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("there is no socket " + folder.resolve("nowhere"));
  }

  @Test
  void aSecondServerNeedsTheKeyFileAndThePracticeChainIsOfOneServer() throws Exception {
    try (Trefoil first = start("first")) {
      assertThat(Files.list(folder.resolve("first"))).noneMatch(f -> f.toString().endsWith(".db"));
      assertThatThrownBy(() -> start("second"))
          .isInstanceOf(KeyFileRefused.class)
          .hasMessageContaining("is missing");
      Path second = Files.createDirectories(folder.resolve("second"));
      Files.copy(
          folder.resolve("first/server.key"),
          second.resolve("server.key"),
          StandardCopyOption.COPY_ATTRIBUTES);
      assertThatThrownBy(() -> start("second"))
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining("practice chain lives inside one server");
    }
    try (Trefoil after = start("second")) {
      assertThat(health(after)).isEqualTo(200);
    }
  }

  @Test
  void withoutItsDatabaseAServerSaysSoAndIsThereAgainAfterwards() throws Exception {
    try (Trefoil server = start("data")) {
      assertThat(health(server)).isEqualTo(200);
      postgres.stop();
      assertThat(health(server)).isEqualTo(503);
      assertThat(operator(server, "/readyz").statusCode()).isEqualTo(503);
      assertThat(operator(server, "/").body())
          .contains("Database</dt><dd>does not answer", "data-testid=\"not-ready\"");
      postgres.startAgain();
      long end = System.nanoTime() + 15_000_000_000L;
      while (health(server) != 200) {
        assertThat(System.nanoTime()).isLessThan(end);
        Thread.sleep(100);
      }
    }
  }

  private static HttpResponse<String> operator(Trefoil server, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.operatorPort() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static int health(Trefoil server) throws Exception {
    URI uri = URI.create("http://localhost:" + server.port() + "/healthz");
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
