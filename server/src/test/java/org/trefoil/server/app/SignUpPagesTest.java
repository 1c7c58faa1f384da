package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trefoil.server.app.ServedHouse.where;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.trefoil.core.policy.IpRange;
import org.trefoil.core.wire.Json;
import org.trefoil.core.wire.SignupCodeRequest;
import org.trefoil.core.wire.SignupRequest;
import org.trefoil.server.signup.SignUps;

/** A sign-up by letter as browsers walk it, from whatever network a proxy tells. */
@Timeout(120)
class SignUpPagesTest extends SignUpHouse {
  private static final String COOKIE = "__Host-Http-trefoil-signup=";
  private static final String AT_HOME = "192.0.2.1";
  private static final String WRONG = "0000 0000 0000";

  private ServedHouse served;

  @BeforeEach
  void serve() {
    served =
        new ServedHouse(
            house,
            TestHouse.mailing(Path.of("unused"), post.port()),
            List.of(IpRange.parse("127.0.0.1")));
  }

  @AfterEach
  void stop() {
    served.close();
  }

  private HttpResponse<String> answer(HttpRequest.Builder request, String from) throws Exception {
    return served.answer(request.header("X-Forwarded-For", from));
  }

  private HttpResponse<String> page(String path, String cookie) throws Exception {
    HttpRequest.Builder request = served.request(path);
    return answer(cookie.isEmpty() ? request : request.header("Cookie", cookie), AT_HOME);
  }

  private HttpResponse<String> begin(String email, String from) throws Exception {
    return answer(
        served.form("/signup", "email=" + email.replace("@", "%40").replace("+", "%2B")), from);
  }

  private HttpResponse<String> write(String path, Json body, String from) throws Exception {
    return answer(served.call(path, body), from);
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
    Map<String, Object> heard = ServedHouse.heard(answer);
    String cookie = cookie(answer);
    heard.put("set-cookie", cookie.isEmpty() ? "" : cookie.substring(cookie.indexOf(';')));
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
    SignupRequest request =
        new SignupRequest(EVE, code, TestHouse.salt(), TestHouse.KDF, TestHouse.proof(2));
    HttpResponse<String> made =
        answer(
            served.call("/api/account/signup", request.toJson()).header("Cookie", brought),
            AT_HOME);
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
