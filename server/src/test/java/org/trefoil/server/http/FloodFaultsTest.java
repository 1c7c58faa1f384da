package org.trefoil.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trefoil.core.wire.Balance;
import org.trefoil.core.wire.LiveWallet;

/** Faults 25 and 26: receivers that never read, and senders that never end. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class FloodFaultsTest {
  private static final int DEAD = 12;

  @Test
  @DisplayName(
      "Fault 25: who never reads holds up neither the publisher nor other readers, and goes")
  void fault25ReadersThatNeverReadAreDropped() throws Exception {
    List<Socket> dead = new ArrayList<>();
    try (OpenDoor door = new OpenDoor()) {
      for (int i = 0; i < DEAD; i++) {
        dead.add(listenAndNeverRead(door));
      }
      await(() -> door.house.listeners.size() == DEAD);
      LiveWallet large = new LiveWallet(new Balance(1, 0, 0), 108, manyTransactions());
      Instant from = Instant.now();
      for (int i = 0; i < 200; i++) {
        door.house.listeners.forEach(listener -> listener.accept(large));
        TimeUnit.MILLISECONDS.sleep(5);
      }
      assertThat(Duration.between(from, Instant.now())).isLessThan(Duration.ofSeconds(8));
      LiveWallet news = new LiveWallet(new Balance(7, 0, 0), 109, List.of(FakeHouse.TXID));
      try (BufferedReader honest = listen(door)) {
        Instant asked = Instant.now();
        door.house.listeners.forEach(listener -> listener.accept(news));
        String line = honest.readLine();
        while (line != null && !line.contains("\"tipHeight\":109")) {
          line = honest.readLine();
        }
        assertThat(line).isNotNull();
        assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(5));
        await(() -> door.house.listeners.size() == 1);
      }
    } finally {
      for (Socket socket : dead) {
        socket.close();
      }
    }
  }

  /** How long a body of a gigabyte says that it is. */
  private enum Length {
    SAID("Content-Length: 1073741824", "", ""),
    NEVER_SAID("Transfer-Encoding: chunked", "10000\r\n", "\r\n");

    private final String header;
    private final byte[] before;
    private final byte[] after;

    Length(String header, String before, String after) {
      this.header = header;
      this.before = before.getBytes(StandardCharsets.US_ASCII);
      this.after = after.getBytes(StandardCharsets.US_ASCII);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("Fault 26: a body of a gigabyte is cut off long before its end")
  void fault26AGigabyteIsCutOff(Length length) throws Exception {
    try (OpenDoor door = new OpenDoor();
        Socket socket = new Socket("localhost", door.server.port())) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      out.write(
          head(door, "POST", "/api/account/prelogin", length.header)
              .getBytes(StandardCharsets.US_ASCII));
      long[] sent = new long[1];
      assertThatThrownBy(
              () -> {
                byte[] more = new byte[1 << 16];
                while (sent[0] < 1L << 30) {
                  out.write(length.before);
                  out.write(more);
                  out.write(length.after);
                  sent[0] += more.length;
                }
              })
          .as("the server hangs up")
          .isInstanceOf(IOException.class);
      assertThat(sent[0]).isLessThan(100_000_000);
      assertThat(door.page("/").send().statusCode()).isEqualTo(200);
    }
  }

  @Test
  @DisplayName("Fault 26: a large body that comes byte by byte holds its thread for seconds alone")
  void fault26ALargeBodyByteByByteIsGivenUp() throws Exception {
    try (OpenDoor door = new OpenDoor();
        Socket socket = new Socket("localhost", door.server.port())) {
      OutputStream out = socket.getOutputStream();
      String cookie =
          "Cookie: __Host-Http-trefoil-sess=" + door.house.signedIn(FakeHouse.ADA, true);
      String path = "/api/wallets/" + FakeHouse.WALLET + "/sends";
      out.write(
          head(door, "POST", path, cookie + "\r\nContent-Length: 300000")
              .getBytes(StandardCharsets.US_ASCII));
      out.write(new byte[140_000]); // more than what is waited for without a thread
      long from = System.nanoTime();
      assertThatThrownBy(
              () -> {
                while (Duration.ofNanos(System.nanoTime() - from).toSeconds() < 40) {
                  out.write(' ');
                  TimeUnit.MILLISECONDS.sleep(200);
                }
              })
          .as("the server hangs up")
          .isInstanceOf(IOException.class);
      assertThat(door.server.threads().busy()).isLessThan(8);
    }
  }

  @Test
  @DisplayName("Fault 26: a flood of sign-ins is refused before a proof is looked at")
  void fault26AFloodOfSignInsIsRefusedBeforeAProofIsLookedAt() throws Exception {
    int most = RateLimits.For.SIGNIN.capacity();
    try (OpenDoor door = new OpenDoor()) {
      door.page("/").send();
      ExecutorService crowd = Executors.newFixedThreadPool(16);
      try {
        List<Future<HttpResponse<String>>> flood = new ArrayList<>();
        for (int i = 0; i < 10 * most; i++) {
          String body =
              "{\"email\":\"p" + i + "@example.org\",\"proof\":\"" + FakeHouse.PROOF + "\"}";
          flood.add(crowd.submit(() -> door.write("/api/account/signin", body).send()));
        }
        Instant asked = Instant.now();
        assertThat(door.page("/").send().statusCode()).isEqualTo(200);
        assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(5));
        int refused = 0;
        for (Future<HttpResponse<String>> each : flood) {
          if (each.get().statusCode() == 429) {
            assertThat(each.get().headers().firstValue("Retry-After")).isPresent();
            refused++;
          }
        }
        assertThat(refused).isEqualTo(9 * most);
        assertThat(door.house.signIns.get()).isEqualTo(most);
        assertThat(door.house.buckets).as("rows that the flood leaves").hasSize(most + 1);
      } finally {
        crowd.shutdownNow();
      }
    }
  }

  private static Socket listenAndNeverRead(OpenDoor door) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(2_048);
    socket.connect(new java.net.InetSocketAddress("localhost", door.server.port()));
    String cookie = "Cookie: __Host-Http-trefoil-sess=" + door.house.signedIn(FakeHouse.ADA, true);
    String request =
        head(
            door,
            "GET",
            "/api/wallets/" + FakeHouse.WALLET + "/events",
            "Accept: text/event-stream\r\n" + cookie);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static String head(OpenDoor door, String method, String path, String more) {
    return method
        + " "
        + path
        + " HTTP/1.1\r\nHost: localhost:"
        + door.server.port()
        + "\r\nOrigin: "
        + door.origin()
        + "\r\nX-Trefoil: 1\r\nContent-Type: application/json\r\nSec-Fetch-Site: same-origin\r\n"
        + more
        + "\r\n\r\n";
  }

  private static BufferedReader listen(OpenDoor door) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(door.origin() + "/api/wallets/" + FakeHouse.WALLET + "/events"))
            .header("Accept", "text/event-stream")
            .header(
                "Cookie", "__Host-Http-trefoil-sess=" + door.house.signedIn(FakeHouse.ADA, true))
            .build();
    HttpResponse<java.io.InputStream> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    assertThat(lines.readLine()).startsWith("event:");
    return lines;
  }

  private static List<String> manyTransactions() {
    Random random = new Random(1);
    List<String> txids = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      byte[] txid = new byte[32];
      random.nextBytes(txid);
      txids.add(HexFormat.of().formatHex(txid));
    }
    return txids;
  }

  private interface Condition {
    boolean holds();
  }

  private static void await(Condition condition) throws InterruptedException {
    Instant end = Instant.now().plusSeconds(40);
    while (!condition.holds() && Instant.now().isBefore(end)) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    assertThat(condition.holds()).isTrue();
  }
}
