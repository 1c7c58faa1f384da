package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.trefoil.core.Token;
import org.trefoil.core.wire.NewPasswordRequest;
import org.trefoil.server.account.Session;
import org.trefoil.server.mail.Mail;
import org.trefoil.server.regain.PasswordLinks;
import org.trefoil.server.secondfactor.SecondFactors;
import org.trefoil.server.secondfactor.Verdict;

@Timeout(60)
class PasswordLinkTest extends WaysBackTest {
  private static final String NOT_ADA = "nobody@example.org";

  private PasswordLinks links() {
    return ways().passwords();
  }

  /** Asks for a link and waits until it is there. */
  private String link() throws InterruptedException {
    List<Mail> before = mail(ADA);
    ways().forgot(ADA);
    Instant end = Instant.now().plusSeconds(20);
    while (mail(ADA).size() == before.size() && Instant.now().isBefore(end)) {
      Thread.sleep(10);
    }
    Mail fresh =
        mail(ADA).stream().filter(mail -> !before.contains(mail)).findFirst().orElseThrow();
    return WaysBackTest.tokens(fresh, "new-password").get(0);
  }

  private static NewPasswordRequest password(String token, int seed) {
    return new NewPasswordRequest(token, TestHouse.salt(), TestHouse.KDF, TestHouse.proof(seed));
  }

  @Test
  void aLinkAndTheSecondFactorSetANewPasswordAndEndEverySession() throws Exception {
    Session there = signedIn(true);
    String link = link();
    assertThat(links().asksCode(link)).isTrue();
    assertThat(links().email(link)).isEqualTo(ADA);
    String next = links().giveCode(link, ada.code());
    assertThat(links().asksCode(next)).isFalse();
    links().set(password(next, 7));
    assertThat(house.rooms.accounts().signIn(ADA, TestHouse.proof(1))).isEmpty();
    assertThat(house.rooms.accounts().signIn(ADA, TestHouse.proof(7))).isPresent();
    assertThat(lives(there)).isFalse();
    assertThat(subjects(ADA)).contains("Your Trefoil password is changed");
    assertThat(house.rooms.factors().use(ada.accountId, ada.code())).isEqualTo(Verdict.OK);
  }

  @Test
  void aRecoveryCodeIsASecondFactorHereToo() throws Exception {
    links().set(password(links().giveCode(link(), ada.recovery.get(0)), 7));
    assertThat(house.rooms.accounts().signIn(ADA, TestHouse.proof(7))).isPresent();
    assertThat(house.rooms.factors().recoveryLeft(ada.accountId)).isEqualTo(9);
  }

  @Test
  void whoReadsTheMailAloneSetsNothing() throws Exception {
    String link = link();
    Refused.with(Token.LINK_DEAD, () -> links().set(password(link, 7)));
    for (int i = 0; i < PasswordLinks.MOST_TRIES; i++) {
      Refused.with(Token.CODE_WRONG, () -> links().giveCode(link, "000000"));
    }
    Refused.with(Token.LINK_DEAD, () -> links().giveCode(link, ada.code()));
    assertThat(house.rooms.accounts().signIn(ADA, TestHouse.proof(1))).isPresent();
  }

  @Test
  void whoReadsTheMailDoesNotUseUpTheOwnersTries() throws Exception {
    for (int i = 0; i < PasswordLinks.MOST_AT_ONCE; i++) {
      String link = link();
      for (int n = 0; n < PasswordLinks.MOST_TRIES; n++) {
        Refused.with(Token.CODE_WRONG, () -> links().giveCode(link, "000000"));
      }
    }
    SecondFactors factors = house.rooms.factors();
    for (int i = 1; i < SecondFactors.MOST_TRIES; i++) {
      assertThat(factors.use(ada.accountId, "000000")).isEqualTo(Verdict.WRONG);
    }
    assertThat(factors.use(ada.accountId, ada.code())).isEqualTo(Verdict.OK);
  }

  @Test
  void theLinkOfTheMailIsDeadOnceTheCodeWasGiven() throws Exception {
    String link = link();
    String next = links().giveCode(link, ada.code());
    Refused.with(Token.LINK_DEAD, () -> links().asksCode(link));
    Refused.with(Token.LINK_DEAD, () -> links().set(password(link, 8)));
    Refused.with(Token.LINK_DEAD, () -> links().giveCode(link, ada.code()));
    links().set(password(next, 7));
    Refused.with(Token.LINK_DEAD, () -> links().set(password(next, 8)));
    assertThat(house.rooms.accounts().signIn(ADA, TestHouse.proof(7))).isPresent();
  }

