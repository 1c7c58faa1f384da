package org.trefoil.e2e.recovery;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.trefoil.e2e.harness.Bitcoind;

/** A proxy before a node that lets pages ask it, as a person would set one up; keeps what came. */
final class PageProxy implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI node;
  private final HttpServer server;
  private int slow = -1;
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

  private PageProxy(URI node, HttpServer server) {
    this.node = node;
    this.server = server;
  }

  static PageProxy before(Bitcoind node) {
    try {
      InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      PageProxy proxy = new PageProxy(URI.create(node.rpc() + "/"), HttpServer.create(here, 0));
      proxy.server.createContext("/", proxy::answer);
      proxy.server.setExecutor(Executors.newCachedThreadPool());
      proxy.server.start();
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** From now on each scan takes for ever, and is that far, in percent; until one is ended. */
  synchronized void scansSlowly(int percent) {
    slow = percent;
  }

  /** How many scans were begun or ended. */
  int times(String action) {
    return (int) asked.stream().filter(each -> each.contains("[\"" + action + "\"")).count();
  }

  /** Path and body of each question, in order. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().add("Access-Control-Allow-Origin", "*");
    if (exchange.getRequestMethod().equals("OPTIONS")) {
      exchange.getResponseHeaders().add("Access-Control-Allow-Headers", "authorization");
      exchange.sendResponseHeaders(204, -1);
      exchange.close();
      return;
    }
    String question = new String(body, StandardCharsets.UTF_8);
    asked.add(exchange.getRequestURI() + " " + question);
    String progress = progress(question);
    if (progress != null) {
      byte[] said = progress.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, said.length);
      exchange.getResponseBody().write(said);
      exchange.close();
      return;
    }
    HttpRequest request =
        HttpRequest.newBuilder(node)
            .header("Authorization", exchange.getRequestHeaders().getFirst("Authorization"))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    try {
      HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      exchange.sendResponseHeaders(answer.statusCode(), 0);
      exchange.getResponseBody().write(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    exchange.close();
  }

  /**
   * What a node says of a slow scan in the midst of it and when it was ended; null for any other
   * question. The node itself never hears of such a scan: it would still be at it when the next one
   * comes.
   */
  private synchronized @Nullable String progress(String question) {
    if (slow < 0) {
      return null;
    } else if (question.contains("[\"status\"")) {
      return result("{\"progress\":" + slow + "}");
    } else if (question.contains("[\"abort\"")) {
      slow = -1;
      notifyAll();
      return result("true");
    } else if (!question.contains("[\"start\"")) {
      return null;
    }
    try {
      while (slow >= 0) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return result("{\"success\":false}");
  }

  private static String result(String json) {
    return "{\"result\":" + json + ",\"error\":null,\"id\":\"trefoil\"}";
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
