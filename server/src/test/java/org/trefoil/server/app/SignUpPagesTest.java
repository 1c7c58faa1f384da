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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.trefoil.core.policy.IpRange;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.Json;
import org.trefoil.core.wire.SignupCodeRequest;
import org.trefoil.core.wire.SignupRequest;
import org.trefoil.server.http.HttpSettings;
import org.trefoil.server.http.WebServer;
import org.trefoil.server.signup.SignUps;

/** A sign-up by letter as browsers walk it, from whatever network a proxy tells. */
@Timeout(120)
class SignUpPagesTest extends SignUpHouse {
  private static final String COOKIE = "__Host-Http-trefoil-signup=";
  private static final String AT_HOME = "192.0.2.1";
  private static final String WRONG = "0000 0000 0000";

  private final HttpClient client = HttpClient.newHttpClient();
  private WebServer web;

  @BeforeEach
  void serve() {
    web =
        WebServer.start(
            new HttpSettings(
                "127.0.0.1",
                0,
                null,
                Network.REGTEST,
                true,
                List.of(IpRange.parse("127.0.0.1")),
                null,
                null,
                null),
            house.rooms.services(TestHouse.mailing(Path.of("unused"), post.port())),
            house.clock,
            house.rooms.meters());
    house.rooms.address().servedOn(web.port());
  }

  @AfterEach
  void stop() {
    web.close();
  }

