package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trefoil.core.Token;
import org.trefoil.core.wire.ChangeEmailRequest;
import org.trefoil.server.account.EvenPace;
import org.trefoil.server.secondfactor.Totp;
import org.trefoil.server.store.TestDatabase;

/**
 * Whether an address has an account is not told by how long an answer takes. Known and unknown
 * addresses are asked in a random order; were the one always slower, {@link #slower} were 1, and
 * 0.5 if nothing can be told. (Without the even pace of those doors, 0.84 was measured at two.)
 * That the answers themselves are alike: {@code SessionsTest}, {@code AccountJourneyTest}, {@code
 * WaysBackPagesTest}, {@code SignUpPagesTest}, {@code EmailChangeTest}.
 */
class EnumerationTest {
  private static final int ROUNDS = 150;
  private static final int WARM = 40;
  private static final int ACCOUNTS = 50;

  /** Where mail would go: it is written, which is what an answer waits for, and stays. */
  private static final int NOBODY = 9;

  private TestHouse house;
  private String asks;
  private byte[] app;

  @BeforeEach
  void open() throws Exception {
    house = SignUpHouse.mailing(TestDatabase.H2.fresh(), NOBODY, new TestClock());
    asks = house.signUp("asks@example.org", 1).accountId();
    app = TestHouse.unbase32(house.rooms.factors().begin(asks, "x").secret());
    house.rooms.factors().confirm(asks, code());
    for (int i = 0; i < ACCOUNTS; i++) {
      house.signUp(known(i), 1);
    }
  }

  private String code() {
    return Totp.code(app, Totp.step(house.clock.instant()), Totp.DIGITS);
  }

  @AfterEach
  void close() {
    house.close();
  }

  private static String known(int i) {
    return "known" + i + "@example.org";
  }

  private static String unknown(int i) {
    return "other" + i + "@example.org";
  }

  /** Where a stranger can name an address. */
  private enum Door {
    PRELOGIN,
    SIGN_IN,
    FORGOT,
    SIGN_UP,
    SIGN_UP_CODE,
    SIGN_UP_END,
    ANOTHER_ADDRESS
  }

  private Consumer<String> of(Door door) {
    Rooms rooms = house.rooms;
    return switch (door) {
      case PRELOGIN -> email -> rooms.accounts().prelogin(email);
      case SIGN_IN -> email -> rooms.accounts().signIn(email, TestHouse.proof(2));
      case FORGOT -> email -> rooms.waysBack().forgot(email);
      case SIGN_UP -> email -> rooms.signUps().begin(email);
      case SIGN_UP_CODE -> email -> refused(() -> rooms.signUps().check(email, "1234"));
      case SIGN_UP_END ->
          email ->
              refused(
                  () ->
                      rooms
                          .signUps()
                          .finish(
                              email, "1234", TestHouse.salt(), TestHouse.KDF, TestHouse.proof(2)));
      case ANOTHER_ADDRESS ->
          email ->
              rooms
                  .waysBack()
                  .emails()
                  .begin(
                      asks, new ChangeEmailRequest(email, code(), null, null, TestHouse.proof(1)));
    };
  }

  private static void refused(ThrowingCallable work) {
    Refused.with(Token.SIGNUP_CODE_WRONG, work);
  }

  @ParameterizedTest
  @EnumSource
  void howLongAnAnswerTakesTellsNothing(Door door) {
    EvenPace pace = new EvenPace(System::nanoTime);
    Consumer<String> bare = of(door);
    Consumer<String> ask =
        email -> {
          try {
            pace.keep(
                () -> {
                  bare.accept(email);
                  return email;
                });
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        };
    measured(ask, WARM, 1);
    double slower = measured(ask, ROUNDS, 2);
    assertThat(slower).as(door + ": known slower than unknown").isBetween(0.38, 0.62);
  }

  /** How often a known address took longer than an unknown one, of all pairs. */
  private double measured(Consumer<String> ask, int rounds, long seed) {
    Random random = new Random(seed);
    long[] known = new long[rounds];
    long[] unknown = new long[rounds];
    int[] asked = new int[2];
    while (asked[0] < rounds || asked[1] < rounds) {
      boolean of = asked[1] == rounds || asked[0] < rounds && random.nextBoolean();
      int who = random.nextInt(ACCOUNTS);
      String email = of ? known(who) : unknown(who);
      house.clock.forward(Duration.ofHours(25)); // a letter and a code each time
      long from = System.nanoTime();
      ask.accept(email);
      long took = System.nanoTime() - from;
      if (of) {
        known[asked[0]++] = took;
      } else {
        unknown[asked[1]++] = took;
      }
    }
    return slower(known, unknown);
  }

  private static double slower(long[] a, long[] b) {
    Arrays.sort(b);
    double wins = 0;
    for (long each : a) {
      int at = Arrays.binarySearch(b, each);
      wins += at >= 0 ? at : -at - 1;
    }
    return wins / a.length / b.length;
  }
}
