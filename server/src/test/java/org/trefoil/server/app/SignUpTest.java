package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.trefoil.core.Token;
import org.trefoil.core.wire.Kdf;
import org.trefoil.server.account.Account;
import org.trefoil.server.signup.SignUps;
import org.trefoil.server.store.EveryCell;
import org.trefoil.server.store.TestDatabase;

/** A sign-up that begins with a letter: what it makes, what it tells, and to whom. */
@Timeout(120)
class SignUpTest extends SignUpHouse {
  private static final String WRONG = "0000 0000 0000";

  @Test
  void theCodeOfTheLetterMakesAnAccountOnceWhoseAddressIsConfirmed() {
    signUps().begin(" Eve@Example.org");
    String code = post.code(house, EVE);
    signUps().check(EVE, code.replace(" ", "-"));
    Account eve = finish(house, "EVE@example.org ", " " + code.replace(" ", ""));
    assertThat(eve.email()).isEqualTo(EVE);
    assertThat(eve.confirmedAt()).isEqualTo(house.clock.instant());
    assertThat(house.rooms.accounts().signIn(EVE, TestHouse.proof(2))).isPresent();
    house.rooms.accounts().discard(eve.accountId());
    Refused.with(Token.SIGNUP_CODE_WRONG, () -> finish(house, EVE, code));
    signUps().begin(EVE);
    assertThat(post.code(house, EVE)).as("after the account was taken back").isNotEqualTo(code);
  }

  @Test
  void anAddressWithAnAccountIsToldByItsLetterAlone() {
    signUps().begin(ADA);
    List<TestPost.Letter> letters = post.letters(house, ADA);
    assertThat(letters).hasSize(1);
    assertThat(letters.get(0).subject()).isEqualTo("You have a Trefoil account already");
    assertThat(letters.get(0).text())
        .contains("/signin", "/forgot", "nothing happened")
        .doesNotContainPattern("\\d{4} \\d{4}");
    signUps().begin(EVE);
    assertThat(post.letters(house, EVE).get(0).subject()).doesNotContainPattern("\\d");
    for (String email : new String[] {ADA, EVE, "nobody@example.org"}) {
      for (String code : new String[] {WRONG, "", "1", "x".repeat(5_000), "٠٠٠٠ ٠٠٠٠ ٠٠٠٠"}) {
        assertThat(
                Refused.refusal(Token.SIGNUP_CODE_WRONG, () -> signUps().check(email, code)).data())
            .isEmpty();
        Refused.with(Token.SIGNUP_CODE_WRONG, () -> finish(house, email, code));
      }
    }
    assertThat(house.rooms.accounts().find(accountOf(ADA)).orElseThrow().confirmedAt()).isNull();
  }

  private String accountOf(String email) {
    return house.rooms.accounts().signIn(email, TestHouse.proof(1)).orElseThrow().accountId();
  }

  @Test
  void theCodeIsOfNoUseOnceAnotherAccountHasTheAddress() {
    signUps().begin(EVE);
    String code = post.code(house, EVE);
    house.signUp(EVE, 9);
    Refused.with(Token.SIGNUP_CODE_WRONG, () -> signUps().check(EVE, code));
    Refused.with(Token.SIGNUP_CODE_WRONG, () -> finish(house, EVE, code));
  }

  @Test
  void aWeakStretchUsesTheCodeNotUp() {
    signUps().begin(EVE);
    String code = post.code(house, EVE);
    Refused.with(
        Token.KDF_TOO_WEAK,
        () ->
            signUps()
                .finish(EVE, code, TestHouse.salt(), new Kdf(1_024, 3, 1), TestHouse.proof(2)));
    Refused.with(
        Token.PROOF_MALFORMED,
        () -> signUps().finish(EVE, code, TestHouse.salt(), TestHouse.KDF, "AAAA"));
    Refused.with(
        Token.SIGNUP_CODE_WRONG,
        () -> signUps().finish(EVE, null, TestHouse.salt(), TestHouse.KDF, TestHouse.proof(2)));
    assertThat(finish(house, EVE, code).email()).isEqualTo(EVE);
  }

