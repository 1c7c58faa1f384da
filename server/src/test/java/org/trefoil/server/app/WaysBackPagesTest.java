package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trefoil.server.app.ServedHouse.heard;
import static org.trefoil.server.app.ServedHouse.where;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.wire.KeyQuestion;
import org.trefoil.core.wire.ProvedKeysRequest;
import org.trefoil.server.account.Session;
import org.trefoil.server.secondfactor.Verdict;

/** The ways back as a browser walks them, with a clock that is moved. */
@Timeout(60)
class WaysBackPagesTest extends WaysBackTest {
  private ServedHouse served;

  @BeforeEach
  void serve() {
    served = new ServedHouse(house);
  }

  @AfterEach
  void stop() {
    served.close();
  }

  private HttpResponse<String> answer(HttpRequest.Builder request, String token) throws Exception {
    return served.answer(
        token.isEmpty() ? request : request.header("Cookie", ServedHouse.cookie(token)));
  }

  private HttpResponse<String> page(String path, String token) throws Exception {
    return answer(served.request(path), token);
  }

  private HttpResponse<String> form(String path, String body, String token) throws Exception {
    return answer(served.form(path, body), token);
  }

  @Test
  void aForgottenPasswordIsAnsweredAlikeForEveryAddress() throws Exception {
    HttpResponse<String> known = form("/forgot", "email=p1%40example.org", "");
    HttpResponse<String> unknown = form("/forgot", "email=nobody%40example.org", "");
    assertThat(heard(known)).isEqualTo(heard(unknown));
    assertThat(page(where(known), "").body()).contains("forgot-sent").doesNotContain("p1@");
    HttpResponse<String> malformed = form("/forgot", "email=nobody", "");
    assertThat(where(malformed)).isEqualTo("/forgot");
    while (mail(ADA).isEmpty()) {
      Thread.sleep(10);
    }
    assertThat(mail("nobody@example.org")).isEmpty();
    for (int i = 0; i < 4; i++) {
      form("/forgot", "email=nobody%40example.org", "");
    }
    assertThat(where(form("/forgot", "email=nobody%40example.org", ""))).isEqualTo("/forgot");
  }

  @Test
  void theLinkOfTheMailLeadsByTheCodeToThePassword() throws Exception {
    form("/forgot", "email=p1%40example.org", "");
    while (mail(ADA).isEmpty()) {
      Thread.sleep(10);
    }
    String path = "/new-password/" + token(ADA, "new-password");
    assertThat(page("/practice/mail", "").body()).contains("href=\"" + path + "\"");
    assertThat(page(path, "").body()).contains("totp-code");
    assertThat(where(form(path, "code=000000", ""))).isEqualTo(path);
    HttpResponse<String> next = form(path, "code=" + ada.code(), "");
    assertThat(next.statusCode()).as("no address holds what sets the password").isEqualTo(200);
    assertThat(next.body()).contains(ADA).contains("data-part=\"vault\"");
    HttpResponse<String> dead = page(path, "");
    assertThat(dead.statusCode()).isEqualTo(422);
    assertThat(dead.body()).contains("data-token=\"link-dead\"");
  }

  @Test
  void aWaitIsOnEveryPageAndItsButtonEndsItForWhoHasTheSecondFactor() throws Exception {
    Session half = signedIn(false);
    KeyQuestion asked = ways().factors().ask(ada.accountId, ada.walletId, false);
    String user = ada.vault.answer(ada.cosigners, asked, KeyRole.USER);
    assertThat(page("/signin/factor", half.token()).body()).doesNotContain("factor-reset");
    ways().factors().begin(ada.accountId, new ProvedKeysRequest(asked.challenge(), user, null));
    Session full = signedIn(true);
    for (String path : new String[] {"/wallets", "/wallets/" + ada.walletId, "/account"}) {
      assertThat(page(path, full.token()).body()).as(path).contains("factor-reset");
    }
    assertThat(page("/signin/factor", half.token()).body()).contains("factor-reset");
    assertThat(page("/signin", "").body()).doesNotContain("factor-reset");
    assertThat(page("/signin/factor", half.token()).body()).doesNotContain("cancel-reset");
    assertThat(where(form("/factor-lost/cancel", "", half.token()))).isEqualTo("/signin/factor");
    assertThat(page("/wallets", full.token()).body()).contains("cancel-reset");
    assertThat(where(form("/factor-lost/cancel", "", full.token()))).isEqualTo("/wallets");
    assertThat(page("/wallets", full.token()).body()).doesNotContain("factor-reset");
  }

  @Test
  void afterTheWaitPasswordAndLinkEnrolANewFactorAndSignIn() throws Exception {
    KeyQuestion asked = ways().factors().ask(ada.accountId, ada.walletId, false);
    String user = ada.vault.answer(ada.cosigners, asked, KeyRole.USER);
    ways().factors().begin(ada.accountId, new ProvedKeysRequest(asked.challenge(), user, null));
    pass(Duration.ofHours(72));
    String path = "/new-factor/" + token(ADA, "new-factor");
    assertThat(where(page(path, ""))).isEqualTo("/signin");
    Session half = signedIn(false);
    assertThat(page("/signin/factor", half.token()).body()).contains("by the link");
    String secret = page(path, half.token()).body();
    assertThat(secret).contains("totp-secret");
    String base32 =
        secret.replaceAll("(?s).*data-testid=\"totp-secret\"[^>]*>([A-Z2-7 ]+)<.*", "$1");
    byte[] app = TestHouse.unbase32(base32.replace(" ", ""));
    assertThat(where(form(path, "code=000000", half.token()))).isEqualTo(path);
    HttpResponse<String> codes = form(path, "code=" + code(app), half.token());
    assertThat(codes.body()).contains("recovery-codes");
    String cookie = codes.headers().firstValue("Set-Cookie").orElseThrow();
    String full = cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'));
    assertThat(page("/wallets", full).body()).contains("Savings").doesNotContain("factor-reset");
    assertThat(where(page("/wallets", half.token()))).isEqualTo("/signin");
    assertThat(house.rooms.factors().use(ada.accountId, ada.recovery.get(1)))
        .isEqualTo(Verdict.WRONG);
  }

  @Test
  void openingALinkChangesNothingAndItsButtonDoes() throws Exception {
    KeyQuestion asked = ways().factors().ask(ada.accountId, ada.walletId, false);
    String user = ada.vault.answer(ada.cosigners, asked, KeyRole.USER);
    ways().factors().begin(ada.accountId, new ProvedKeysRequest(asked.challenge(), user, null));
    String path = "/cancel/" + token(ADA, "cancel");
    assertThat(page(path, "").body()).contains("link-submit");
    assertThat(ways().factors().pending(ada.accountId)).isPresent();
    assertThat(form(path, "", "").body()).contains("Cancelled");
    assertThat(ways().factors().pending(ada.accountId)).isEmpty();
    assertThat(page(path, "").statusCode()).isEqualTo(422);
    assertThat(page("/cancel/" + "0".repeat(64), "").statusCode()).isEqualTo(422);
  }
}
