package org.trefoil.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.EagerContentHandler;
import org.eclipse.jetty.server.handler.EagerContentHandler.RetainedContentLoaderFactory;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.trefoil.core.policy.IpRange;

/** Small servers with small limits: who is let go of, and who is not. */
class OpenConnectionsTest {
  private static final String ASK = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final Duration LONG = Duration.ofMinutes(5);

  private final List<Socket> sockets = new ArrayList<>();
  private Server server = new Server();

  @AfterEach
  void stop() throws Exception {
    for (Socket socket : sockets) {
      socket.close();
    }
    server.stop();
  }

  private void serve(int most, Duration asking, long bytes, String... proxies) throws Exception {
    TrustedProxies trusted =
        new TrustedProxies(List.of(proxies).stream().map(IpRange::parse).toList());
    OpenConnections connections = new OpenConnections(new Hello(), trusted, most, asking);
    EagerContentHandler bodies =
        new EagerContentHandler(new RetainedContentLoaderFactory(131_072, -1, false));
    bodies.setHandler(connections);
    ServerConnector connector = new ServerConnector(server, 1, 1);
    connector.setHost("127.0.0.1");
    connector.addEventListener(connections);
    server.addConnector(connector);
    server.setHandler(
        new ArrivingBodies(
            bodies, connections, trusted, Map.of("X-Strict", "yes"), 131_072, bytes));
    server.start();
  }

  /** Reads what there is and says hello. */
  private static final class Hello extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      Content.Source.consumeAll(request);
      Content.Sink.write(response, true, "hello", callback);
      return true;
    }
  }

  private Socket connect(String from) throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
    socket.connect(address());
    sockets.add(socket);
    return socket;
  }

  private InetSocketAddress address() {
    return new InetSocketAddress("127.0.0.1", server.getURI().getPort());
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** The head of the answer; empty when the line was closed, a dash when nothing comes. */
  private static String hear(Socket socket, int millis) throws IOException {
    socket.setSoTimeout(millis);
    byte[] some = new byte[4_096];
    try {
      int read = socket.getInputStream().read(some);
      return read < 0 ? "" : new String(some, 0, read, StandardCharsets.US_ASCII);
    } catch (SocketTimeoutException e) {
      return "-";
    } catch (SocketException e) {
      return "";
    }
  }

  /** Whether a request was given up: without a word, or as one that is not whole. */
  private static boolean ended(String heard) {
    return heard.isEmpty() || heard.startsWith("HTTP/1.1 400");
  }

  @Test
  void whoDribblesIsLetGoOfAndWhoAsksNowAndThenIsNot() throws Exception {
    serve(100, Duration.ofSeconds(2), 1 << 20);
    Socket head = connect("127.0.0.2");
    Socket body = connect("127.0.0.3");
    Socket honest = connect("127.0.0.4");
    say(body, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n");
    long end = System.nanoTime() + Duration.ofSeconds(12).toNanos();
    boolean both = false;
    while (!both && System.nanoTime() < end) {
      say(honest, ASK);
      assertThat(hear(honest, 2_000)).startsWith("HTTP/1.1 200");
      both = dribble(head) & dribble(body);
      Thread.sleep(200);
    }
    assertThat(both).as("both were let go of").isTrue();
    say(honest, ASK);
    assertThat(hear(honest, 2_000)).startsWith("HTTP/1.1 200");
  }

  private static boolean dribble(Socket socket) throws IOException {
    try {
      say(socket, "G");
      return ended(hear(socket, 1));
    } catch (SocketException e) {
      return true;
    }
  }

  @Test
  void whereAllPlacesAreTakenTheLongestSilentMakesRoom() throws Exception {
    serve(20, LONG, 1 << 20);
    for (int i = 0; i < 20; i++) {
      connect("127.0.0." + (2 + i));
      Thread.sleep(50);
    }
    Socket late = connect("127.0.0.99");
    say(late, ASK);
    assertThat(hear(late, 2_000)).startsWith("HTTP/1.1 200");
    assertThat(ended(hear(sockets.get(0), 5_000))).as("the first").isTrue();
    assertThat(hear(sockets.get(19), 100)).as("the last of them").isEqualTo("-");
  }

  @Test
  void aProxyOfOursMayHaveAll() throws Exception {
    serve(1_000, LONG, 1 << 20, "127.0.0.9");
    for (int i = 0; i <= OpenConnections.PER_ADDRESS; i++) {
      connect("127.0.0.9");
    }
    Socket last = sockets.get(OpenConnections.PER_ADDRESS);
    say(last, ASK);
    assertThat(hear(last, 2_000)).startsWith("HTTP/1.1 200");
  }

  @Test
  void whoSendsTooMuchAtOnceIsToldToComeAgainInTheStrictHeaders() throws Exception {
    serve(100, LONG, 8 * 70_000);
    String body = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n";
    say(connect("127.0.0.2"), body + "x");
    Thread.sleep(300);
    Socket second = connect("127.0.0.2");
    say(second, body);
    assertThat(hear(second, 2_000))
        .startsWith("HTTP/1.1 503")
        .contains("Retry-After: 5", "X-Strict: yes", "Connection: close");
    Socket chunked = connect("127.0.0.2");
    say(chunked, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n");
    assertThat(hear(chunked, 2_000)).startsWith("HTTP/1.1 503");
    Socket asking = connect("127.0.0.2");
    say(asking, ASK);
    assertThat(hear(asking, 2_000)).as("what has no body").startsWith("HTTP/1.1 200");
    sockets.get(0).close();
    Thread.sleep(300);
    Socket again = connect("127.0.0.2");
    say(again, body + "x".repeat(60_000));
    assertThat(hear(again, 2_000)).as("once the first is gone").startsWith("HTTP/1.1 200");
  }

  @Test
  void whereAllSendAtOnceWhoHasSentForLongestMakesRoom() throws Exception {
    serve(100, LONG, 8 * 70_000);
    String body = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n";
    for (int i = 0; i < 8; i++) {
      say(connect("127.0.0." + (2 + i)), body + "x");
      Thread.sleep(50);
    }
    Socket late = connect("127.0.0.99");
    say(late, body + "x".repeat(60_000));
    assertThat(hear(late, 2_000)).startsWith("HTTP/1.1 200");
    assertThat(ended(hear(sockets.get(0), 5_000))).as("the first").isTrue();
    assertThat(hear(sockets.get(7), 100)).as("the last of them").isEqualTo("-");
    for (int i = 0; i < 20; i++) {
      Socket later = connect("127.0.0." + (100 + i));
      say(later, body + "x");
      Thread.sleep(400);
      assertThat(hear(later, 10)).as("there is room for number %d", i).isEqualTo("-");
    }
  }
}
