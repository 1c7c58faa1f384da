package org.trefoil.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trefoil.server.account.Session;
import org.trefoil.server.account.SessionStore;

class SessionStoreTest extends StoreContract {
  private final SessionStore store = new JdbiSessionStore(database);

  SessionStoreTest(TestDatabase engine) {
    super(engine);
  }

  @BeforeEach
  void fill() {
    accounts();
    for (int i = 1; i <= 3; i++) {
      store.add(session(i, ADA));
    }
    store.add(session(4, BOB));
  }

  private static Session.Entry session(int seed, String account) {
    Duration later = Duration.ofMinutes(seed);
    return new Session.Entry(
        bytes(seed),
        "s" + seed,
        account,
        seed == 1,
        NOW.plus(later),
        NOW.plus(later),
        "Firefox",
        "192.0.2.7");
  }

  @Test
  void findsBySecretAndListsTheNewestFirst() {
    Session.Entry found = store.find(bytes(1)).orElseThrow();
    assertThat(found.sessionId()).isEqualTo("s1");
    assertThat(found.full()).isTrue();
    assertThat(found.createdAt()).isEqualTo(NOW.plusSeconds(60));
    assertThat(store.find(bytes(9))).isEmpty();
    assertThat(store.find(ADA, "s2").orElseThrow().tokenHash()).isEqualTo(bytes(2));
    assertThat(store.find(BOB, "s2")).as("somebody else's").isEmpty();
    assertThat(store.list(ADA))
        .extracting(Session.Entry::sessionId)
        .containsExactly("s3", "s2", "s1");
  }

  @Test
  void eachEndsOnceAndOnlyItsOwnersCan() {
    assertThat(store.remove(BOB, "s1")).isFalse();
    assertThat(store.remove(ADA, "s1")).isTrue();
    assertThat(store.remove(ADA, "s1")).isFalse();
    assertThat(store.remove(bytes(2))).isTrue();
    assertThat(store.remove(bytes(2))).isFalse();
    assertThat(store.list(ADA)).hasSize(1);
  }

  @Test
  void allButOneEnd() {
    assertThat(store.removeAllBut(ADA, bytes(2))).isEqualTo(2);
    assertThat(store.list(ADA)).extracting(Session.Entry::sessionId).containsExactly("s2");
    assertThat(store.find(bytes(4))).isPresent();
  }

  @Test
  void theIdleAndTheOldAreSwept() {
    store.touch(bytes(1), NOW.plus(Duration.ofHours(1)));
    assertThat(store.sweep(NOW.plus(Duration.ofMinutes(4)), NOW)).isEqualTo(2);
    assertThat(store.find(bytes(1))).isPresent();
    assertThat(store.sweep(NOW, NOW.plus(Duration.ofMinutes(2)))).isEqualTo(1);
    assertThat(store.list(ADA)).isEmpty();
    assertThat(store.list(BOB)).hasSize(1);
  }
}
