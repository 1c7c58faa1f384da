package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.trefoil.core.Token;
import org.trefoil.server.account.Devices;
import org.trefoil.server.account.Session;
import org.trefoil.server.app.HttpServices.FactorsView;
import org.trefoil.server.http.Services;
import org.trefoil.server.secondfactor.SecondFactors;

/** A browser is known by a cookie once somebody gave both factors in it, and a new one is told. */
class DevicesTest extends WaysBackTest {
  private static final String TOLD = "A sign-in from a new browser";

  private Devices devices() {
    return house.rooms.devices();
  }

  private String arrive(String accountId, String cookie) {
    Session half = house.rooms.sessions().open(accountId, false, "Firefox on Mac", "192.0.2.7");
    return devices().arrive(half, cookie, false).cookie();
  }

  @Test
  void aNewBrowserIsToldOnceAndKnownFromThenOn() {
    String cookie = arrive(ada.accountId, "");
    assertThat(devices().knows(ada.accountId, cookie)).isTrue();
    assertThat(subjects(ADA)).containsExactly(TOLD);
    assertThat(mail(ADA).get(0).text())
        .contains("Firefox on Mac, 192.0.2.7")
        .doesNotContain("http", "%s", cookie);
    assertThat(arrive(ada.accountId, cookie)).isEqualTo(cookie);
    assertThat(subjects(ADA)).hasSize(1);
    assertThat(arrive(ada.accountId, "")).isNotEqualTo(cookie);
    assertThat(subjects(ADA)).hasSize(2);
  }

  @Test
  void theBrowserOfTheSignUpIsNoNews() {
    Session half = signedIn(false);
    String cookie = devices().arrive(half, "", true).cookie();
    assertThat(devices().knows(ada.accountId, cookie)).isTrue();
    assertThat(mail(ADA)).isEmpty();
  }

  @Test
  void aCookieThatWeDidNotSetIsNotTakenOver() {
    String planted = "p".repeat(43);
    String cookie = arrive(ada.accountId, planted);
    assertThat(cookie).isNotEqualTo(planted).hasSize(43);
    assertThat(devices().knows(ada.accountId, planted)).isFalse();
    assertThat(devices().knows(ada.accountId, "p".repeat(10_000))).isFalse();
    assertThat(devices().knows(ada.accountId, "")).isFalse();
  }

  @Test
  void oneBrowserIsKnownToTwoAccountsEachByItself() {
    String bob = house.new Person(2).accountId;
    String cookie = arrive(ada.accountId, "");
    assertThat(devices().knows(bob, cookie)).isFalse();
    assertThat(arrive(bob, cookie)).isEqualTo(cookie);
    assertThat(subjects("p2@example.org")).containsExactly(TOLD);
    assertThat(devices().knows(bob, cookie)).isTrue();
    assertThat(devices().knows(ada.accountId, cookie)).isTrue();
  }

  @Test
  void aHalfSessionThatIsOverMakesNoBrowserKnown() {
    Session half = signedIn(false);
    devices().arrive(half, "", true);
    Refused.with(Token.NOT_SIGNED_IN, () -> devices().arrive(half, "", false));
    assertThat(mail(ADA)).isEmpty();
  }

  @Test
  void aBrowserIsForgottenAYearAfterItWasSeen() {
    String cookie = arrive(ada.accountId, "");
    house.clock.forward(Devices.LIFE);
    assertThat(devices().sweep()).isZero();
    assertThat(devices().knows(ada.accountId, cookie)).isTrue();
    house.clock.forward(Duration.ofSeconds(1));
    assertThat(devices().sweep()).isEqualTo(1);
    assertThat(devices().knows(ada.accountId, cookie)).isFalse();
  }

  @Test
  void whoHasThePasswordAloneDoesNotKeepItsOwnerOutOfAKnownBrowser() {
    Services.Factors factors =
        new FactorsView(house.rooms.factors(), house.rooms.accounts(), devices());
    String cookie = arrive(ada.accountId, "");
    for (int i = 0; i < SecondFactors.MOST_TRIES; i++) {
      Refused.with(
          Token.CODE_WRONG, () -> factors.useToSignIn(ada.accountId, "000000", "p".repeat(43)));
    }
    Refused.with(Token.TOO_MANY_TRIES, () -> factors.useToSignIn(ada.accountId, ada.code(), ""));
    factors.useToSignIn(ada.accountId, ada.code(), cookie);
    house.clock.forward(Duration.ofMinutes(1));
    factors.use(ada.accountId, ada.code());
    house.clock.forward(Duration.ofMinutes(1));
    for (int i = 0; i < SecondFactors.MOST_TRIES; i++) {
      Refused.with(Token.CODE_WRONG, () -> factors.useToSignIn(ada.accountId, "000000", cookie));
    }
    Refused.with(
        Token.TOO_MANY_TRIES, () -> factors.useToSignIn(ada.accountId, ada.code(), cookie));
  }

  @Test
  void allOtherSessionsEndAtOnce() {
    Session here = signedIn(true);
    Session there = signedIn(true);
    Session half = signedIn(false);
    Session bobs =
        house.rooms.sessions().open(house.new Person(2).accountId, true, "Firefox", "192.0.2.8");
    house.rooms.sessions().endOthers(ada.accountId, here.token());
    assertThat(lives(here)).isTrue();
    assertThat(lives(there)).isFalse();
    assertThat(lives(half)).isFalse();
    assertThat(lives(bobs)).isTrue();
  }
}
