package org.trefoil.server.store;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.nio.file.Path;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.flywaydb.core.api.MigrationVersion;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;
import org.trefoil.server.cluster.Cluster;
import org.trefoil.server.durable.StoreBusy;
import org.trefoil.server.durable.StoreUnavailable;
import org.trefoil.server.durable.Transactions;
import org.trefoil.server.meter.Reading.Use;

/**
 * The database: its connections, its migrations, and the transaction of the current thread.
 *
 * <p>Isolation is read-committed everywhere. A transaction that gave in to another one runs again,
 * whole, a few times.
 */
public final class Database implements Transactions, AutoCloseable {
  private static final int ATTEMPTS = 6;
  private static final int PAUSE_MS = 20;
  private static final int MANY = 64;
  private static final int SOME = 8;

  private final HikariDataSource source;
  private final Jdbi jdbi;
  private final @Nullable Postgres postgres;
  private final @Nullable H2File file;
  private @Nullable PostgresCluster joined;
  private final ThreadLocal<@Nullable Joined> current = new ThreadLocal<>();

  /** The transaction of a thread, what it writes at its end, and what is to happen afterwards. */
  private record Joined(
      Handle handle, Map<Gathered<?>, List<Object>> last, List<Runnable> afterwards) {}

  /** Writes what a transaction gathered, in its order, by one statement. */
  interface Gathered<T> {
    /**
     * Writes it.
     *
     * @param end what the statement's text ends with
     */
    void write(Handle handle, List<T> all, String end);
  }

  private Database(HikariDataSource source, @Nullable Postgres postgres, @Nullable H2File file) {
    this.file = file;
    this.source = source;
    this.jdbi = Jdbi.create(source);
    this.postgres = postgres;
  }

  /**
   * Opens, or makes, the H2 database of a data folder, and brings it up to date.
   *
   * @throws DatabaseRefused when it is damaged, or not as far as it was
   */
  public static Database inFolder(Path folder) {
    return inFolder(folder, address(folder));
  }

