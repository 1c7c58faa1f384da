package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trefoil.core.Token;
import org.trefoil.core.wire.Kdf;
import org.trefoil.core.wire.PreloginAnswer;
import org.trefoil.server.account.Account;
import org.trefoil.server.account.Accounts;
import org.trefoil.server.account.Session;
import org.trefoil.server.account.Sessions;
import org.trefoil.server.secondfactor.SecondFactors;
import org.trefoil.server.secondfactor.Totp;
import org.trefoil.server.secondfactor.Verdict;
import org.trefoil.server.store.TestDatabase;

class AccountJourneyTest {
  private static final String EMAIL = "Ada@Example.org ";

  private TestHouse house;

  @BeforeEach
  void open() throws Exception {
    house = new TestHouse(TestDatabase.H2.fresh(), null);
  }

  @AfterEach
  void close() {
    house.close();
  }

  private Accounts accounts() {
    return house.rooms.accounts();
  }

  private Sessions sessions() {
    return house.rooms.sessions();
  }

  private Account signUp() {
    return house.signUp(EMAIL, 1);
  }

  @Test
  void signsInWithTheProofAndNothingElse() {
    Account ada = signUp();
    assertThat(ada.email()).isEqualTo("ada@example.org");
    assertThat(accounts().signIn("ADA@example.org", TestHouse.proof(1))).contains(ada);
    assertThat(accounts().signIn(EMAIL, TestHouse.proof(2))).isEmpty();
    assertThat(accounts().signIn("eve@example.org", TestHouse.proof(1))).isEmpty();
    Refused.with(Token.EMAIL_TAKEN, this::signUp);
  }

