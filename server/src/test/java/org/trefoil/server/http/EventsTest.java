package org.trefoil.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.trefoil.core.wire.Balance;
import org.trefoil.core.wire.LiveWallet;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class EventsTest {
  @Test
  void tellsTheStateAtOnceAndThenEachChange() throws Exception {
    try (OpenDoor door = new OpenDoor()) {
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create(door.origin() + "/api/wallets/" + FakeHouse.WALLET + "/events"))
              .header("Accept", "text/event-stream")
              .header(
                  "Cookie", "__Host-Http-trefoil-sess=" + door.house.signedIn(FakeHouse.ADA, true))
              .timeout(Duration.ofSeconds(10))
              .build();
      HttpResponse<java.io.InputStream> answer =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
      assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
          .startsWith("text/event-stream");
      assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
        assertThat(event(lines))
            .isEqualTo(
                "{\"balance\":{\"confirmed\":5000000,\"pending\":1250000,\"reserved\":0},\"tipHeight\":107,\"changed\":[]}");
        LiveWallet change =
            new LiveWallet(new Balance(6_250_000, 0, 0), 108, List.of(FakeHouse.TXID));
        door.house.listeners.forEach(listener -> listener.accept(change));
        assertThat(event(lines)).isEqualTo(change.toJson().toString());
      }
    }
  }

  private static String event(BufferedReader lines) throws Exception {
    String name = "";
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("event:")) {
        name = line.substring(6).strip();
      }
      if (line.startsWith("data:") && name.equals("wallet")) {
        return line.substring(5).strip();
      }
    }
    throw new AssertionError("the stream ended");
  }
}
