package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.trefoil.core.Token;
import org.trefoil.server.account.Account;
import org.trefoil.server.store.OnPostgres;
import org.trefoil.server.store.ThrowawayPostgres;

/** Two servers on one PostgreSQL: a sign-up begins at the one and ends at the other. */
@OnPostgres
@Timeout(120)
class SignUpAtTwoServersTest {
  private static final String EVE = "eve@example.org";

  @Test
  void theLetterOfOneIsGoodAtTheOtherOnce() throws Exception {
    ThrowawayPostgres postgres = ThrowawayPostgres.shared();
    String url = postgres.freshSchema();
    TestClock clock = new TestClock();
    try (TestPost post = new TestPost();
        TestHouse a = SignUpHouse.mailing(postgres.open(url), post.port(), clock);
        TestHouse b = SignUpHouse.mailing(postgres.open(url), post.port(), clock)) {
      Crowd.atOnce(
          20,
          i -> {
            (i % 2 == 0 ? a : b).rooms.signUps().begin(EVE);
            return "begun";
          });
      assertThat(post.letters(a, EVE)).hasSize(1);
      String code = post.code(a, EVE);
      b.rooms.signUps().check(EVE, code);
      List<Object> made =
          Crowd.atOnce(
              20,
              i ->
                  (i % 2 == 0 ? a : b)
                      .rooms
                      .signUps()
                      .finish(EVE, code, TestHouse.salt(), TestHouse.KDF, TestHouse.proof(2)));
      assertThat(made).filteredOn(answer -> answer instanceof Account).hasSize(1);
      Refused.with(Token.SIGNUP_CODE_WRONG, () -> a.rooms.signUps().check(EVE, code));
      assertThat(a.rooms.accounts().signIn(EVE, TestHouse.proof(2))).isPresent();
    }
  }
}
