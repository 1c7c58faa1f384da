package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.trefoil.core.policy.IpRange;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.Json;
import org.trefoil.server.config.Config;
import org.trefoil.server.http.HttpSettings;
import org.trefoil.server.http.WebServer;

/** A house with its door open on this machine, and what a browser on its pages sends there. */
final class ServedHouse implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final WebServer web;

  ServedHouse(TestHouse house) {
    this(house, TestHouse.config(Path.of("unused"), null), List.of());
  }

  ServedHouse(TestHouse house, Config config, List<IpRange> trustedProxies) {
    boolean practice = house.practice != null;
    web =
        WebServer.start(
            new HttpSettings(
                "127.0.0.1", 0, null, Network.REGTEST, practice, trustedProxies, null, null, null),
            house.rooms.services(config),
            house.clock,
            house.rooms.meters());
    house.rooms.address().servedOn(web.port());
  }

  private String origin() {
    return "http://localhost:" + web.port();
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(origin() + path)).timeout(Duration.ofSeconds(20));
  }

  HttpRequest.Builder form(String path, String body) {
    return post(path, "application/x-www-form-urlencoded", body);
  }

  HttpRequest.Builder call(String path, Json body) {
    return post(path, "application/json", body.write()).header("X-Trefoil", "1");
  }

  private HttpRequest.Builder post(String path, String type, String body) {
    return request(path)
        .header("Content-Type", type)
        .header("Origin", origin())
        .header("Sec-Fetch-Site", "same-origin")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  HttpResponse<String> answer(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** What a session's cookie is sent as. */
  static String cookie(String token) {
    return "__Host-Http-trefoil-sess=" + token;
  }

  /** Where an answer sends the browser. */
  static String where(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    return answer.headers().firstValue("Location").orElseThrow();
  }

  /** All of an answer that may tell something: but its time. */
  static Map<String, Object> heard(HttpResponse<String> answer) {
    Map<String, Object> heard = new TreeMap<>(answer.headers().map());
    heard.remove("date");
    heard.put("status", answer.statusCode());
    heard.put("body", answer.body());
    return heard;
  }

  @Override
  public void close() {
    web.close();
  }
}
