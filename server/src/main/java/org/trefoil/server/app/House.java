package org.trefoil.server.app;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.trefoil.server.chain.ChainHealth;
import org.trefoil.server.chain.ChainUnavailable;
import org.trefoil.server.config.Config;
import org.trefoil.server.http.Operations;
import org.trefoil.server.http.WebServer;
import org.trefoil.server.meter.Reading;
import org.trefoil.server.store.Database;
import org.trefoil.server.store.JdbiFactStore;
import org.trefoil.server.store.JdbiMailStore;
import org.trefoil.server.store.JdbiSendStore;

/**
 * The house as its operator sees it.
 *
 * <p>The database is asked on a thread of its own and given {@value #PATIENCE_SECONDS} seconds, so
 * that one that hangs is reported and does not hang the report.
 */
final class House implements Operations, AutoCloseable {
  private static final int PATIENCE_SECONDS = 3;
  private static final long LATE_SECONDS = 60;
  private static final ChainHealth UNKNOWN =
      new ChainHealth(
          ChainHealth.State.UNREACHABLE,
          "The database, which knows how far it is followed, does not answer.");

  private final Config config;
  private final Database database;
  private final Holders holders;
  private final ChainHouse chain;
  private final WebServer web;
  private final Troubles troubles;
  private final InstantSource clock;
  private final JdbiSendStore sends;
  private final JdbiFactStore noted;
  private final JdbiMailStore mail;
  private final Instant started;
  private final ExecutorService asking =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "operator-reading");
            thread.setDaemon(true);
            return thread;
          });
  private volatile boolean open = true;

  House(
      Config config,
      Database database,
      Holders holders,
      ChainHouse chain,
      WebServer web,
      Troubles troubles,
      InstantSource clock) {
    this.config = config;
    this.database = database;
    this.holders = holders;
    this.chain = chain;
    this.web = web;
    this.troubles = troubles;
    this.clock = clock;
    this.sends = new JdbiSendStore(database);
    this.mail = new JdbiMailStore(database);
    this.noted = new JdbiFactStore(database);
    this.started = clock.instant();
  }

  /** What only the database knows. */
  private record Stored(
      ChainHealth health,
      int height,
      long blockTime,
      Map<String, Long> sends,
      long overdue,
      long mail,
      String database,
      String lastBackup,
      boolean keys) {}

  @Override
  public Reading now() {
    Optional<Stored> stored = ask();
    ChainHealth health = stored.map(Stored::health).orElse(UNKNOWN);
    long now = clock.instant().getEpochSecond();
    return new Reading(
        config.chainName(),
        health.state().word(),
        health.detail(),
        stored.map(Stored::height).orElse(-1),
        stored.map(s -> s.height() < 0 ? -1 : Math.max(0, now - s.blockTime())).orElse(-1L),
        chain.peers(config, health),
        stored.isPresent(),
        stored.map(Stored::keys).orElse(false),
        stored.map(Stored::sends).orElse(Map.of()),
        stored.map(Stored::overdue).orElse(0L),
        stored.map(Stored::mail).orElse(0L),
        web.liveConnections(),
        web.threads(),
        database.pool());
  }

  private Optional<Stored> ask() {
    Future<Stored> asked = asking.submit(this::read);
    try {
      return Optional.of(asked.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException | TimeoutException e) {
      asked.cancel(false);
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private Stored read() {
    Map<String, Long> open = new TreeMap<>();
    sends
        .open()
        .forEach(
            (stage, count) ->
                open.put(stage.name().toLowerCase(Locale.ROOT).replace('_', '-'), count));
    long overdue = sends.overdue(clock.instant().minusSeconds(LATE_SECONDS));
    ChainHealth health = chain.index().health();
    long letters = mail.waiting();
    String about = database.description();
    boolean keys = holders.answers();
    String backup = noted.find(Foundation.LAST_BACKUP).orElse("none yet");
    try {
      var tip = chain.index().tip();
      return new Stored(
          health, tip.height(), tip.time(), open, overdue, letters, about, backup, keys);
    } catch (ChainUnavailable e) {
      return new Stored(health, -1, 0, open, overdue, letters, about, backup, keys);
    }
  }

  @Override
  public List<Trouble> troubles() {
    return troubles.newest();
  }

  @Override
  public List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Trefoil", Releases.version()));
    facts.add(new Fact("Java", Runtime.version().toString()));
    Optional<Stored> stored = ask();
    facts.add(new Fact("Database", stored.map(Stored::database).orElse("does not answer")));
    facts.add(
        new Fact(
            "Last backup",
            stored.map(Stored::lastBackup).orElse("the database knows, and does not answer")));
    facts.addAll(new OwnLimits(config).facts());
    facts.add(new Fact("Started", started.toString()));
    return facts;
  }

  @Override
  public boolean unlimited() {
    return new OwnLimits(config).missing();
  }

  @Override
  public boolean open() {
    return open;
  }

  /** From now on not ready: whoever sends visitors here should send them elsewhere. */
  void leave() {
    open = false;
  }

  @Override
  public void close() {
    asking.shutdownNow();
  }
}