  private HttpRequest.Builder request(String path, String from, String cookie) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + web.port() + path))
            .header("X-Forwarded-For", from)
            .timeout(Duration.ofSeconds(20));
    return cookie.isEmpty() ? request : request.header("Cookie", cookie);
  }

  private HttpResponse<String> sent(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> page(String path, String cookie) throws Exception {
    return sent(request(path, AT_HOME, cookie));
  }

  private HttpResponse<String> begin(String email, String from) throws Exception {
    return sent(
        request("/signup", from, "")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Origin", "http://localhost:" + web.port())
            .header("Sec-Fetch-Site", "same-origin")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "email=" + email.replace("@", "%40").replace("+", "%2B"))));
  }

  private HttpResponse<String> write(String path, Json body, String from) throws Exception {
    return sent(
        request(path, from, "")
            .header("Content-Type", "application/json")
            .header("X-Trefoil", "1")
            .header("Origin", "http://localhost:" + web.port())
            .header("Sec-Fetch-Site", "same-origin")
            .POST(HttpRequest.BodyPublishers.ofString(body.write())));
  }

  private HttpResponse<String> check(String email, String code, String from) throws Exception {
    return write("/api/account/signup/code", new SignupCodeRequest(email, code).toJson(), from);
  }

  private HttpResponse<String> finish(String email, String code, String from) throws Exception {
    return write(
        "/api/account/signup",
        new SignupRequest(email, code, TestHouse.salt(), TestHouse.KDF, TestHouse.proof(2))
            .toJson(),
        from);
  }

  private static String where(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    return answer.headers().firstValue("Location").orElseThrow();
  }

  private boolean begins(String email, String from) throws Exception {
    HttpResponse<String> answer = begin(email, from);
    return answer.headers().firstValue("Location").orElse("").equals("/signup/code");
  }

  private static String cookie(HttpResponse<String> answer) {
    return answer.headers().allValues("Set-Cookie").stream()
        .filter(each -> each.startsWith(COOKIE))
        .findFirst()
        .orElse("");
  }

  /** All of an answer but what the address itself is in, which whoever asks has typed. */
  private static Map<String, Object> heard(HttpResponse<String> answer) {
    Map<String, Object> heard = new TreeMap<>(answer.headers().map());
    heard.remove("date");
    String cookie = cookie(answer);
    heard.put("set-cookie", cookie.isEmpty() ? "" : cookie.substring(cookie.indexOf(';')));
    heard.put("status", answer.statusCode());
    heard.put("body", answer.body());
    return heard;
  }

  @Test
  void everyAddressIsAnsweredAlikeAtEachStep() throws Exception {
    HttpResponse<String> taken = begin(ADA, "192.0.2.2");
    HttpResponse<String> free = begin(EVE, "192.0.2.3");
    assertThat(where(taken)).isEqualTo("/signup/code");
    assertThat(heard(taken)).isEqualTo(heard(free));
    String toAda = page("/signup/code", cookie(taken).split(";")[0]).body();
    String toEve = page("/signup/code", cookie(free).split(";")[0]).body();
    assertThat(toAda).contains("We have sent a letter to").contains(ADA);
    assertThat(toAda.replace(ADA, EVE)).isEqualTo(toEve);
    String codeOfEve = post.code(house, EVE);
    for (String code : List.of(WRONG, codeOfEve, "")) {
      HttpResponse<String> one = check(ADA, code, "192.0.2.2");
      HttpResponse<String> other = check("nobody@example.org", code, "192.0.2.4");
      assertThat(one.statusCode()).isEqualTo(422);
      assertThat(one.body()).contains("\"code\":\"signup-code-wrong\"");
      assertThat(heard(one)).isEqualTo(heard(other));
      assertThat(heard(check(EVE, WRONG, "192.0.2.3"))).isEqualTo(heard(one));
      assertThat(heard(finish(ADA, code, "192.0.2.2")))
          .isEqualTo(heard(finish("nobody@example.org", code, "192.0.2.4")))
          .isEqualTo(heard(one));
    }
  }

  @Test
  void whoComesBackGoesOnWhereTheyWere() throws Exception {
    String begun = cookie(begin("Eve@Example.org", AT_HOME));
    assertThat(begun).endsWith("; Max-Age=1800; Secure; HttpOnly; SameSite=Strict; Path=/");
    String brought = begun.split(";")[0];
    assertThat(page("/signup", brought).body())
        .contains("data-testid=\"signup-begun\"", "href=\"/signup/code\"", EVE);
    assertThat(page("/signup/code", brought).body()).contains("value=\"" + EVE + "\"");
    assertThat(page("/signup", "").body())
        .contains("href=\"/signup/code\"", "action=\"/signup\"")
        .doesNotContain("signup-begun", "data-part=\"vault\"");
    assertThat(page("/signup/code", "").body())
        .contains("value=\"\"", "autocomplete=\"one-time-code\"", "inputmode=\"numeric\"");
    for (String odd : List.of("?", "e30", "A".repeat(3_000), "PHNjcmlwdD4")) {
      assertThat(page("/signup/code", COOKIE + odd).body()).contains("value=\"\"");
    }
    String code = post.code(house, EVE);
    assertThat(check(EVE, code, AT_HOME).statusCode()).isEqualTo(200);
    HttpResponse<String> made =
        sent(
            request("/api/account/signup", AT_HOME, brought)
                .header("Content-Type", "application/json")
                .header("X-Trefoil", "1")
                .header("Origin", "http://localhost:" + web.port())
                .header("Sec-Fetch-Site", "same-origin")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        new SignupRequest(
                                EVE, code, TestHouse.salt(), TestHouse.KDF, TestHouse.proof(2))
                            .toJson()
                            .write())));
    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(made.body()).contains("/signup/factor");
    assertThat(cookie(made)).contains("Max-Age=0");
  }

  @Test
  void whatTheAddressIsRefusedForIsSaidOnThePage() throws Exception {
    HttpResponse<String> malformed = begin("eve", AT_HOME);
    assertThat(where(malformed)).isEqualTo("/signup");
    String said = malformed.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
    assertThat(page("/signup", said).body()).contains("data-token=\"email-malformed\"");
  }

  @Test
  void somebodyElsesWrongCodesKeepNobodyOut() throws Exception {
    begin(EVE, AT_HOME);
    String code = post.code(house, EVE);
    for (int network = 0; network < 20; network++) {
      String from = "198.51.100." + network;
      int status = 422;
      for (int i = 0; status == 422; i++) {
        assertThat(i).as("tries from one network").isLessThanOrEqualTo(10);
        status = (i % 2 == 0 ? check(EVE, WRONG, from) : finish(EVE, WRONG, from)).statusCode();
      }
      assertThat(status).isEqualTo(429);
      assertThat(check(EVE, code, from).statusCode()).as("the right one no more").isEqualTo(429);
    }
    assertThat(check(EVE, code, AT_HOME).statusCode()).isEqualTo(200);
    assertThat(finish(EVE, code, AT_HOME).statusCode()).isEqualTo(201);
  }

  @Test
  void aMailboxIsNotFloodedFromManyNetworksNorByAddressesWithAPlus() throws Exception {
    for (int i = 0; i < 40; i++) {
      assertThat(where(begin(EVE, "198.51.100." + i))).isEqualTo("/signup/code");
      house.clock.forward(Duration.ofMinutes(2));
    }
    assertThat(post.letters(house, EVE)).hasSize(SignUps.LETTERS_A_DAY);
    int letters = 0;
    for (int i = 0; i < 40; i++) {
      String tagged = "eve+" + i + "@example.org";
      letters += begins(tagged, "198.51.100." + (100 + i)) ? 1 : 0;
    }
    assertThat(letters).isEqualTo(SignUps.LETTERS_A_DAY);
    assertThat(finish(EVE, post.code(house, EVE), AT_HOME).statusCode()).isEqualTo(201);
  }

  @Test
  void oneNetworkWritesToFewAndAllTogetherToSoMany() throws Exception {
    int few = 0;
    while (begins("v" + few + "@example.org", "198.51.100.7")) {
      few++;
    }
    assertThat(few).isEqualTo(20);
    int all = few;
    while (begins("w" + all + "@example.org", "10.0." + all / 200 + "." + all % 200)) {
      all++;
    }
    assertThat(all).isEqualTo(600);
    house.clock.forward(Duration.ofSeconds(2));
    assertThat(where(begin(EVE, AT_HOME))).as("one each two seconds").isEqualTo("/signup/code");
  }
}