  @Test
  void aCodeHoldsForHalfAnHourFromItsLastLetterAndIsTheSameInEach() {
    signUps().begin(EVE);
    String code = post.code(house, EVE);
    signUps().begin(EVE);
    assertThat(post.letters(house, EVE)).as("within a minute").hasSize(1);
    house.clock.forward(Duration.ofMinutes(20));
    signUps().begin(EVE);
    assertThat(post.letters(house, EVE)).hasSize(2);
    assertThat(post.code(house, EVE)).isEqualTo(code);
    house.clock.forward(SignUps.LIFE.minusSeconds(1));
    signUps().check(EVE, code);
    house.clock.forward(Duration.ofSeconds(1));
    Refused.with(Token.SIGNUP_CODE_WRONG, () -> signUps().check(EVE, code));
    signUps().begin(EVE);
    assertThat(post.code(house, EVE)).isNotEqualTo(code);
  }

  @Test
  void strangersNeitherFloodAMailboxNorKeepItsOwnerOut() {
    Instant end = house.clock.instant().plus(Duration.ofDays(3));
    while (house.clock.instant().isBefore(end)) {
      signUps().begin(EVE);
      Refused.with(Token.SIGNUP_CODE_WRONG, () -> signUps().check(EVE, WRONG));
      // Whenever it is, who asks has a code that holds, in the newest letter there is.
      signUps().check(EVE, post.code(house, EVE));
      house.clock.forward(Duration.ofMinutes(7));
    }
    assertThat(post.letters(house, EVE)).hasSizeBetween(18, 3 * SignUps.LETTERS_A_DAY);
    for (int i = 0; i < 1_000; i++) {
      Refused.with(Token.SIGNUP_CODE_WRONG, () -> signUps().check(EVE, WRONG));
    }
    signUps().begin(EVE);
    assertThat(finish(house, EVE, post.code(house, EVE)).email()).isEqualTo(EVE);
  }

  @Test
  void aMailboxWithAnAccountIsNotFloodedEither() {
    for (int i = 0; i < 200; i++) {
      signUps().begin(ADA);
      house.clock.forward(Duration.ofMinutes(7));
    }
    assertThat(post.letters(house, ADA)).hasSizeLessThanOrEqualTo(SignUps.LETTERS_A_DAY);
  }

  @Test
  void ofManyAtOnceOneWritesTheLetterAndOneMakesTheAccount() throws Exception {
    List<Object> begun =
        Crowd.atOnce(
            30,
            i -> {
              signUps().begin(EVE);
              return "begun";
            });
    assertThat(begun).containsOnly("begun");
    assertThat(post.letters(house, EVE)).hasSize(1);
    String code = post.code(house, EVE);
    List<Object> made = Crowd.atOnce(30, i -> finish(house, EVE, code));
    assertThat(made).filteredOn(answer -> answer instanceof Account).hasSize(1);
    assertThat(made)
        .filteredOn(answer -> !(answer instanceof Account))
        .containsOnly("signup-code-wrong");
  }

  @Test
  void theDatabaseHoldsNeitherTheCodeNorAfterTheLetterTheAddress() {
    signUps().begin(EVE);
    String code = post.code(house, EVE);
    assertThat(new EveryCell(house.foundation.database()).all())
        .map(cell -> cell instanceof byte[] b ? new String(b, StandardCharsets.ISO_8859_1) : cell)
        .map(String::valueOf)
        .noneMatch(cell -> cell.contains("eve@"))
        .noneMatch(cell -> cell.replace(" ", "").contains(code.replace(" ", "")));
  }

  @Test
  void whatNobodyCanGoOnWithIsForgotten() {
    signUps().begin(EVE);
    assertThat(rows()).isEqualTo(1);
    house.clock.forward(Duration.ofHours(23));
    signUps().sweep();
    assertThat(rows()).as("its letters of the day are counted").isEqualTo(1);
    house.clock.forward(Duration.ofHours(2));
    signUps().sweep();
    assertThat(rows()).isZero();
  }

  private long rows() {
    return new EveryCell(house.foundation.database()).rows("sign_up");
  }

  @Test
  void withoutMailNothingBeginsThisWay() throws Exception {
    try (TestHouse silent = new TestHouse(TestDatabase.H2.fresh(), null)) {
      assertThat(silent.rooms.signUps().byLetter()).isFalse();
      Refused.with(Token.MAIL_MISSING, () -> silent.rooms.signUps().begin(EVE));
    }
    Refused.with(Token.EMAIL_MALFORMED, () -> signUps().begin("eve"));
  }
}
