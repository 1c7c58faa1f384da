package org.trefoil.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What only H2 in a file needs: its address, its mark, and to be on disk.
 *
 * <p>It runs with {@code WRITE_DELAY=0}: with its default it acknowledges commits up to half a
 * second before they are written. What is written outlives the process; what is forced outlives the
 * machine's power.
 */
final class H2File implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(H2File.class);
  private static final int CONNECTIONS = 8;
  private static final String MEMORY = "jdbc:h2:mem:";

  private final HighWater mark;

  private H2File(HighWater mark) {
    this.mark = mark;
  }

  /** Opens the mark beside the database of a data folder. */
  static H2File open(Path folder) {
    return new H2File(HighWater.open(folder));
  }

  /** Where the database of a data folder is. */
  static String address(Path folder) {
    String file = folder.toAbsolutePath().resolve("trefoil").toString();
    return "jdbc:h2:file:"
        + file
        + ";WRITE_DELAY=0;LOCK_TIMEOUT=20000;DB_CLOSE_ON_EXIT=FALSE"
        + ";QUERY_CACHE_SIZE=256";
  }

  /**
   * Connections to an H2, in a file or in memory, brought up to that migration.
   *
   * <p>H2 judges a check such as {@code state IN (…)} by way of the connection that made it, until
   * the file is opened again; after that connection no row would pass. So a file whose tables were
   * just made or changed is closed and opened again.
   */
  static HikariDataSource pool(String url, MigrationVersion target) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setPoolName("trefoil");
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    try {
      HikariDataSource source = new HikariDataSource(config);
      try {
        boolean changed = Schema.bringUpToDate(Flyway.configure().dataSource(source), target);
        if (!changed || url.startsWith(MEMORY)) {
          return source;
        }
        shutDown(Jdbi.create(source));
        source.close();
        return new HikariDataSource(config);
      } catch (RuntimeException e) {
        source.close();
        throw e;
      }
    } catch (RuntimeException e) {
      throw SqlFailures.isDamage(e) ? damaged(url, e) : e;
    }
  }

  /** The sentence for the operator whose file cannot be read. */
  static DatabaseRefused damaged(String url, RuntimeException e) {
    String file = url.replaceFirst("^jdbc:h2:(file:)?", "").replaceFirst(";.*", "") + ".mv.db";
    return new DatabaseRefused(
        "The database "
            + file
            + " is damaged and cannot be opened. Nothing is signed on it. Restore the newest backup"
            + " into a new folder: restore FILE --data NEWDIR.",
        e);
  }

  /** Refuses a database that is not as far as its mark. */
  void compare(long reached) {
    mark.compare(reached);
  }

  /**
   * Puts everything that is committed on disk, then raises the mark to what was seen before.
   *
   * <p>Another thread's rows can be seen a moment before they are written, so the store commits
   * once more. {@code CHECKPOINT SYNC} would do the same, and rewrite old pages first.
   */
  void force(Handle handle, long reached) {
    MVStore store = store(handle);
    store.commit();
    store.sync();
    mark.raise(reached);
  }

  private static MVStore store(Handle handle) {
    try {
      JdbcConnection connection = handle.getConnection().unwrap(JdbcConnection.class);
      return ((SessionLocal) connection.getSession()).getDatabase().getStore().getMvStore();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Ends the database here and now. A pool that closes under an open transaction leaves that to
   * threads of its own, which the end of the process may cut off in the middle.
   */
  static void shutDown(Jdbi jdbi) {
    try {
      jdbi.useHandle(handle -> handle.execute("SHUTDOWN"));
    } catch (RuntimeException e) {
      LOG.debug("The database was closed already, or by this", e); // then Jdbi cannot tidy up
    }
  }

  @Override
  public void close() {
    mark.close();
  }
}
