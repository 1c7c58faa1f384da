package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.trefoil.server.account.Account;
import org.trefoil.server.account.Session;
import org.trefoil.server.account.Sessions;
import org.trefoil.server.app.TestHouse.Person;
import org.trefoil.server.store.Database;
import org.trefoil.server.store.JdbiSessionStore;
import org.trefoil.server.store.TestDatabase;

/** Fault 26: ten thousand sessions that nobody uses, all of one account, on either engine. */
@ParameterizedClass
@EnumSource
class IdleSessionsTest {
  private static final int IDLE = 10_000;
  private static final int SIGN_INS = 20;

  @Parameter TestDatabase engine;

  @Test
  @DisplayName("Fault 26: ten thousand idle sessions slow nobody down, and go when they are due")
  void fault26TenThousandIdleSessionsSlowNobodyDownAndGo() throws Exception {
    try (TestHouse house = new TestHouse(engine.fresh(), null)) {
      Person ada = house.new Person(1);
      Sessions sessions = house.rooms.sessions();
      Session own = sessions.open(ada.accountId, true, "Firefox", "");
      house.clock.forward(Duration.ofSeconds(1));
      fill(house.foundation.database(), ada.accountId, house.clock.instant());

      long from = System.nanoTime();
      for (int i = 0; i < SIGN_INS; i++) {
        Account account =
            house.rooms.accounts().signIn("p1@example.org", TestHouse.proof(1)).orElseThrow();
        Session half = sessions.open(account.accountId(), false, "Firefox", "");
        Session full = sessions.upgrade(sessions.find(half.token()).orElseThrow());
        assertThat(sessions.list(ada.accountId)).hasSizeLessThanOrEqualTo(100);
        assertThat(sessions.lives(ada.accountId, own.entry().sessionId())).isTrue();
        sessions.end(full.token());
      }
      Duration each = Duration.ofNanos((System.nanoTime() - from) / SIGN_INS);
      assertThat(each).as("a sign-in among them").isLessThan(Duration.ofMillis(250));

      house.clock.forward(Sessions.IDLE.minusMinutes(1));
      assertThat(sessions.find(own.token())).as("the one that is used").isPresent();
      assertThat(sessions.sweep()).isZero();
      house.clock.forward(Duration.ofMinutes(2));
      assertThat(sessions.sweep()).isEqualTo(IDLE);
      assertThat(sessions.find(own.token())).isPresent();
      assertThat(sessions.list(ada.accountId)).hasSize(1);
    }
  }

  private static void fill(Database database, String accountId, Instant now) {
    JdbiSessionStore store = new JdbiSessionStore(database);
    database.run(
        () -> {
          for (int i = 0; i < IDLE; i++) {
            byte[] hash = ByteBuffer.allocate(32).putInt(i).array();
            store.add(
                new Session.Entry(hash, "idle" + i, accountId, true, now, now, "Firefox", ""));
          }
        });
  }
}
