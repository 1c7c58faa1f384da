package org.trefoil.e2e.harness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.units.Utf8;

/**
 * Stands between the browser and the server: keeps every byte of every request and answer, and may
 * change answers, so that to the browser the server lies.
 */
public final class ManInTheMiddle implements AutoCloseable {
  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection", "content-length", "transfer-encoding", "keep-alive", "upgrade", "expect");

  /** What would give away another body; whoever lies leaves it out. */
  private static final List<String> TELLTALES =
      List.of("Unencoded-Digest", "Signature-Input", "Signature");

  /** Changes the body of an answer. */
  public interface Lie {
    /** The body the browser gets instead of {@code body}; {@code null} leaves it as it is. */
    byte[] instead(String method, String path, byte[] body);
  }

  /** A text that stands for another one in the answers whose path matches. */
  public static Lie replace(String method, String pathPattern, String from, String to) {
    return (m, path, body) -> {
      if (!m.equals(method) || !path.matches(pathPattern)) {
        return null;
      }
      String text = new String(body, StandardCharsets.UTF_8);
      String changed = text.replaceAll(from, to);
      return changed.equals(text) ? null : Utf8.of(changed);
    };
  }

  private record HeaderLie(String pathPattern, String name, String value) {}

  private final HttpServer listener;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final List<URI> upstreams;
  private final AtomicInteger turn = new AtomicInteger();
  private final List<Lie> lies = new CopyOnWriteArrayList<>();
  private final List<HeaderLie> headerLies = new CopyOnWriteArrayList<>();
  private final List<byte[]> seen = new CopyOnWriteArrayList<>();
  private volatile int liesTold;
  private volatile @Nullable TakenOver takenOver;

  private record TakenOver(Pattern path, byte[] page) {}

  private ManInTheMiddle(HttpServer listener, List<URI> upstreams) {
    this.listener = listener;
    this.upstreams = upstreams;
  }

  /** Listens on a free port of {@code localhost} in front of {@code upstream}. */
  public static ManInTheMiddle inFrontOf(URI upstream) {
    return inFrontOf(List.of(upstream));
  }

  /**
   * As a load balancer: each request goes to the next of several servers, or to the one after it
   * when that one does not take it.
   */
  public static ManInTheMiddle inFrontOf(List<URI> upstreams) {
    try {
      HttpServer listener =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      ManInTheMiddle middle = new ManInTheMiddle(listener, upstreams);
      listener.setExecutor(middle.threads);
      listener.createContext("/", middle::relay);
      listener.start();
      return middle;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public URI origin() {
    return URI.create("http://localhost:" + listener.getAddress().getPort());
  }

  /** From now on every answer is given to {@code lie} first. */
  public void tell(Lie lie) {
    lies.add(lie);
  }

  /**
   * From now on the pages whose path matches are {@code html}, without any policy: whoever wrote it
   * has these pages, their origin and their cookies. Everything else is as the server says it.
   */
  public void takesOver(String pathPattern, String html) {
    takenOver = new TakenOver(Pattern.compile(pathPattern), Utf8.of(html));
  }

  /** From now on answers to these paths have another value in a header, or, empty, none. */
  public void tellHeader(String pathPattern, String name, String value) {
    headerLies.add(new HeaderLie(pathPattern, name, value));
  }

  /** From now on the server is honest again. */
  public void stopLying() {
    lies.clear();
    headerLies.clear();
    takenOver = null;
  }

  /** How many answers were changed; a test in which this stays 0 has shown nothing. */
  public int liesTold() {
    return liesTold;
  }

  /** Every request line, header and body and every answer's headers and body so far. */
  public List<byte[]> seen() {
    return List.copyOf(seen);
  }

  private void relay(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().toString();
      ByteArrayOutputStream sent = new ByteArrayOutputStream();
      sent.writeBytes(Utf8.of(exchange.getRequestMethod() + " " + path + "\n"));
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(upstreams.get(0) + path))
              .method(
                  exchange.getRequestMethod(),
                  body.length == 0
                      ? HttpRequest.BodyPublishers.noBody()
                      : HttpRequest.BodyPublishers.ofByteArray(body));
      exchange
          .getRequestHeaders()
          .forEach(
              (name, values) -> {
                String lower = name.toLowerCase(Locale.ROOT);
                for (String value : values) {
                  sent.writeBytes(Utf8.of(name + ": " + value + "\n"));
                  if (!HOP_BY_HOP.contains(lower) && !lower.equals("accept-encoding")) {
                    request.header(name, value);
                  }
                }
              });
      sent.writeBytes(body);
      seen.add(sent.toByteArray());
      TakenOver theirs = takenOver;
      if (theirs != null && theirs.path.matcher(path).matches()) {
        liesTold++;
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        exchange.sendResponseHeaders(200, theirs.page.length);
        exchange.getResponseBody().write(theirs.page);
        return;
      }
      answer(exchange, path, send(request, path));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      // Else the browser would only see a broken connection, and the test a wrong reason.
      System.err.println("The man in the middle failed at " + exchange.getRequestURI() + ": " + e);
      throw e;
    }
  }

  private HttpResponse<InputStream> send(HttpRequest.Builder request, String path)
      throws IOException, InterruptedException {
    int first = turn.getAndIncrement();
    for (int i = 0; ; i++) {
      URI upstream = upstreams.get(Math.floorMod(first + i, upstreams.size()));
      try {
        return client.send(
            request.uri(URI.create(upstream + path)).build(),
            HttpResponse.BodyHandlers.ofInputStream());
      } catch (ConnectException e) {
        if (i + 1 == upstreams.size()) {
          throw e;
        }
      }
    }
  }

  private void answer(HttpExchange exchange, String path, HttpResponse<InputStream> response)
      throws IOException {
    List<String> headers = new ArrayList<>();
    response
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT)) && !name.startsWith(":")) {
                exchange.getResponseHeaders().put(name, values);
                headers.add(name + ": " + values);
              }
            });
    seen.add(Utf8.of(response.statusCode() + " " + path + "\n" + String.join("\n", headers)));
    boolean stream =
        response.headers().firstValue("content-type").orElse("").startsWith("text/event-stream");
    try (InputStream in = response.body();
        OutputStream out = exchange.getResponseBody()) {
      if (stream) {
        lieInHeaders(exchange, path);
        exchange.sendResponseHeaders(response.statusCode(), 0);
        byte[] buffer = new byte[8192];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          seen.add(java.util.Arrays.copyOf(buffer, n));
          out.write(buffer, 0, n);
          out.flush();
        }
      } else {
        byte[] body = in.readAllBytes();
        for (Lie lie : lies) {
          byte[] instead = lie.instead(exchange.getRequestMethod(), path, body);
          if (instead != null) {
            body = instead;
            liesTold++;
            TELLTALES.forEach(exchange.getResponseHeaders()::remove);
          }
        }
        lieInHeaders(exchange, path);
        seen.add(body);
        exchange.sendResponseHeaders(response.statusCode(), body.length == 0 ? -1 : body.length);
        out.write(body);
      }
    }
  }

  private void lieInHeaders(HttpExchange exchange, String path) {
    for (HeaderLie lie : headerLies) {
      if (path.matches(lie.pathPattern())) {
        exchange.getResponseHeaders().remove(lie.name());
        if (!lie.value().isEmpty()) {
          exchange.getResponseHeaders().set(lie.name(), lie.value());
        }
        liesTold++;
      }
    }
  }

  @Override
  public void close() {
    listener.stop(0);
    threads.shutdownNow();
  }
}
