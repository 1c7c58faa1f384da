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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import org.trefoil.e2e.harness.Bitcoind;

/** A proxy before a node that lets pages ask it, as a person would set one up; keeps what came. */
final class PageProxy implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI node;
  private final HttpServer server;
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
    asked.add(exchange.getRequestURI() + " " + new String(body));
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

  @Override
  public void close() {
    server.stop(0);
  }
}
