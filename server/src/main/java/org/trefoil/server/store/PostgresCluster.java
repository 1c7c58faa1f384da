package org.trefoil.server.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trefoil.server.cluster.Cluster;
import org.trefoil.server.cluster.NotLeading;

/**
 * The processes on one PostgreSQL, each with one connection that stays open.
 *
 * <p>Who leads holds an advisory lock of that connection, which the database frees when the
 * connection ends: at once when the process is killed, within ten seconds when its machine
 * vanishes. Beginning to lead raises the term in the table {@code chain_follower}. Every write of a
 * leader locks that row first and compares the term, so a process that leads no more and has not
 * noticed writes nothing.
 */
final class PostgresCluster implements Cluster, AutoCloseable {
  static final String CHANNEL = "trefoil";

  private static final Logger LOG = LoggerFactory.getLogger(PostgresCluster.class);
  private static final int LISTEN_MS = 400;
  private static final long AGAIN_MS = 500;
  private static final String LOCK =
      "SELECT CAST(pg_try_advisory_lock(hashtext(current_schema()), 1953654118) AS INTEGER)";
  private static final String RAISE =
      "UPDATE chain_follower SET term = term + 1 WHERE one = 1 RETURNING term";
  private static final String TERM = "SELECT term FROM chain_follower WHERE one = 1 FOR UPDATE";

  private final Postgres postgres;
  private final String name = UUID.randomUUID().toString();
  private final Words words;
  private final List<Runnable> turns = new CopyOnWriteArrayList<>();
  private final List<Runnable> gaps = new CopyOnWriteArrayList<>();
  private final Map<Topic, List<Consumer<String>>> ears = new EnumMap<>(Topic.class);
  private final ExecutorService hearing =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "cluster-ears");
            thread.setDaemon(true);
            return thread;
          });
  private final Thread thread = new Thread(this::stay, "cluster");
  private @Nullable Connection connection;
  private volatile boolean leads;
  private volatile boolean closed;
  private volatile long term;

  /** False once another process led between two times that this one did. */
  private volatile boolean alwaysThisOne = true;

  /** Joins; from then on this process leads unless another one does. */
  PostgresCluster(Postgres postgres, Database database) {
    this.postgres = postgres;
    this.words = new Words(database, name);
    for (Topic topic : Topic.values()) {
      ears.put(topic, new CopyOnWriteArrayList<>());
    }
    try {
      connection = joined();
    } catch (SQLException e) {
      LOG.warn("Not yet among the servers on this database: {}", why(e));
    }
    thread.setDaemon(true);
    thread.start();
  }

  private Connection joined() throws SQLException {
    Connection fresh = postgres.connectToStay();
    try {
      try (Statement statement = fresh.createStatement()) {
        statement.execute("LISTEN " + CHANNEL);
      }
      lead(fresh);
      return fresh;
    } catch (SQLException e) {
      fresh.close();
      throw e;
    }
  }

  /** Leads from now on if nobody else does. */
  private void lead(Connection on) throws SQLException {
    if (ask(on, LOCK) != 1) {
      return;
    }
    long now = ask(on, RAISE); // waits for what the last leader is writing
    alwaysThisOne &= term == 0 || now == term + 1;
    term = now;
    leads = true;
    LOG.info("This server leads, term {}", now);
    turns.forEach(Runnable::run);
  }

  private void stay() {
    while (!closed) {
      try {
        Connection here = connection;
        if (here == null) {
          here = joined();
          connection = here;
          hear(() -> gaps.forEach(Runnable::run));
        }
        long asked = System.nanoTime();
        while (!closed) {
          listen(here);
          if (System.nanoTime() - asked < LISTEN_MS * 1_000_000L) {
            continue; // there is much to hear
          }
          asked = System.nanoTime();
          if (leads) {
            ask(here, "SELECT 1"); // fails when the lock may be somebody else's
          } else {
            lead(here);
          }
        }
      } catch (SQLException e) {
        if (!closed) {
          LOG.warn("The connection to the other servers is lost: {}", why(e));
          part();
          pause();
        }
      }
    }
  }

  private static @Nullable String why(SQLException e) {
    return SqlFailures.root(e).getMessage();
  }

  private void listen(Connection here) throws SQLException {
    PGNotification[] heard = here.unwrap(PGConnection.class).getNotifications(LISTEN_MS);
    if (heard == null) {
      return;
    }
    for (PGNotification word : heard) {
      String[] parts = word.getParameter().split(" ", 3);
      if (parts.length == 3 && !parts[0].equals(name)) {
        for (Topic topic : Topic.values()) {
          if (topic.name().equals(parts[1])) {
            hear(() -> ears.getOrDefault(topic, List.of()).forEach(ear -> ear.accept(parts[2])));
          }
        }
      }
    }
  }

  /** On a thread of its own, so that a slow listener does not cost the lead. */
  private void hear(Runnable listeners) {
    try {
      hearing.execute(
          () -> {
            try {
              listeners.run();
            } catch (RuntimeException e) {
              LOG.warn("A word of another server was not taken in", e);
            }
          });
    } catch (RejectedExecutionException e) {
      LOG.debug("A word came after the end");
    }
  }

  private void part() {
    boolean led = leads;
    leads = false;
    Connection old = connection;
    connection = null;
    if (old != null) {
      try {
        old.close();
      } catch (SQLException e) {
        LOG.debug("The old connection could not be closed", e);
      }
    }
    if (led) {
      LOG.warn("This server leads no more");
      turns.forEach(Runnable::run);
    }
  }

  private void pause() {
    try {
      Thread.sleep(AGAIN_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true;
    }
  }

  private static long ask(Connection on, String question) throws SQLException {
    try (Statement statement = on.createStatement();
        ResultSet row = statement.executeQuery(question)) {
      row.next();
      return row.getLong(1);
    }
  }

  /**
   * The first statement of whatever only the leader may write.
   *
   * @throws NotLeading when this process does not lead, or no longer
   */
  void pass(Handle handle) {
    long mine = term;
    if (!leads || handle.createQuery(TERM).mapTo(Long.class).one() != mine) {
      throw new NotLeading();
    }
  }

  /** As {@link #pass}, and nobody else led since this process began. */
  void passUninterrupted(Handle handle) {
    pass(handle);
    if (!alwaysThisOne) {
      throw new NotLeading();
    }
  }

  @Override
  public boolean leads() {
    return leads;
  }

  @Override
  public void onTurn(Runnable listener) {
    turns.add(listener);
  }

  @Override
  public void tell(Topic topic, String text) {
    words.tell(topic, text);
  }

  @Override
  public void hear(Topic topic, Consumer<String> listener) {
    ears.getOrDefault(topic, List.of()).add(listener);
  }

  @Override
  public void onGap(Runnable listener) {
    gaps.add(listener);
  }

  @Override
  public void close() {
    closed = true;
    words.close();
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    part();
    hearing.shutdownNow();
  }
}
