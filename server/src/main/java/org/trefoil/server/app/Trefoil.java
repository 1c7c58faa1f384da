package org.trefoil.server.app;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trefoil.server.config.Config;
import org.trefoil.server.cosign.SelfTest;
import org.trefoil.server.http.HttpSettings;
import org.trefoil.server.http.WebServer;
import org.trefoil.server.jobs.Clockwork;
import org.trefoil.server.jobs.Jobs;

/** A running server. */
public final class Trefoil implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Trefoil.class);

  private final Foundation foundation;
  private final Rooms rooms;
  private final Clockwork news;
  private final Clockwork clockwork;
  private final WebServer web;

  private Trefoil(
      Foundation foundation, Rooms rooms, Clockwork news, Clockwork clockwork, WebServer web) {
    this.foundation = foundation;
    this.rooms = rooms;
    this.news = news;
    this.clockwork = clockwork;
    this.web = web;
  }

  /** Starts a server; when it returns, pages are served. */
  public static Trefoil start(Config config, InstantSource clock) throws IOException {
    LOG.info("Starting on {} with the data folder {}", config.chainName(), config.data());
    // While the database opens, which takes half of a start, another core does what needs none.
    CompletableFuture<Void> warm = CompletableFuture.runAsync(WebServer::warm);
    CompletableFuture<Void> tested = CompletableFuture.runAsync(SelfTest::run);
    SecureRandom random = new SecureRandom();
    Foundation foundation = Foundation.open(config, random);
    try {
      tested.join();
      warm.join();
      Rooms rooms = Rooms.open(config, foundation, clock, random);
      return run(config, clock, foundation, rooms);
    } catch (IOException | RuntimeException e) {
      foundation.close();
      throw e;
    }
  }

  private static Trefoil run(
      Config config, InstantSource clock, Foundation foundation, Rooms rooms) {
    Clockwork news = new Clockwork("news");
    Clockwork clockwork = new Clockwork("jobs");
    try {
      rooms.chain().index().listen(new ChainNews(news, rooms.follower(), rooms.live()));
      rooms.wallets().watchAll();
      rooms.chain().start(config);
      WebServer web = WebServer.start(settings(config), rooms.services(config), clock);
      clockwork.start(Jobs.all(rooms.follower(), rooms.sessions(), rooms.limits(), clock));
      return new Trefoil(foundation, rooms, news, clockwork, web);
    } catch (RuntimeException e) {
      clockwork.close();
      news.close();
      rooms.chain().close();
      throw e;
    }
  }

  private static HttpSettings settings(Config config) {
    return new HttpSettings(
        config.bind(),
        config.port(),
        config.publicUrl(),
        config.network(),
        config.practice(),
        config.trustedProxy());
  }

  /** The port that is served. */
  public int port() {
    return web.port();
  }

  /** Takes no more requests, lets those under way end, and puts everything to disk. */
  @Override
  public void close() {
    web.close();
    clockwork.close();
    rooms.chain().close();
    news.close();
    foundation.close();
  }
}
