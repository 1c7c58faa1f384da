package org.trefoil.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private static final String SIGNIN =
      "{\"email\":\"ada@example.org\",\"proof\":\"" + FakeHouse.PROOF + "\"}";
  @AutoClose private final OpenDoor door = new OpenDoor();

  private static String cookie(HttpResponse<String> answer) {
    return answer.headers().firstValue("Set-Cookie").orElseThrow();
  }

  private static String token(HttpResponse<String> answer) {
    return cookie(answer).replaceFirst("^[^=]*=([^;]*);.*", "$1");
  }

  @Test
  void theCookieIsForThisHostAloneAndNoScript() {
    HttpResponse<String> answer = door.write("/api/account/signin", SIGNIN).send();
    assertThat(answer.body()).isEqualTo("{\"next\":\"/signin/factor\"}");
    assertThat(cookie(answer))
        .matches("__Host-Http-trefoil-sess=[^;]+; Secure; HttpOnly; SameSite=Strict; Path=/")
        .doesNotContain("Domain");
    assertThat(answer.body()).doesNotContain(token(answer));
  }

  @Test
  void aFormWithAnythingElseInItIsRefused() {
    String half = token(door.write("/api/account/signin", SIGNIN).send());
    for (String body : List.of("code=123456&evil=1", "evil=1&code=123456", "code=1&code=123456")) {
      HttpResponse<String> answer = door.form("/signin/factor", body).as(half).send();
      assertThat(answer.statusCode()).as(body).isEqualTo(400);
      assertThat(answer.body()).contains("unknown-field");
    }
    HttpResponse<String> right = door.form("/signin/factor", "code=123456").as(half).send();
    assertThat(right.headers().firstValue("Location")).contains("/wallets");
  }

  @Test
  void theSecondFactorGivesANewToken() {
    String half = token(door.write("/api/account/signin", SIGNIN).send());
    HttpResponse<String> wrong = door.form("/signin/factor", "code=000000").as(half).send();
    assertThat(wrong.headers().firstValue("Location")).contains("/signin/factor");
    assertThat(cookie(wrong)).doesNotContain("trefoil-sess");
    HttpResponse<String> right = door.form("/signin/factor", "code=+123456+").as(half).send();
    assertThat(right.headers().firstValue("Location")).contains("/wallets");
    assertThat(token(right)).isNotEqualTo(half);
    assertThat(door.page("/wallets").as(token(right)).send().statusCode()).isEqualTo(200);
    assertThat(door.page("/wallets").as(half).send().headers().firstValue("Location"))
        .contains("/signin");
  }

  @Test
  void theBrowserIsKnownAgainByACookieOfItsOwnForAYear() {
    String half = token(door.write("/api/account/signin", SIGNIN).send());
    HttpResponse<String> right = door.form("/signin/factor", "code=123456").as(half).send();
    String browser = right.headers().allValues("Set-Cookie").get(1);
    assertThat(browser)
        .isEqualTo(
            "__Host-Http-trefoil-browser=browser1; Max-Age=31536000; Secure; HttpOnly;"
                + " SameSite=Strict; Path=/");
    String again = token(door.write("/api/account/signin", SIGNIN).send());
    HttpResponse<String> known =
        door.form("/signin/factor", "code=123456")
            .with("Cookie", "__Host-Http-trefoil-browser=known; __Host-Http-trefoil-sess=" + again)
            .send();
    assertThat(known.headers().allValues("Set-Cookie").get(1)).contains("browser=known; Max-Age");
    HttpResponse<String> out = door.form("/signout", "").as(token(known)).send();
    assertThat(out.headers().allValues("Set-Cookie")).noneMatch(each -> each.contains("browser"));
  }

  @Test
  void enrolmentShowsTheSecretOnceAndThenTheCodes() {
    door.house.enrolled = false;
    String half = door.house.signedIn(FakeHouse.ADA, false);
    HttpResponse<String> enrol = door.page("/signup/factor").as(half).send();
    assertThat(enrol.body())
        .contains(
            "data-testid=\"totp-secret\"",
            "JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP",
            "<path d=\"M4 4h1v1h-1z");
    HttpResponse<String> codes = door.form("/signup/factor", "code=123456").as(half).send();
    assertThat(codes.statusCode()).isEqualTo(200);
    assertThat(codes.body().split("<li>")).hasSize(11);
    assertThat(codes.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(door.page("/signup/factor").as(token(codes)).send().headers().firstValue("Location"))
        .contains("/wallets");
  }

  @Test
  void besideAWrongCodeNoSecretIsShownUntilAnotherIsAskedFor() {
    door.house.enrolled = false;
    String half = door.house.signedIn(FakeHouse.ADA, false);
    HttpResponse<String> wrong = door.form("/signup/factor", "code=000000").as(half).send();
    HttpResponse<String> page = door.page("/signup/factor").as(half).after(wrong).send();
    assertThat(page.body())
        .contains("data-token=\"code-wrong\"", "data-testid=\"totp-there\"")
        .doesNotContain("totp-secret", "totp-qr");
    assertThat(door.page("/signup/factor").as(half).after(page).send().body())
        .contains("data-testid=\"totp-secret\"");
  }

  @Test
  void whereNoWaitReplacesAFactorNoneIsOffered() {
    String half = door.house.signedIn(FakeHouse.ADA, false);
    assertThat(door.page("/factor-lost").as(half).send().body())
        .contains("data-testid=\"lost-with-passcode\"")
        .doesNotContain("keys-alone");
    door.house.keysAlone = true;
    assertThat(door.page("/factor-lost").as(half).send().body())
        .contains("data-testid=\"keys-alone\"")
        .doesNotContain("lost-with-passcode");
  }

  @Test
  void aRefusedFormIsToldOnceOnItsPageSoThatAReloadSendsNothingAgain() {
    String half = door.house.signedIn(FakeHouse.ADA, false);
    HttpResponse<String> wrong = door.form("/signin/factor", "code=000000").as(half).send();
    assertThat(wrong.statusCode()).isEqualTo(303);
    assertThat(wrong.headers().firstValue("Location")).contains("/signin/factor");
    assertThat(cookie(wrong))
        .matches(
            "__Host-Http-trefoil-said=[^;]+; Max-Age=60; Secure; HttpOnly; SameSite=Strict; Path=/");
    HttpResponse<String> page = door.page("/signin/factor").as(half).after(wrong).send();
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("data-token=\"code-wrong\"", "clock of your phone");
    assertThat(cookie(page)).startsWith("__Host-Http-trefoil-said=; Max-Age=0; Secure");
    HttpResponse<String> reload = door.page("/signin/factor").as(half).after(page).send();
    assertThat(reload.body()).doesNotContain("data-token=");
    for (String odd : List.of("?", "e30", "A".repeat(5_000))) {
      HttpResponse<String> answer =
          door.page("/signin/factor")
              .with(
                  "Cookie",
                  "__Host-Http-trefoil-sess=" + half + "; __Host-Http-trefoil-said=" + odd)
              .send();
      assertThat(answer.statusCode()).as(odd).isEqualTo(200);
      assertThat(answer.body()).doesNotContain("data-token=");
    }
  }

  @Test
  void aMistypedAddressIsGivenUpForAnother() {
    door.house.enrolled = false;
    String half = door.house.signedIn(FakeHouse.ADA, false);
    assertThat(door.page("/signup/factor").as(half).send().body())
        .contains("ada@example.org", "action=\"/signup/again\"");
    HttpResponse<String> again = door.form("/signup/again", "").as(half).send();
    assertThat(again.headers().firstValue("Location")).contains("/signup");
    assertThat(cookie(again)).startsWith("__Host-Http-trefoil-sess=; Max-Age=0");
    assertThat(door.house.changes).containsExactly("discard account");
    door.house.enrolled = true;
    HttpResponse<String> late =
        door.form("/signup/again", "").as(door.house.signedIn(FakeHouse.ADA, false)).send();
    assertThat(late.headers().firstValue("Location")).contains("/signup/factor");
    assertThat(door.house.changes).hasSize(1);
  }

  @Test
  void aSignInEndsTheSessionThatTheBrowserBrought() {
    String before = door.house.signedIn(FakeHouse.BOB, true);
    door.write("/api/account/signin", SIGNIN).as(before).send();
    assertThat(door.house.sessions).doesNotContainKey(before);
  }

  @Test
  void aWrongProofIsOneAnswerForAll() {
    String wrong = SIGNIN.replace("AAA=", "BBA=").replace("proof\":\"AAA", "proof\":\"BAA");
    HttpResponse<String> known = door.write("/api/account/signin", wrong).send();
    HttpResponse<String> stranger =
        door.write("/api/account/signin", wrong.replace("ada@", "eve@")).send();
    assertThat(known.statusCode()).isEqualTo(401);
    assertThat(known.body()).isEqualTo(stranger.body()).contains("signin-wrong");
    assertThat(known.headers().firstValue("Set-Cookie")).isEmpty();
  }

  @Test
  void guessingOneAddressIsLimitedWhereItComesFrom() {
    for (int i = 0; i < RateLimits.For.SIGNIN_EMAIL.capacity(); i++) {
      assertThat(door.write("/api/account/signin", SIGNIN).send().statusCode()).isEqualTo(200);
    }
    assertThat(
            door.write("/api/account/signin", SIGNIN.replace("ada@", " ADA@")).send().statusCode())
        .isEqualTo(429);
    assertThat(door.house.buckets.keySet()).noneMatch(bucket -> bucket.contains("example.org"));
  }

  @Test
  void signingOutEndsItHereAndThereAndLetsTheBrowserRememberTheKeySets() {
    String token = door.house.signedIn(FakeHouse.ADA, true);
    HttpResponse<String> out = door.form("/signout", "").as(token).send();
    assertThat(out.headers().firstValue("Location")).contains("/");
    assertThat(cookie(out)).startsWith("__Host-Http-trefoil-sess=; Max-Age=0; Secure");
    assertThat(out.headers().firstValue("Clear-Site-Data")).contains("\"cache\"");
    assertThat(door.house.sessions).doesNotContainKey(token);
  }

  @Test
  void anotherSessionCanBeEnded() {
    String here = door.house.signedIn(FakeHouse.ADA, true);
    String there = door.house.signedIn(FakeHouse.ADA, true);
    String id = door.house.sessions.get(there).id();
    assertThat(door.page("/account").as(here).send().body())
        .contains("/account/sessions/" + id + "/end");
    door.form("/account/sessions/" + id + "/end", "").as(here).send();
    assertThat(door.house.sessions).containsKey(here).doesNotContainKey(there);
  }
}