  @Test
  void aLinkIsVoidAfterHalfAnHour() throws Exception {
    String link = link();
    house.clock.forward(PasswordLinks.LIFE);
    Refused.with(Token.LINK_DEAD, () -> links().asksCode(link));
    Refused.with(Token.LINK_DEAD, () -> links().giveCode(link, ada.code()));
    String late = links().giveCode(link(), ada.code());
    house.clock.forward(PasswordLinks.LIFE);
    Refused.with(Token.LINK_DEAD, () -> links().set(password(late, 7)));
  }

  @Test
  void aNewPasswordVoidsEveryLink() throws Exception {
    String first = link();
    String second = link();
    String next = links().giveCode(second, ada.code());
    house
        .rooms
        .accounts()
        .changePassword(
            ada.accountId,
            TestHouse.proof(1),
            TestHouse.salt(),
            TestHouse.KDF,
            TestHouse.proof(2),
            "");
    Refused.with(Token.LINK_DEAD, () -> links().asksCode(first));
    Refused.with(Token.LINK_DEAD, () -> links().set(password(next, 7)));
    assertThat(house.rooms.accounts().signIn(ADA, TestHouse.proof(2))).isPresent();
  }

  @Test
  void nobodyIsFloodedAndStrangersGetNothing() throws Exception {
    for (int i = 0; i < PasswordLinks.MOST_AT_ONCE; i++) {
      link();
    }
    ways().forgot(ADA);
    ways().forgot(NOT_ADA);
    // They are worked off in turn: when Bob's is there, those before are through.
    house.new Person(2);
    ways().forgot("p2@example.org");
    Instant end = Instant.now().plusSeconds(20);
    while (mail("p2@example.org").isEmpty() && Instant.now().isBefore(end)) {
      Thread.sleep(10);
    }
    assertThat(mail("p2@example.org")).hasSize(1);
    assertThat(mail(ADA)).hasSize(PasswordLinks.MOST_AT_ONCE);
    assertThat(mail(NOT_ADA)).isEmpty();
    house.clock.forward(PasswordLinks.LIFE);
    assertThat(link()).hasSize(64);
  }

  @Test
  void aStrangersRequestsDoNotKeepTheOwnersLinkAway() throws Exception {
    for (int i = 0; i < 10; i++) {
      link();
      house.clock.forward(PasswordLinks.LIFE.dividedBy(PasswordLinks.MOST_AT_ONCE));
    }
    String link = link();
    assertThat(links().giveCode(link, ada.code())).hasSize(64);
  }

  @Test
  void whoReadsTheMailTriesThirtyCodesADay() throws Exception {
    int tries = 0;
    while (tries < PasswordLinks.MOST_TRIES_PER_DAY) {
      String link = link();
      for (int n = 0; n < PasswordLinks.MOST_TRIES; n++, tries++) {
        Refused.with(Token.CODE_WRONG, () -> links().giveCode(link, "000000"));
      }
      house.clock.forward(PasswordLinks.LIFE);
    }
    String link = link();
    Refused.with(Token.LINK_DEAD, () -> links().giveCode(link, ada.code()));
    house.clock.forward(Duration.ofDays(1));
    assertThat(links().giveCode(link(), ada.code())).hasSize(64);
  }

  @Test
  void ofFiftyWhoUseOneLinkAtOnceOneSetsThePassword() throws Exception {
    String next = links().giveCode(link(), ada.code());
    List<Object> answers =
        Crowd.atOnce(
            50,
            number -> {
              links().set(password(next, 10 + number));
              return "set";
            });
    assertThat(answers).filteredOn("set"::equals).hasSize(1);
    assertThat(answers).filteredOn("link-dead"::equals).hasSize(49);
    assertThat(subjects(ADA)).filteredOn("Your Trefoil password is changed"::equals).hasSize(1);
  }

  @Test
  void aSignUpThatWasNotFinishedNeedsTheLinkAlone() throws Exception {
    String address = "half@example.org";
    house.signUp(address, 3);
    ways().forgot(address);
    Instant end = Instant.now().plusSeconds(20);
    while (mail(address).isEmpty() && Instant.now().isBefore(end)) {
      Thread.sleep(10);
    }
    String link = token(address, "new-password");
    assertThat(links().asksCode(link)).isFalse();
    links().set(password(link, 4));
    assertThat(house.rooms.accounts().signIn(address, TestHouse.proof(4))).isPresent();
  }
}
