package org.trefoil.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStream;
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
      HttpResponse<InputStream> answer = listen(door, "text/event-stream");
      assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
          .startsWith("text/event-stream");
      assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
      assertThat(answer.headers().allValues("X-Accel-Buffering")).containsExactly("no");
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

  @Test
  void aChangeThatNobodyToldIsSeenByTheStreamItself() throws Exception {
    try (OpenDoor door = new OpenDoor(Duration.ofMillis(50))) {
      HttpResponse<InputStream> answer = listen(door, "text/event-stream");
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
        assertThat(event(lines)).contains("\"tipHeight\":107");
        assertThat(lines.readLine()).as("the end of the event").isEmpty();
        assertThat(lines.readLine()).as("as long as nothing changes").contains("ping");
        door.house.tip = 108;
        assertThat(event(lines)).contains("\"tipHeight\":108");
      }
    }
  }

  @Test
  void aWalletThatIsNotActiveIsRefusedBeforeTheStreamBegins() throws Exception {
    try (OpenDoor door = new OpenDoor()) {
      door.house.active = false;
      String cookie = door.house.signedIn(FakeHouse.ADA, true);
      for (int i = 0; i < 30; i++) {
        HttpResponse<InputStream> answer = listen(door, "text/event-stream", cookie);
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(text(answer)).contains("wallet-not-active");
      }
      assertThat(door.server.liveConnections()).isZero();
      door.house.active = true;
      try (InputStream stream = listen(door, "text/event-stream", cookie).body()) {
        assertThat(stream.read()).isEqualTo('e');
      }
    }
  }

  @Test
  void whoAsksForSomethingElseTakesNoPlace() throws Exception {
    try (OpenDoor door = new OpenDoor()) {
      String cookie = door.house.signedIn(FakeHouse.ADA, true);
      for (int i = 0; i < 30; i++) {
        HttpResponse<InputStream> answer = listen(door, "*/*", cookie);
        assertThat(answer.statusCode()).isEqualTo(406);
        assertThat(text(answer)).contains("not-acceptable");
      }
      try (InputStream stream = listen(door, "text/event-stream", cookie).body()) {
        assertThat(stream.read()).isEqualTo('e');
      }
    }
  }

  @Test
  void anEndedSessionHearsNothingMore() throws Exception {
    try (OpenDoor door = new OpenDoor()) {
      HttpResponse<InputStream> answer = listen(door, "text/event-stream");
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
        event(lines);
        door.house.sessions.clear();
        LiveWallet change =
            new LiveWallet(new Balance(6_250_000, 0, 0), 108, List.of(FakeHouse.TXID));
        door.house.listeners.forEach(listener -> listener.accept(change));
        assertThatThrownBy(() -> event(lines)).hasMessage("the stream ended");
      }
      assertThat(door.server.liveConnections()).isZero();
    }
  }

  private static HttpResponse<InputStream> listen(OpenDoor door, String accept) throws Exception {
    return listen(door, accept, door.house.signedIn(FakeHouse.ADA, true));
  }

  private static HttpResponse<InputStream> listen(OpenDoor door, String accept, String token)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(door.origin() + "/api/wallets/" + FakeHouse.WALLET + "/events"))
            .header("Accept", accept)
            .header("Cookie", "__Host-Http-trefoil-sess=" + token)
            .timeout(Duration.ofSeconds(10))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
  }

  private static String text(HttpResponse<InputStream> answer) throws Exception {
    return new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
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
