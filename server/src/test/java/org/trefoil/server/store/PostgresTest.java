package org.trefoil.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.trefoil.server.cluster.Cluster;
import org.trefoil.server.durable.StoreUnavailable;

/** What is asked of a PostgreSQL, and what happens when it goes. */
@OnPostgres
class PostgresTest {
  private final ThrowawayPostgres postgres = ThrowawayPostgres.shared();
  private final String url = postgres.freshSchema();

  @Test
  void commitsAreOnDiskWhateverTheServersDefaultIs() {
    postgres.execute("ALTER ROLE trefoil SET synchronous_commit = off");
    try (Database database = postgres.open(url)) {
      assertThat(postgres.ask("SHOW synchronous_commit")).isEqualTo("off");
      assertThat(show(database, "synchronous_commit")).isEqualTo("on");
    } finally {
      postgres.execute("ALTER ROLE trefoil RESET synchronous_commit");
    }
    postgres.execute("ALTER ROLE trefoil SET synchronous_commit = remote_apply");
    try (Database database = postgres.open(url)) {
      assertThat(show(database, "synchronous_commit")).isEqualTo("remote_apply");
    } finally {
      postgres.execute("ALTER ROLE trefoil RESET synchronous_commit");
    }
  }

  /** Five seconds until the last question stays unanswered, four more for a word sent just then. */
  @Test
  void aMachineThatVanishesIsForgottenWithinTenSecondsAlsoInTheMidstOfAWord() {
    try (Database database = postgres.open(url)) {
      assertThat(show(database, "tcp_keepalives_idle")).isEqualTo("2");
      assertThat(show(database, "tcp_keepalives_interval")).isEqualTo("1");
      assertThat(show(database, "tcp_keepalives_count")).isEqualTo("2");
      assertThat(show(database, "tcp_user_timeout")).isEqualTo("4000");
    }
  }

  @Test
  void aServerThatDoesNotForceItsDiskIsRefused() throws Exception {
    setting("fsync", "off");
    try {
      assertThatThrownBy(() -> postgres.open(url))
          .isInstanceOf(DatabaseRefused.class)
          .hasMessageContaining("fsync = off");
    } finally {
      setting("fsync", "on");
    }
  }

  private void setting(String name, String value) throws Exception {
    postgres.execute("ALTER SYSTEM SET " + name + " = " + value);
    postgres.execute("SELECT pg_reload_conf()");
    for (int i = 0; i < 200 && !postgres.ask("SHOW " + name).equals(value); i++) {
      Thread.sleep(25);
    }
  }

  @Test
  void aWrongPasswordAndAnAbsentServerAreSentences() {
    assertThatThrownBy(() -> Database.postgres(url, postgres.user(), "wrong"))
        .isInstanceOf(DatabaseRefused.class)
        .hasMessageContaining("password authentication failed");
    assertThatThrownBy(() -> Database.postgres("jdbc:postgresql://127.0.0.1:1/x", "a", "b"))
        .isInstanceOf(DatabaseRefused.class)
        .hasMessageContaining("127.0.0.1:1");
  }

  @Test
  void aRestartIsRefusedMeanwhileAndSurvived() throws Exception {
    try (Database database = postgres.open(url)) {
      JdbiFactStore facts = new JdbiFactStore(database);
      facts.keep("chain", "regtest");
      AtomicInteger gaps = new AtomicInteger();
      AtomicInteger runs = new AtomicInteger();
      database.cluster().onGap(gaps::incrementAndGet);
      assertThat(database.cluster().leads()).isTrue();
      assertThatThrownBy(
              () ->
                  database.run(
                      () -> {
                        runs.incrementAndGet();
                        facts.keep("other", "lost");
                        postgres.stop();
                        return facts.keep("more", "never");
                      }))
          .isInstanceOf(StoreUnavailable.class);
      assertThat(runs.get()).isEqualTo(1);
      assertThatThrownBy(() -> facts.find("chain")).isInstanceOf(StoreUnavailable.class);
      Waiting.until(Duration.ofSeconds(10), () -> !database.cluster().leads());
      postgres.startAgain();
      Waiting.until(Duration.ofSeconds(10), () -> database.cluster().leads());
      Waiting.until(Duration.ofSeconds(5), () -> gaps.get() == 1);
      assertThat(facts.find("chain")).contains("regtest");
      assertThat(facts.find("other")).isEmpty();
      assertThat(leadingWrite(database)).isTrue();
    }
  }

  private static boolean leadingWrite(Database database) {
    return database.leading(h -> true) && database.cluster() != Cluster.ALONE;
  }

  private static String show(Database database, String setting) {
    return database.with(h -> h.createQuery("SHOW " + setting).mapTo(String.class).one());
  }
}
