package org.trefoil.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.nio.file.Path;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.trefoil.server.durable.Transactions;
import org.trefoil.server.meter.Reading.Use;

/**
 * The database: its connections, its migrations, and the transaction of the current thread.
 *
 * <p>H2 runs with {@code WRITE_DELAY=0}: with its default it acknowledges commits up to half a
 * second before they are on disk. Isolation is read-committed everywhere.
 */
public final class Database implements Transactions, AutoCloseable {
  private static final int CONNECTIONS = 8;
  private static final String UNIQUE_VIOLATION = "23505";

  private final HikariDataSource source;
  private final Jdbi jdbi;
  private final boolean h2;
  private final ThreadLocal<@Nullable Handle> current = new ThreadLocal<>();

  private Database(HikariDataSource source, boolean h2) {
    this.source = source;
    this.jdbi = Jdbi.create(source);
    this.h2 = h2;
  }

  /** Opens, or makes, the H2 database of a data folder, and brings it up to date. */
  public static Database inFolder(Path folder) {
    String file = folder.toAbsolutePath().resolve("trefoil").toString();
    return at("jdbc:h2:file:" + file + ";WRITE_DELAY=0;LOCK_TIMEOUT=20000;DB_CLOSE_ON_EXIT=FALSE");
  }

  /** A new database in memory, for tests. */
  public static Database inMemory(String name) {
    return at("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=20000");
  }

  /** Opens the database at a JDBC address, and brings it up to date. */
  public static Database at(String url) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setPoolName("trefoil");
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    HikariDataSource source = new HikariDataSource(config);
    try {
      Flyway.configure()
          .dataSource(source)
          .locations("classpath:db/migration")
          .validateMigrationNaming(true)
          .load()
          .migrate();
      return new Database(source, url.startsWith("jdbc:h2:"));
    } catch (RuntimeException e) {
      source.close();
      throw e;
    }
  }

  @Override
  public <T> T run(Supplier<T> work) {
    if (current.get() != null) {
      return work.get();
    }
    return jdbi.inTransaction(
        handle -> {
          current.set(handle);
          try {
            return work.get();
          } finally {
            current.remove();
          }
        });
  }

  @Override
  public void force() {
    if (h2) {
      use(handle -> handle.execute("CHECKPOINT SYNC"));
    }
  }

  /** The connections. */
  public Use pool() {
    HikariPoolMXBean pool = source.getHikariPoolMXBean();
    return new Use(
        pool.getActiveConnections(),
        source.getMaximumPoolSize(),
        pool.getThreadsAwaitingConnection());
  }

  /** Which database this is, and how far it was migrated, in words. */
  public String description() {
    return with(
        h -> {
          try {
            DatabaseMetaData about = h.getConnection().getMetaData();
            String schema =
                h.createQuery(
                        "SELECT MAX(\"version\") FROM \"flyway_schema_history\""
                            + " WHERE \"version\" IS NOT NULL")
                    .mapTo(String.class)
                    .one();
            return about.getDatabaseProductName()
                + " "
                + about.getDatabaseProductVersion()
                + ", schema "
                + schema;
          } catch (SQLException e) {
            return "does not answer";
          }
        });
  }

  /** Runs statements in the thread's transaction, or on their own when there is none. */
  <T> T with(Function<Handle, T> statements) {
    Handle joined = current.get();
    return joined != null ? statements.apply(joined) : jdbi.withHandle(statements::apply);
  }

  /** As {@link #with}, without an answer. */
  void use(Consumer<Handle> statements) {
    Handle joined = current.get();
    if (joined != null) {
      statements.accept(joined);
    } else {
      jdbi.useHandle(statements::accept);
    }
  }

  /** Whether the statement failed because a row with that key is there already. */
  static boolean isDuplicate(RuntimeException e) {
    return Optional.ofNullable(e.getCause())
        .filter(SQLException.class::isInstance)
        .map(cause -> UNIQUE_VIOLATION.equals(((SQLException) cause).getSQLState()))
        .orElse(false);
  }

  @Override
  public void close() {
    source.close();
  }
}
