package org.trefoil.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;

/**
 * Connections to a PostgreSQL.
 *
 * <p>None is used on which a commit could be acknowledged before it is on disk, none waits for ever
 * for a lock or for a server that no longer answers. A process that vanishes without a word is
 * forgotten by the server within ten seconds, with all it has locked.
 */
final class Postgres {
  private static final int CONNECTIONS = 12;
  private static final int OLDEST_KNOWN = 130_000;
  private static final long PATIENCE_MS = 5_000;
  private static final String CONNECT_SECONDS = "5";
  private static final String ANSWER_SECONDS = "40";

  /** Stronger settings of the operator's, with standbys, stay as they are. */
  private static final String DURABLE =
      "SELECT set_config('synchronous_commit', CASE"
          + " WHEN current_setting('synchronous_commit') IN ('off', 'local') THEN 'on'"
          + " ELSE current_setting('synchronous_commit') END, false),"
          + " set_config('tcp_keepalives_idle', '2', false),"
          + " set_config('tcp_keepalives_interval', '1', false),"
          + " set_config('tcp_keepalives_count', '2', false),"
          // nobody asks while a word of the database is unacknowledged; that may begin at the last
          // question, so both together are less than ten seconds (milliseconds; 0 on a socket file)
          + " set_config('tcp_user_timeout', '4000', false),"
          + " set_config('lock_timeout', '20s', false),"
          + " set_config('idle_in_transaction_session_timeout', '30s', false)";

  private final String url;
  private final @Nullable String user;
  private final @Nullable String password;

  /**
   * One at that address, which may name a Unix socket.
   *
   * @throws DatabaseRefused when it names one wrongly
   */
  Postgres(String url, @Nullable String user, @Nullable String password) {
    this.url = PostgresAddress.forDriver(url);
    this.user = user;
    this.password = password;
  }

  /** Brings the database up to that migration and opens a pool of connections to it. */
  HikariDataSource open(MigrationVersion target) {
    refuseWhatIsNotDurable();
    migrate(target);
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setDataSourceProperties(properties());
    config.setPoolName("trefoil");
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(2);
    config.setConnectionTimeout(PATIENCE_MS);
    config.setConnectionInitSql(DURABLE);
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    return new HikariDataSource(config);
  }

  /** A connection for good, that fails soon when the server no longer answers. */
  Connection connectToStay() throws SQLException {
    Properties properties = properties();
    properties.setProperty("socketTimeout", CONNECT_SECONDS);
    return connect(properties);
  }

  private Connection connect(Properties properties) throws SQLException {
    Connection connection = DriverManager.getConnection(url, properties);
    try (Statement statement = connection.createStatement()) {
      statement.execute(DURABLE);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private void migrate(MigrationVersion target) {
    try {
      Schema.bringUpToDate(Flyway.configure().dataSource(url, user, password), target);
    } catch (FlywayException e) {
      throw new DatabaseRefused(
          "The tables of the database cannot be brought up to date: " + firstLine(e) + ".", e);
    }
  }

  private void refuseWhatIsNotDurable() {
    try (Connection connection = connect(properties())) {
      if (Integer.parseInt(show(connection, "server_version_num")) < OLDEST_KNOWN) {
        throw new DatabaseRefused("The database is too old: Trefoil needs PostgreSQL 13 or newer.");
      }
      for (String setting : new String[] {"fsync", "full_page_writes"}) {
        if (!show(connection, setting).equals("on")) {
          throw new DatabaseRefused(
              "The PostgreSQL runs with "
                  + setting
                  + " = off: what it acknowledges may be gone after a power cut, and a limit could"
                  + " be spent twice. Switch it on.");
        }
      }
    } catch (SQLException e) {
      throw new DatabaseRefused("The database cannot be used: " + firstLine(e) + ".", e);
    }
  }

  private static String show(Connection connection, String setting) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW " + setting)) {
      row.next();
      return row.getString(1);
    }
  }

  private Properties properties() {
    Properties properties = new Properties();
    if (user != null) {
      properties.setProperty("user", user);
    }
    if (password != null) {
      properties.setProperty("password", password);
    }
    properties.setProperty("ApplicationName", "trefoil");
    properties.setProperty("connectTimeout", CONNECT_SECONDS);
    properties.setProperty("socketTimeout", ANSWER_SECONDS);
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("reWriteBatchedInserts", "true");
    properties.setProperty("defaultRowFetchSize", "1000");
    return properties;
  }

  private static String firstLine(Exception e) {
    Throwable told = e;
    for (Throwable each = e; each != null; each = each.getCause()) {
      if (each instanceof UnixChannel.NobodyThere) {
        return String.valueOf(each.getMessage());
      }
      told = told instanceof SQLException ? told : each;
    }
    String text = Objects.requireNonNullElse(told.getMessage(), told.toString());
    return text.lines().findFirst().orElse("").strip().replaceFirst("\\.$", "");
  }
}