  /** As {@link #inFolder(Path)}, by another way to the same file. */
  static Database inFolder(Path folder, String address) {
    H2File file = H2File.open(folder);
    try {
      HikariDataSource source = H2File.pool(address, MigrationVersion.LATEST);
      try {
        Database database = new Database(source, null, file);
        database.use(Schema::touch);
        file.compare(database.reached());
        return database;
      } catch (JdbiException e) {
        source.close();
        throw H2File.damaged(address, e);
      } catch (RuntimeException e) {
        source.close();
        throw e;
      }
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** Where the H2 database of a data folder is. */
  public static String address(Path folder) {
    return H2File.address(folder);
  }

  /** A new database in memory, for tests. */
  public static Database inMemory(String name) {
    return h2("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=20000");
  }

  /**
   * Opens a database of a PostgreSQL, and brings it up to date.
   *
   * @throws DatabaseRefused with the sentence for the operator
   */
  public static Database postgres(String url, @Nullable String user, @Nullable String password) {
    Postgres postgres = new Postgres(url, user, password);
    return new Database(postgres.open(MigrationVersion.LATEST), postgres, null);
  }

  /** Opens a database of a PostgreSQL as it was after that migration, for older rows. */
  public static Database postgres(
      String url, @Nullable String user, @Nullable String password, int version) {
    Postgres postgres = new Postgres(url, user, password);
    MigrationVersion target = MigrationVersion.fromVersion(Integer.toString(version));
    return new Database(postgres.open(target), postgres, null);
  }

  private static Database h2(String url) {
    return new Database(H2File.pool(url, MigrationVersion.LATEST), null, null);
  }

  /** Opens the H2 database at a JDBC address as it was after that migration, for older rows. */
  public static Database h2(String url, int version) {
    MigrationVersion target = MigrationVersion.fromVersion(Integer.toString(version));
    return new Database(H2File.pool(url, target), null, null);
  }

  @Override
  public <T> T run(Supplier<T> work) {
    if (current.get() != null) {
      return work.get();
    }
    List<Runnable> afterwards = new ArrayList<>();
    T result = again(() -> once(work, afterwards));
    afterwards.forEach(Runnable::run);
    return result;
  }

  private <T> T once(Supplier<T> work, List<Runnable> afterwards) {
    afterwards.clear();
    return jdbi.inTransaction(
        handle -> {
          Joined joined = new Joined(handle, new LinkedHashMap<>(), afterwards);
          current.set(joined);
          try {
            T result = work.get();
            writeLast(joined);
            return result;
          } finally {
            current.remove();
          }
        });
  }

  private static <T> T again(Supplier<T> transaction) {
    for (int attempt = 1; ; attempt++) {
      try {
        return transaction.get();
      } catch (RuntimeException e) {
        if (!isConflict(e) || attempt == ATTEMPTS) {
          throw translated(e);
        }
        pause(attempt);
      }
    }
  }

  private static boolean isConflict(RuntimeException e) {
    return e instanceof Meanwhile || SqlFailures.isConflict(e);
  }

  /** Longer each time and never the same, so that the two do not meet again. */
  private static void pause(int attempt) {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextInt(PAUSE_MS << attempt));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static RuntimeException translated(RuntimeException e) {
    if (SqlFailures.isLost(e)) {
      return new StoreUnavailable(SqlFailures.root(e));
    }
    boolean busy = SqlFailures.isLockTimeout(e) || isConflict(e);
    return busy ? new StoreBusy(SqlFailures.root(e)) : e;
  }

  @Override
  public void force() {
    if (file != null) {
      long reached = reached();
      use(handle -> file.force(handle, reached));
    }
  }

  /** A number that grows with everything that is approved, signed or given away. */
  private long reached() {
    return with(
        h ->
            h.createQuery("SELECT COALESCE(MAX(event_id), 0) FROM audit_event")
                .mapTo(Long.class)
                .one());
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

  /** The processes on this database; this one is among them once somebody asked. */
  public Cluster cluster() {
    return postgres == null ? Cluster.ALONE : join(postgres);
  }

  private synchronized PostgresCluster join(Postgres here) {
    PostgresCluster known = joined;
    if (known == null) {
      known = new PostgresCluster(here, this);
      joined = known;
    }
    return known;
  }

  /** Runs a transaction that only the leading process may; {@code NotLeading} under any other. */
  <T> T leading(Function<Handle, T> statements) {
    PostgresCluster shared = postgres == null ? null : join(postgres);
    return run(
        () ->
            with(
                handle -> {
                  if (shared != null) {
                    shared.pass(handle);
                  }
                  return statements.apply(handle);
                }));
  }

  /** Runs a transaction that only a process may that is the only one that led in its life. */
  void leadingAlways(Consumer<Handle> statements) {
    PostgresCluster shared = postgres == null ? null : join(postgres);
    run(
        () ->
            use(
                handle -> {
                  if (shared != null) {
                    shared.passUninterrupted(handle);
                  }
                  statements.accept(handle);
                }));
  }

  /**
   * To a PostgreSQL the commit goes along with the last of it: a question less, of the few that a
   * transaction asks. The driver knows by the answer that it is over, and does not ask again.
   */
  private void writeLast(Joined joined) {
    int left = joined.last().size();
    for (Map.Entry<Gathered<?>, List<Object>> each : joined.last().entrySet()) {
      left--;
      String end = postgres != null && left == 0 ? "; COMMIT" : "";
      write(each.getKey(), joined.handle(), each.getValue(), end);
    }
  }

  /** In portions of a few lengths, so that the engine meets a few statements, none too long. */
  @SuppressWarnings("unchecked")
  private static <T> void write(Gathered<T> gathered, Handle handle, List<Object> all, String end) {
    for (int from = 0; from < all.size(); ) {
      int rest = all.size() - from;
      int to = from + (rest >= MANY ? MANY : rest >= SOME ? SOME : rest);
      gathered.write(handle, (List<T>) all.subList(from, to), to == all.size() ? end : "");
      from = to;
    }
  }

  /** Writes something at the end of the thread's transaction, or now when there is none. */
  <T> void last(Gathered<T> gathered, T one) {
    Joined joined = current.get();
    if (joined == null) {
      use(handle -> gathered.write(handle, List.of(one), ""));
    } else {
      joined.last().computeIfAbsent(gathered, g -> new ArrayList<>()).add(one);
    }
  }

  /**
   * A condition, always true, for the end of a statement that nobody has to wait for until it is on
   * disk: in no transaction but its own, a PostgreSQL puts it there a moment later.
   */
  String soon() {
    return postgres == null || current.get() != null
        ? ""
        : " AND set_config('synchronous_commit', 'off', true) = 'off'";
  }

  /** Does something once the thread's transaction is on disk, or now when there is none. */
  void afterCommit(Runnable action) {
    Joined joined = current.get();
    if (joined == null) {
      action.run();
    } else {
      joined.afterwards().add(action);
    }
  }

  /** Runs statements in the thread's transaction, or on their own when there is none. */
  <T> T with(Function<Handle, T> statements) {
    Joined joined = current.get();
    if (joined != null) {
      return statements.apply(joined.handle());
    }
    try {
      return jdbi.withHandle(statements::apply);
    } catch (JdbiException e) {
      throw translated(e);
    }
  }

  /** As {@link #with}, without an answer. */
  void use(Consumer<Handle> statements) {
    with(
        handle -> {
          statements.accept(handle);
          return Boolean.TRUE;
        });
  }

  /**
   * Runs an insert that answers its rows and adds none when a row with that key is there already;
   * false then. When one comes up meanwhile, the thread's transaction runs again, whole, and meets
   * it.
   */
  boolean inserted(ToIntFunction<Handle> insert) {
    return with(
        handle -> {
          try {
            return insert.applyAsInt(handle) > 0;
          } catch (JdbiException e) {
            if (!SqlFailures.isDuplicate(e)) {
              throw e;
            }
            if (handle.isInTransaction()) {
              throw new Meanwhile(e);
            }
            return false;
          }
        });
  }

  /** Somebody else added the row that a transaction wanted to add. */
  private static final class Meanwhile extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Meanwhile(JdbiException why) {
      super(why);
    }
  }

  /** The number of the last migration. */
  int version() {
    return with(
        h ->
            h.createQuery(
                    "SELECT MAX(CAST(\"version\" AS INTEGER)) FROM \"flyway_schema_history\""
                        + " WHERE \"version\" IS NOT NULL")
                .mapTo(Integer.class)
                .one());
  }

  /**
   * Reads many tables as they are at one moment, while others read and write.
   *
   * <p>What H2 calls serializable and PostgreSQL repeatable read is exactly that: a snapshot.
   */
  void snapshot(Consumer<Handle> reading) {
    TransactionIsolationLevel level =
        postgres == null
            ? TransactionIsolationLevel.SERIALIZABLE
            : TransactionIsolationLevel.REPEATABLE_READ;
    jdbi.useTransaction(level, reading::accept);
  }

  @Override
  public void close() {
    PostgresCluster shared = joined;
    if (shared != null) {
      shared.close();
    }
    if (file != null) {
      H2File.shutDown(jdbi);
    }
    source.close();
    if (file != null) {
      file.close();
    }
  }
}
