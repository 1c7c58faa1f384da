package org.trefoil.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What strangers may try to hold the server up, or to hide who they are. */
class StrangersTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @Test
  void bodiesThatNeverEndTakeNoThreadAndHoldUpNoShutdown() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try {
      try (OpenDoor door = new OpenDoor()) {
        for (int i = 0; i < 150; i++) {
          slow.add(halfABody(door));
        }
        long from = System.nanoTime();
        assertThat(get(door, "/").statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(5));
        assertThat(door.server.threads().busy()).isLessThan(24);
      }
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void behindAProxyTheLastEntryOfTheLastHeaderCounts() throws Exception {
    try (OpenDoor door = new OpenDoor(null, Shelf.of(OpenDoor.ASSETS), "127.0.0.1")) {
      int last = 0;
      for (int i = 0; i < 70; i++) {
        last = prelogin(door, "10.0.0." + i, "192.0.2.7").statusCode();
      }
      assertThat(last).isEqualTo(429);
      assertThat(prelogin(door, "10.0.0.1", "192.0.2.8").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void whatIsForwardedByNoProxyOfOursChangesNothing() throws Exception {
    try (OpenDoor door = new OpenDoor()) {
      int last = 0;
      for (int i = 0; i < 70; i++) {
        last = prelogin(door, "192.0.2." + i).statusCode();
      }
      assertThat(last).isEqualTo(429);
    }
  }

  @Test
  void whoCameToTheProxyByPlainHttpIsSentOnToHttps() {
    try (OpenDoor door =
        new OpenDoor("https://wallet.example", Shelf.of(OpenDoor.ASSETS), "127.0.0.0/8")) {
      HttpResponse<String> answer =
          door.page("/signin?a=b").with("X-Forwarded-Proto", "http").send();
      assertThat(answer.statusCode()).isEqualTo(308);
      assertThat(answer.headers().firstValue("Strict-Transport-Security")).isEmpty();
      assertThat(answer.headers().firstValue("Location"))
          .contains("https://wallet.example/signin?a=b");
      assertThat(door.page("/").with("X-Forwarded-Proto", "https").send().statusCode())
          .isNotEqualTo(308);
    }
    try (OpenDoor door = new OpenDoor("https://wallet.example")) {
      assertThat(door.page("/").with("X-Forwarded-Proto", "http").send().statusCode())
          .isNotEqualTo(308);
    }
  }

  @Test
  void somebodyElseAtAnOpenSessionKeepsNobodyFromStoppingAndCancelling() throws Exception {
    try (OpenDoor door = new OpenDoor(null, Shelf.of(OpenDoor.ASSETS), "127.0.0.1")) {
      String wallet = "/wallets/" + FakeHouse.WALLET;
      String send = wallet + "/sends/" + FakeHouse.SEND;
      for (String tried : List.of(send + "/confirm", wallet + "/rules/freeze")) {
        int last = 0;
        for (int i = 0; i <= RateLimits.For.STOP.capacity(); i++) {
          last = form(door, tried, "192.0.2.7");
        }
        assertThat(last).as(tried).isEqualTo(429);
      }
      assertThat(form(door, wallet + "/rules/thaw", "192.0.2.8")).isEqualTo(429);
      for (String stop : List.of(wallet + "/rules/freeze", send + "/cancel")) {
        assertThat(form(door, stop, "192.0.2.8")).as(stop).isEqualTo(303);
      }
    }
  }

  private static int form(OpenDoor door, String path, String from) {
    return door.form(path, "code=123456").ada().with("X-Forwarded-For", from).send().statusCode();
  }

  @Test
  void aNameInPlaceOfAnAddressIsNeverLookedUp() {
    assertThat(RateLimits.address("evil.example")).isEqualTo("unknown");
    assertThat(RateLimits.address("dead.beef")).isEqualTo("unknown");
    assertThat(RateLimits.address("")).isEqualTo("unknown");
    assertThat(RateLimits.address("192.0.2.7")).isEqualTo("wAACBw");
    assertThat(RateLimits.address("2001:db8:1:2:3::4"))
        .isEqualTo(RateLimits.address("2001:db8:1:2::9"))
        .isNotEqualTo(RateLimits.address("2001:db8:1:3::9"));
  }

  private static Socket halfABody(OpenDoor door) throws IOException {
    Socket socket = new Socket("localhost", door.server.port());
    String head =
        "POST /api/account/prelogin HTTP/1.1\r\nHost: localhost:"
            + door.server.port()
            + "\r\nOrigin: "
            + door.origin()
            + "\r\nSec-Fetch-Site: same-origin\r\nX-Trefoil: 1"
            + "\r\nContent-Type: application/json\r\nContent-Length: 40\r\n\r\n{";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    return socket;
  }

  private static HttpResponse<String> get(OpenDoor door, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(door.origin() + path))
            .timeout(Duration.ofSeconds(10))
            .build();
    return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> prelogin(OpenDoor door, String... forwarded)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(door.origin() + "/api/account/prelogin"))
            .header("Content-Type", "application/json")
            .header("Sec-Fetch-Site", "same-origin")
            .header("X-Trefoil", "1")
            .header("Origin", door.origin())
            .timeout(Duration.ofSeconds(10))
            .POST(HttpRequest.BodyPublishers.ofString("{\"email\":\"ada@example.com\"}"));
    for (String each : forwarded) {
      request.header("X-Forwarded-For", each);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
