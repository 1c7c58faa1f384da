package org.trefoil.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.keys.EnglishWords;
import org.trefoil.core.policy.IpRange;
import org.trefoil.core.units.Network;
import org.trefoil.csp.LauncherPage;
import org.trefoil.server.config.ReleaseNumber;
import org.trefoil.server.meter.Meters;

/**
 * A real server on a free port in front of a {@link FakeHouse}, and a visitor who can send
 * anything.
 */
final class OpenDoor implements AutoCloseable {
  static final Map<String, byte[]> ASSETS =
      Map.of(
          "app.css", "body{}".getBytes(UTF_8),
          "app.js", "console.log(1)".getBytes(UTF_8),
          "logo.svg", "<svg/>".getBytes(UTF_8),
          "launcher.html", launcher().getBytes(UTF_8),
          "recovery.html", "<!DOCTYPE html>".getBytes(UTF_8),
          "vault-loader.js", "'use strict'".getBytes(UTF_8),
          "vault.wasm", new byte[] {0, 97, 115, 109});

  /** As much of one as tells hashes in words. */
  private static String launcher() {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < 2048; i++) {
      words.append(EnglishWords.word(i)).append('\n');
    }
    return "<!DOCTYPE html><title>Launcher</title>" + LauncherPage.block("words", words.toString());
  }

  private static final InstantSource NOW =
      InstantSource.fixed(Instant.ofEpochSecond(1_795_234_000L));

  final FakeHouse house;
  final Meters meters = new Meters();
  final WebServer server;
  private final HttpClient client =
      HttpClient.newBuilder()
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  OpenDoor() {
    this((String) null);
  }

  OpenDoor(@Nullable String origin) {
    this(origin, Shelf.of(ASSETS));
  }

  OpenDoor(@Nullable String origin, Shelf shelf) {
    this(origin, shelf, null);
  }

  OpenDoor(@Nullable String origin, Shelf shelf, @Nullable String trustedProxies) {
    this(origin, shelf, trustedProxies, null, EventStreams.PING, null);
  }

  /** One that answers no page of an older release. */
  OpenDoor(ReleaseNumber least) {
    this(null, Shelf.of(ASSETS), null, null, EventStreams.PING, least);
  }

  /** One that is the release in this folder. */
  OpenDoor(Path release) {
    this(null, Shelf.of(ASSETS), null, release, EventStreams.PING, null);
  }

  /** One whose streams of events look for themselves so often. */
  OpenDoor(Duration ping) {
    this(null, Shelf.of(ASSETS), null, null, ping, null);
  }

  /** One in front of other rooms than those of the house. */
  OpenDoor(Services services) {
    house = new FakeHouse();
    HttpSettings settings =
        new HttpSettings("127.0.0.1", 0, null, Network.REGTEST, true, List.of(), null, null, null);
    server = WebServer.start(settings, services, NOW, meters, Shelf.of(ASSETS), EventStreams.PING);
  }

  private OpenDoor(
      @Nullable String origin,
      Shelf shelf,
      @Nullable String trustedProxies,
      @Nullable Path release,
      Duration ping,
      @Nullable ReleaseNumber minClient) {
    house = new FakeHouse();
    List<IpRange> trusted =
        trustedProxies == null
            ? List.of()
            : Stream.of(trustedProxies.split(",")).map(IpRange::parse).toList();
    HttpSettings settings =
        new HttpSettings(
            "127.0.0.1", 0, origin, Network.REGTEST, true, trusted, release, null, minClient);
    server = WebServer.start(settings, house.services(), NOW, meters, shelf, ping);
  }

  /** The operator's own address, in front of the same house. */
  OperatorServer operator() {
    return OperatorServer.start("127.0.0.1", 0, server, house.operations, meters);
  }

  String origin() {
    return "http://localhost:" + server.port();
  }

  /** A request that is as our own page would send it, to be made worse. */
  Call call(String method, String path) {
    return new Call(method, path);
  }

  /** As a person opens a page. */
  Call page(String path) {
    return call("GET", path)
        .with("Sec-Fetch-Site", "none")
        .with("Sec-Fetch-Dest", "document")
        .with("Sec-Fetch-Mode", "navigate");
  }

  /**
   * As a page sends a form; the browser says {@code Origin: null} because the page is {@code
   * no-referrer}.
   */
  Call form(String path, String body) {
    return call("POST", path)
        .with("Content-Type", "application/x-www-form-urlencoded")
        .with("Origin", "null")
        .with("Sec-Fetch-Site", "same-origin")
        .with("Sec-Fetch-Dest", "document")
        .body(body);
  }

  /** As a page's script reads. */
  Call read(String path) {
    return call("GET", path).with("Sec-Fetch-Site", "same-origin").with("Sec-Fetch-Dest", "empty");
  }

  /** As a page's script writes. */
  Call write(String path, String json) {
    return call("POST", path)
        .with("Content-Type", "application/json")
        .with("X-Trefoil", "1")
        .with("Origin", origin())
        .with("Sec-Fetch-Site", "same-origin")
        .with("Sec-Fetch-Dest", "empty")
        .body(json);
  }

  @Override
  public void close() {
    server.close();
  }

  /** One request in the making. */
  final class Call {
    private final String method;
    private final String path;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private String body = "";

    private Call(String method, String path) {
      this.method = method;
      this.path = path;
    }

    Call with(String header, String value) {
      headers.put(header, value);
      return this;
    }

    Call without(String header) {
      headers.remove(header);
      return this;
    }

    Call body(String text) {
      body = text;
      return this;
    }

    Call as(String token) {
      return with("Cookie", "__Host-Http-trefoil-sess=" + token);
    }

    /** Brings the last cookie along that {@code answer} set. */
    Call after(HttpResponse<String> answer) {
      String set = answer.headers().firstValue("Set-Cookie").orElseThrow();
      return with("Cookie", headers.get("Cookie") + "; " + set.substring(0, set.indexOf(';')));
    }

    Call ada() {
      return as(house.signedIn(FakeHouse.ADA, true));
    }

    Call half() {
      return as(house.signedIn(FakeHouse.ADA, false));
    }

    Call bob() {
      return as(house.signedIn(FakeHouse.BOB, true));
    }

    HttpResponse<String> send() {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(origin() + path)).timeout(Duration.ofSeconds(10));
      headers.forEach(request::header);
      request.method(
          method,
          body.isEmpty()
              ? HttpRequest.BodyPublishers.noBody()
              : HttpRequest.BodyPublishers.ofString(body));
      try {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
