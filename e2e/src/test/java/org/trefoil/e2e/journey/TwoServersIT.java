package org.trefoil.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The main job at two servers on one PostgreSQL, each request at the other one; in the midst of it
 * the one that leads is killed.
 */
@EnabledIfSystemProperty(
    named = "trefoil.bitcoind",
    matches = ".+",
    disabledReason = "NO BITCOIND: run e2e/verify, which installs one and runs this journey")
@EnabledIf(
    value = "org.trefoil.e2e.harness.Postgres#there",
    disabledReason = "NO POSTGRESQL: run e2e/verify, which installs it and runs this journey")
final class TwoServersIT extends MainJobJourney {
  private static final Duration TAKE_OVER = Duration.ofSeconds(10);

  private TwoServersWorld servers;

  @Override
  World world() {
    servers = new TwoServersWorld();
    return servers;
  }

  @Test
  @Order(45)
  void theOtherServerTakesOverWithinTenSecondsWhenTheLeadingOneIsKilled() throws Exception {
    assertThat(servers.server().log()).contains("This server leads");
    assertThat(servers.second().log()).doesNotContain("This server leads");
    servers.server().kill();
    Instant killed = Instant.now();
    servers.bitcoind().mine(1);
    int height = Integer.parseInt(servers.bitcoind().cli("getblockcount"));
    String health = health(servers.second().origin());
    while (!health.contains("\"height\":" + height) || !health.contains("\"ok\"")) {
      assertThat(Duration.between(killed, Instant.now())).as(health).isLessThan(TAKE_OVER);
      Thread.sleep(50);
      health = health(servers.second().origin());
    }
    System.out.println(
        "took over in " + Duration.between(killed, Instant.now()).toMillis() + " ms");
  }

  private static String health(URI origin) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(origin + "/healthz")).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
