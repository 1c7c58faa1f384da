package org.trefoil.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trefoil.server.account.Account;

/** C8: what H2 acknowledged is in its file, and the mark beside it is never ahead of it. */
class H2FileTest {
  private static final int LOSSES = 8;
  private static final int COMMITS = 40;

  @TempDir Path folder;

  /** H2 2.5.252 writes freed room again without saying in the file's head where it went on. */
  @Test
  void whatWasCommittedOutlivesTheProcessWhereFreedRoomIsWrittenAgain() throws Exception {
    Path copy = Files.createDirectory(folder.resolve("copy"));
    try (Database database =
        Database.inFolder(folder, Database.address(folder) + ";RETENTION_TIME=0")) {
      for (int i = 1; i <= COMMITS; i++) {
        event(database);
        if (i % 10 == 0) {
          database.force();
        }
        String file = "trefoil.mv.db";
        Files.write(copy.resolve(file), Files.readAllBytes(folder.resolve(file)));
        assertThat(events(copy)).as("after commit %d", i).isEqualTo(i);
      }
    }
  }

  /**
   * H2 judges {@code state IN (…)} by way of the connection that made the table, as long as the
   * file is open; the pool ends each connection after half an hour at most.
   */
  @Test
  void whatIsCheckedOutlivesTheConnectionThatMadeTheTables() throws Exception {
    try (Database database = Database.inFolder(folder);
        Connection another = DriverManager.getConnection(Database.address(folder))) {
      another
          .createStatement()
          .execute(
              "SELECT ABORT_SESSION(session_id) FROM information_schema.sessions"
                  + " WHERE session_id <> SESSION_ID()");
      Thread.sleep(600); // until the pool looks at a connection again before it lends it
      Account ada = new Account(StoreContract.ADA, "ada@example.org", StoreContract.NOW, null);
      new JdbiAccountStore(database).add(ada, StoreContract.secret(1));
      JdbiWalletStore wallets = new JdbiWalletStore(database);
      wallets.add(StoreContract.draft(StoreContract.WALLET, "request-1"));
      assertThat(wallets.find(StoreContract.WALLET)).isPresent();
    }
  }

  @Test
  void theMarkIsNeverAheadOfWhatALossOfPowerLeaves() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (Database database = FaultyDisk.open(folder)) {
      event(database);
      database.force();
      List<Future<Integer>> writers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        writers.add(
            threads.submit(
                () -> {
                  int count = 0;
                  for (; !done.get(); count++) {
                    event(database);
                    database.force();
                  }
                  return count;
                }));
      }
      for (int i = 0; i < LOSSES; i++) {
        Path left = Files.createDirectory(folder.resolve("left-" + i));
        FaultyDisk.losePower(folder, left, null);
        try (HighWater mark = HighWater.open(left)) {
          assertThatCode(() -> mark.compare(newest(left))).doesNotThrowAnyException();
        }
      }
      done.set(true);
      for (Future<Integer> writer : writers) {
        assertThat(writer.get()).isGreaterThan(0);
      }
    } finally {
      done.set(true);
      threads.shutdownNow();
    }
  }

  private static void event(Database database) {
    database.run(
        () ->
            database.with(
                h ->
                    h.execute(
                        "INSERT INTO audit_event (at, kind, account_id, subject, detail)"
                            + " VALUES (0, 'SIGNED_IN', 'nobody', NULL, NULL)")));
  }

  /** Events in the file of a folder, as H2 alone opens it. */
  private static int events(Path folder) throws SQLException {
    return ask(folder, "COUNT(*)");
  }

  /** The newest event there, of which one with a smaller number may be on its way still. */
  private static int newest(Path folder) throws SQLException {
    return ask(folder, "MAX(event_id)");
  }

  private static int ask(Path folder, String what) throws SQLException {
    try (Connection connection = DriverManager.getConnection(Database.address(folder));
        ResultSet rows =
            connection.createStatement().executeQuery("SELECT " + what + " FROM audit_event")) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
