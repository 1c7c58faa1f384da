package org.trefoil.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.statement.Query;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trefoil.server.durable.StoreUnavailable;

/** A PostgreSQL on the same machine, by its Unix socket. */
@OnPostgres
class PostgresBySocketTest {
  private final ThrowawayPostgres postgres = ThrowawayPostgres.shared();
  private final String url = postgres.bySocket(postgres.freshSchema());

  private Database open() {
    return Database.postgres(url, postgres.user(), null);
  }

  @Test
  void everyConnectionGoesByTheSocketAndWithoutAPassword() {
    try (Database database = open()) {
      JdbiFactStore facts = new JdbiFactStore(database);
      assertThat(facts.keep("chain", "regtest")).isEqualTo("regtest");
      assertThat(facts.find("chain")).contains("regtest");
      assertThat(database.cluster().leads()).isTrue();
      assertThat(
              postgres.ask(
                  "SELECT COUNT(*) > 1 AND COUNT(client_addr) = 0 FROM pg_stat_activity WHERE"
                      + " application_name = 'trefoil'"))
          .isEqualTo("t");
      assertThat(ask(database, "SHOW synchronous_commit")).isEqualTo("on");
    }
  }

  @Test
  void withoutAUserItIsTheOneOfTheSystem() {
    String me = System.getProperty("user.name");
    boolean known = me.equals("trefoil"); // the role that the tests' cluster has
    if (!known) {
      postgres.execute("CREATE ROLE \"" + me + "\" LOGIN SUPERUSER");
    }
    try (Database database = Database.postgres(url, null, null)) {
      assertThat(ask(database, "SELECT current_user")).isEqualTo(me);
    } finally {
      if (!known) {
        postgres.execute("REASSIGN OWNED BY \"" + me + "\" TO trefoil");
        postgres.execute("DROP ROLE \"" + me + "\"");
      }
    }
    assertThatThrownBy(() -> Database.postgres(url, "somebody-else", null))
        .isInstanceOf(DatabaseRefused.class)
        .hasMessageContaining("somebody-else");
  }

  @Test
  void muchGoesThereAndComesBack() {
    try (Database database = open()) {
      String much = "0123456789abcdef".repeat(500_000);
      String back =
          database.with(
              h ->
                  h.createQuery("SELECT :text || '.'")
                      .bind("text", much)
                      .mapTo(String.class)
                      .one());
      assertThat(back).isEqualTo(much + ".");
      assertThat(ask(database, "SELECT COUNT(*) FROM generate_series(1, 300000)"))
          .isEqualTo("300000");
    }
  }

  @Test
  void ofTwoThatWaitForEachOtherOneRunsAgain() throws Exception {
    try (Database database = open()) {
      JdbiFactStore facts = new JdbiFactStore(database);
      facts.set("a", "0");
      facts.set("b", "0");
      AtomicInteger runs = new AtomicInteger();
      CountDownLatch bothHoldOne = new CountDownLatch(2);
      Thread other = new Thread(() -> bump(database, facts, "b", "a", runs, bothHoldOne));
      other.start();
      bump(database, facts, "a", "b", runs, bothHoldOne);
      other.join(30_000);
      assertThat(runs.get()).isEqualTo(3);
    }
  }

  private static void bump(
      Database database,
      JdbiFactStore facts,
      String one,
      String then,
      AtomicInteger runs,
      CountDownLatch bothHoldOne) {
    database.run(
        () -> {
          runs.incrementAndGet();
          facts.set(one, "1");
          bothHoldOne.countDown();
          try {
            bothHoldOne.await(); // the one that runs again finds it open
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          facts.set(then, "1");
          return true;
        });
  }

  @Test
  void aStatementThatTakesTooLongEnds() {
    try (Database database = Database.postgres(url + "&socketTimeout=1", "trefoil", null)) {
      long from = System.nanoTime();
      assertThatThrownBy(() -> ask(database, "SELECT pg_sleep(20)"))
          .isInstanceOf(StoreUnavailable.class);
      assertThat(Duration.ofNanos(System.nanoTime() - from))
          .isBetween(Duration.ofMillis(900), Duration.ofSeconds(10));
      assertThat(ask(database, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void anInterruptWhileItWaitsCostsNoConnection() throws Exception {
    try (Database database = open()) {
      Thread asking = Thread.currentThread();
      Thread interrupter =
          new Thread(
              () -> {
                try {
                  Thread.sleep(300);
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
                asking.interrupt();
              });
      String same =
          database.with(
              h -> {
                String before = pid(h.createQuery("SELECT pg_backend_pid()"));
                interrupter.start();
                h.createQuery("SELECT pg_sleep(1)").mapTo(String.class).one();
                assertThat(Thread.currentThread().isInterrupted()).isTrue();
                String after = pid(h.createQuery("SELECT pg_backend_pid()"));
                return before.equals(after) && Thread.interrupted() ? "same" : "another";
              });
      interrupter.join();
      assertThat(same).isEqualTo("same");
    }
  }

  private static String pid(Query query) {
    return query.mapTo(String.class).one();
  }

  @Test
  void aRestartIsRefusedMeanwhileAndSurvived() throws Exception {
    try (Database database = open()) {
      JdbiFactStore facts = new JdbiFactStore(database);
      facts.keep("chain", "regtest");
      assertThat(database.cluster().leads()).isTrue();
      assertThatThrownBy(
              () ->
                  database.run(
                      () -> {
                        facts.keep("other", "lost");
                        postgres.stop();
                        return facts.keep("more", "never");
                      }))
          .isInstanceOf(StoreUnavailable.class);
      assertThatThrownBy(() -> facts.find("chain")).isInstanceOf(StoreUnavailable.class);
      Waiting.until(Duration.ofSeconds(10), () -> !database.cluster().leads());
      assertThatThrownBy(this::open)
          .isInstanceOf(DatabaseRefused.class)
          .hasMessageContaining("start PostgreSQL");
      postgres.startAgain();
      Waiting.until(Duration.ofSeconds(10), () -> database.cluster().leads());
      assertThat(facts.find("chain")).contains("regtest");
      assertThat(facts.find("other")).isEmpty();
    }
  }

  @Test
  void aSocketThatIsNotThereAndAnAddressThatIsWrongAreSentences(@TempDir Path folder) {
    String none = "jdbc:postgresql:///trefoil?host=" + folder;
    assertThatThrownBy(() -> Database.postgres(none, "trefoil", null))
        .isInstanceOf(DatabaseRefused.class)
        .hasMessage(
            "The database cannot be used: there is no socket "
                + folder
                + "/.s.PGSQL.5432: start PostgreSQL, or have host= and port= in --db name the"
                + " folder and the port that it shows by SHOW unix_socket_directories and SHOW"
                + " port.");
    assertThatThrownBy(
            () -> Database.postgres("jdbc:postgresql://h/trefoil?host=/run", "trefoil", null))
        .isInstanceOf(DatabaseRefused.class)
        .hasMessageContaining("no host stands before them");
  }

  private static String ask(Database database, String query) {
    return database.with(h -> h.createQuery(query).mapTo(String.class).one());
  }
}
