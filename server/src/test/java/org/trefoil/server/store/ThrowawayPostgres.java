package org.trefoil.server.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** A real PostgreSQL that lives as long as the tests, on disk, with a schema for each who asks. */
public final class ThrowawayPostgres {
  private static final Path SCRIPT = Path.of("..", ".ci", "throwaway-postgres");
  private static final AtomicInteger SCHEMAS = new AtomicInteger();
  private static @Nullable ThrowawayPostgres shared;

  private final Path folder;
  private final int port;
  private Process process;

  private ThrowawayPostgres() throws IOException {
    folder = Path.of(System.getProperty("java.io.tmpdir"), "trefoil-postgres-" + id());
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    process = begin();
    Runtime.getRuntime().addShutdownHook(new Thread(this::remove, "postgres"));
  }

  private static String id() {
    return ProcessHandle.current().pid() + "-" + System.nanoTime();
  }

  /**
   * Whether PostgreSQL is installed. With {@code -Dtrefoil.postgres=required}, as {@code
   * e2e/verify} runs the tests, it has to be.
   */
  public static boolean there() {
    try {
      Process find =
          new ProcessBuilder(SCRIPT.toString(), "--find").redirectErrorStream(true).start();
      find.getInputStream().readAllBytes();
      boolean there = find.waitFor() == 0;
      if (!there && System.getProperty("trefoil.postgres", "").equals("required")) {
        throw new IllegalStateException("PostgreSQL is required and not installed");
      }
      return there;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The one of this test run, started when it is first asked for. */
  public static synchronized ThrowawayPostgres shared() {
    try {
      ThrowawayPostgres known = shared;
      if (known == null) {
        known = new ThrowawayPostgres();
        shared = known;
      }
      return known;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The address of a new, empty schema. */
  public String freshSchema() {
    String schema = "t" + SCHEMAS.incrementAndGet();
    execute("CREATE SCHEMA " + schema);
    return url() + "?currentSchema=" + schema;
  }

  /** What a server is started with that has its rows in a new schema. */
  public List<String> flags() {
    return flags(freshSchema());
  }

  /** The same for an address of {@link #freshSchema}. */
  public List<String> flags(String url) {
    return List.of(
        "--db", url, "--db-user", user(), "--db-password-file", passwordFile().toString());
  }

  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/trefoil";
  }

  /** The same by its Unix socket, where whoever runs the tests needs no password. */
  public String socketUrl() {
    return "jdbc:postgresql:///trefoil?host=" + folder.resolve("socket") + "&port=" + port;
  }

  /** The same schema by the socket, of an address of {@link #freshSchema}. */
  public String bySocket(String url) {
    return socketUrl() + "&" + url.substring(url.indexOf('?') + 1);
  }

  public String user() {
    return "trefoil";
  }

  public Path passwordFile() {
    return folder.resolve("password");
  }

  public String password() {
    try {
      return Files.readString(passwordFile()).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Opens the database at an address of {@link #freshSchema}. */
  public Database open(String url) {
    return Database.postgres(url, user(), password());
  }

  /** Runs a statement as the administrator. */
  public void execute(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first column of a query's first row. */
  public String ask(String query) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What may be done while nobody else is let in. */
  public interface Locked {
    void run(Administrator administrator) throws Exception;
  }

  /** The one who was let in before. */
  public static final class Administrator {
    private final Connection connection;

    private Administrator(Connection connection) {
      this.connection = connection;
    }

    public void execute(String sql) throws SQLException {
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }

    /** Waits until a server has told the others a word that contains this. */
    public void awaitWord(String text) throws SQLException {
      for (int i = 0; i < 100; i++) {
        PGNotification[] heard = connection.unwrap(PGConnection.class).getNotifications(100);
        for (PGNotification word : heard == null ? new PGNotification[0] : heard) {
          if (word.getParameter().contains(text)) {
            return;
          }
        }
      }
      throw new AssertionError("no word of " + text);
    }
  }

  /** Runs work while new connections are refused and those that are there go on. */
  public void whileNobodyIsLetIn(Locked work) throws Exception {
    try (Connection connection = connect()) {
      Administrator administrator = new Administrator(connection);
      administrator.execute("LISTEN " + PostgresCluster.CHANNEL);
      administrator.execute("ALTER ROLE trefoil NOLOGIN");
      try {
        work.run(administrator);
      } finally {
        administrator.execute("ALTER ROLE trefoil LOGIN");
      }
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(url(), user(), password());
  }

  /** Stops the server at once, with everybody's connections. */
  public void stop() {
    try {
      new ProcessBuilder("kill", "-QUIT", Long.toString(process.pid())).start().waitFor();
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Starts it again on what it has on disk. */
  public void startAgain() throws IOException {
    process = begin();
  }

  private Process begin() throws IOException {
    Process started =
        new ProcessBuilder(SCRIPT.toString(), folder.toString(), Integer.toString(port))
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(
                    folder.resolveSibling(folder.getFileName() + ".log").toFile()))
            .start();
    // after a crash it forces every file of every schema to disk before it answers
    long end = System.nanoTime() + Duration.ofMinutes(4).toNanos();
    while (System.nanoTime() < end && started.isAlive()) {
      if (Files.exists(passwordFile())) {
        try {
          connect().close();
          return started;
        } catch (SQLException e) {
          // not up yet
        }
      }
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    started.destroyForcibly();
    throw new IllegalStateException("PostgreSQL did not start, see " + folder + ".log");
  }

  private void remove() {
    stop();
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    folder.resolveSibling(folder.getFileName() + ".log").toFile().delete();
  }
}