  @Test
  void unknownAddressesHaveASaltThatStays() {
    signUp();
    PreloginAnswer known = accounts().prelogin(EMAIL);
    assertThat(known.salt()).isEqualTo(TestHouse.salt());
    PreloginAnswer unknown = accounts().prelogin("eve@example.org");
    assertThat(unknown).isEqualTo(accounts().prelogin("EVE@example.org"));
    assertThat(unknown.salt()).isNotEqualTo(accounts().prelogin("bob@example.org").salt());
    assertThat(Base64.getDecoder().decode(unknown.salt())).hasSize(16);
    assertThat(unknown.kdf()).isEqualTo(known.kdf());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "ada", "@example.org", "ada@", "a@b@c", "a b@c", "a\u0000@b", "a\u200b@b"})
  void refusesWhatIsNoAddress(String text) {
    Refused.with(Token.EMAIL_MALFORMED, () -> accounts().prelogin(text));
  }

  @Test
  void refusesWeakStretchesAndMalformedProofs() {
    for (Kdf weak :
        new Kdf[] {
          new Kdf(65_535, 3, 1),
          new Kdf(65_536, 2, 1),
          new Kdf(65_536, 3, 0),
          new Kdf(1 << 21, 3, 1)
        }) {
      Refused.with(
          Token.KDF_TOO_WEAK,
          () -> accounts().signUp(EMAIL, TestHouse.salt(), weak, TestHouse.proof(1)));
    }
    Refused.with(
        Token.PROOF_MALFORMED,
        () -> accounts().signUp(EMAIL, TestHouse.salt(), TestHouse.KDF, "AAAA"));
    Refused.with(
        Token.PROOF_MALFORMED,
        () -> accounts().signUp(EMAIL, "?", TestHouse.KDF, TestHouse.proof(1)));
  }

  @Test
  void aNewPasswordEndsAllOtherSessions() {
    Account ada = signUp();
    Session here = sessions().open(ada.accountId(), true, "here", "");
    Session there = sessions().open(ada.accountId(), true, "there", "");
    Refused.with(
        Token.PASSWORD_WRONG,
        () ->
            accounts()
                .changePassword(
                    ada.accountId(),
                    TestHouse.proof(9),
                    TestHouse.salt(),
                    TestHouse.KDF,
                    TestHouse.proof(2),
                    here.token()));
    accounts()
        .changePassword(
            ada.accountId(),
            TestHouse.proof(1),
            TestHouse.salt(),
            TestHouse.KDF,
            TestHouse.proof(2),
            here.token());
    assertThat(accounts().signIn(EMAIL, TestHouse.proof(1))).isEmpty();
    assertThat(accounts().signIn(EMAIL, TestHouse.proof(2))).contains(ada);
    assertThat(sessions().find(here.token())).isPresent();
    assertThat(sessions().find(there.token())).isEmpty();
  }

  @Test
  void sessionsEndByIdlenessByAgeAndByHand() {
    String ada = signUp().accountId();
    Session idle = sessions().open(ada, true, "x", "");
    house.clock.forward(Sessions.IDLE);
    assertThat(sessions().find(idle.token())).isEmpty();
    Session busy = sessions().open(ada, true, "x", "");
    for (int i = 0; i < 12 * 4 - 1; i++) {
      house.clock.forward(Duration.ofMinutes(15));
      assertThat(sessions().find(busy.token())).isPresent();
    }
    house.clock.forward(Duration.ofMinutes(15));
    assertThat(sessions().find(busy.token())).isEmpty();
    Session ended = sessions().open(ada, true, "x", "");
    sessions().end(ended.token());
    assertThat(sessions().find(ended.token())).isEmpty();
    assertThat(sessions().find("")).isEmpty();
    assertThat(sessions().find("made up")).isEmpty();
    house.clock.forward(Sessions.ABSOLUTE);
    sessions().sweep();
    assertThat(sessions().list(ada)).isEmpty();
  }

  @Test
  void steppingUpGivesANewTokenOnce() {
    String ada = signUp().accountId();
    Session half = sessions().open(ada, false, "x", "");
    Session full = sessions().upgrade(half);
    assertThat(full.full()).isTrue();
    assertThat(full.token()).isNotEqualTo(half.token());
    assertThat(sessions().find(half.token())).isEmpty();
    assertThat(sessions().find(full.token())).isPresent();
    Refused.with(Token.NOT_SIGNED_IN, () -> sessions().upgrade(half));
    assertThat(full.toString()).doesNotContain(full.token());
  }

  @Test
  void aFactorIsThereOnceItsFirstCodeWasGiven() {
    String ada = signUp().accountId();
    SecondFactors factors = house.rooms.factors();
    String secret = factors.begin(ada, "ada").secret();
    assertThat(factors.begin(ada, "ada").secret()).isEqualTo(secret);
    assertThat(factors.enrolled(ada)).isFalse();
    Refused.with(Token.FACTOR_MISSING, () -> factors.use(ada, "123456"));
    Refused.with(Token.CODE_WRONG, () -> factors.confirm(ada, "12345"));
    byte[] key = TestHouse.unbase32(secret);
    String code = Totp.code(key, Totp.step(house.clock.instant()), 6);
    assertThat(factors.confirm(ada, code.substring(0, 3) + " " + code.substring(3)))
        .hasSize(10)
        .doesNotHaveDuplicates();
    assertThat(factors.enrolled(ada)).isTrue();
    Refused.with(Token.FACTOR_ALREADY_ENROLLED, () -> factors.begin(ada, "ada"));
    Refused.with(Token.FACTOR_ALREADY_ENROLLED, () -> factors.confirm(ada, code));
    assertThat(factors.use(ada, code)).isEqualTo(Verdict.USED);
    assertThat(factors.recoveryLeft(ada)).isEqualTo(10);
  }

  @Test
  void aSignUpIsTakenBackUntilItsFactorIsThere() {
    Account mistyped = signUp();
    Session half = sessions().open(mistyped.accountId(), false, "here", "");
    house.rooms.factors().begin(mistyped.accountId(), EMAIL);
    accounts().discard(mistyped.accountId());
    assertThat(sessions().find(half.token())).isEmpty();
    assertThat(accounts().find(mistyped.accountId())).isEmpty();
    String again = signUp().accountId();
    Session kept = sessions().open(again, false, "here", "");
    SecondFactors factors = house.rooms.factors();
    String secret = factors.begin(again, EMAIL).secret();
    byte[] key = TestHouse.unbase32(secret);
    factors.confirm(again, Totp.code(key, Totp.step(house.clock.instant()), 6));
    Refused.with(Token.FACTOR_ALREADY_ENROLLED, () -> accounts().discard(again));
    assertThat(sessions().find(kept.token())).isPresent();
    assertThat(factors.enrolled(again)).isTrue();
    assertThat(accounts().signIn(EMAIL, TestHouse.proof(1))).isPresent();
  }

  @Test
  void newRecoveryCodesNeedACodeAndEndTheOldOnes() {
    TestHouse.Person ada = house.new Person(1);
    SecondFactors factors = house.rooms.factors();
    assertThat(factors.use(ada.accountId, ada.recovery.get(0))).isEqualTo(Verdict.OK);
    Sessions sessions = house.rooms.sessions();
    String own = sessions.open(ada.accountId, true, "Firefox", "").token();
    String other = sessions.open(ada.accountId, true, "Chromium", "").token();
    Refused.with(Token.CODE_WRONG, () -> factors.renewRecovery(ada.accountId, "000000", own));
    assertThat(sessions.find(other)).isPresent();
    assertThat(factors.recoveryLeft(ada.accountId)).isEqualTo(9);
    List<String> fresh = factors.renewRecovery(ada.accountId, ada.code(), own);
    assertThat(sessions.find(own)).isPresent();
    assertThat(sessions.find(other)).as("every other sign-in").isEmpty();
    assertThat(fresh).hasSize(10).doesNotContainAnyElementsOf(ada.recovery);
    assertThat(factors.recoveryLeft(ada.accountId)).isEqualTo(10);
    assertThat(factors.use(ada.accountId, ada.recovery.get(1))).isEqualTo(Verdict.WRONG);
    assertThat(factors.use(ada.accountId, fresh.get(0))).isEqualTo(Verdict.OK);
  }

  @Test
  void recoveryCodesWorkOnceHoweverTheyAreTyped() {
    TestHouse.Person ada = house.new Person(1);
    String code = ada.recovery.get(0);
    String typed = " " + code.toUpperCase(java.util.Locale.ROOT).replace("-", " ");
    SecondFactors factors = house.rooms.factors();
    assertThat(factors.use(ada.accountId, typed)).isEqualTo(Verdict.OK);
    assertThat(factors.use(ada.accountId, code)).isEqualTo(Verdict.USED);
    assertThat(factors.use(ada.accountId, "aaaa-aaaa-aaaa-aaaa")).isEqualTo(Verdict.WRONG);
    assertThat(factors.recoveryLeft(ada.accountId)).isEqualTo(9);
  }
}
