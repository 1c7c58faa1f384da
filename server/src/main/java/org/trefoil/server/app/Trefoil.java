package org.trefoil.server.app;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trefoil.server.audit.RecordMark;
import org.trefoil.server.cluster.Cluster;
import org.trefoil.server.config.Config;
import org.trefoil.server.cosign.SelfTest;
import org.trefoil.server.http.HttpSettings;
import org.trefoil.server.http.OperatorServer;
import org.trefoil.server.http.WebServer;
import org.trefoil.server.jobs.Clockwork;
import org.trefoil.server.jobs.Jobs;
import org.trefoil.server.meter.Meters;
import org.trefoil.server.spend.SteadyTime;
import org.trefoil.server.tls.LiveTls;

/** A running server. */
public final class Trefoil implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Trefoil.class);

  private final Foundation foundation;
  private final Rooms rooms;
  private final Clockwork news;
  private final Clockwork clockwork;
  private final WebServer web;
  private final Troubles troubles;
  private final House house;
  private final @Nullable OperatorServer operator;
  private final Clockwork desk;
  private final Clockwork post;
  private final Clockwork scribe;
  private final CertificateWatch certificate;

  private Trefoil(
      Foundation foundation,
      Rooms rooms,
      Clockwork news,
      Clockwork clockwork,
      WebServer web,
      Troubles troubles,
      House house,
      @Nullable OperatorServer operator,
      Clockwork desk,
      Clockwork post,
      Clockwork scribe,
      CertificateWatch certificate) {
    this.foundation = foundation;
    this.rooms = rooms;
    this.news = news;
    this.clockwork = clockwork;
    this.web = web;
    this.troubles = troubles;
    this.house = house;
    this.operator = operator;
    this.desk = desk;
    this.post = post;
    this.scribe = scribe;
    this.certificate = certificate;
  }

  /**
   * Starts a server; when it returns, pages are served.
   *
   * @param nanos a clock that only ever runs
   */
  public static Trefoil start(Config config, InstantSource clock, LongSupplier nanos)
      throws IOException {
    LOG.info("Starting on {} with the data folder {}", config.chainName(), config.data());
    new OwnLimits(config).refuseUnchosen();
    Releases.check(config.release());
    Releases.answersItself(config.minClient());
    LiveTls tls = CertificateWatch.open(config, clock);
    // While the database opens, which takes half of a start, another core does what needs none.
    CompletableFuture<Void> warm = CompletableFuture.runAsync(WebServer::warm);
    CompletableFuture<Void> tested = CompletableFuture.runAsync(SelfTest::run);
    SecureRandom random = new SecureRandom();
    Foundation foundation = Foundation.open(config, random);
    try {
      tested.join();
      warm.join();
      SteadyTime careful = new SteadyTime(clock, nanos);
      Rooms rooms = Rooms.open(config, foundation, clock, careful, random);
      return run(config, tls, clock, foundation, rooms);
    } catch (IOException | RuntimeException e) {
      foundation.close();
      throw e;
    }
  }

  private static Trefoil run(
      Config config, @Nullable LiveTls tls, InstantSource clock, Foundation foundation, Rooms rooms)
      throws IOException {
    Clockwork news = new Clockwork("news");
    Clockwork clockwork = new Clockwork("jobs");
    Clockwork desk = new Clockwork("desk");
    Clockwork post = new Clockwork("mail");
    Clockwork scribe = new Clockwork("record");
    Troubles troubles = Troubles.listen(rooms.meters());
    CertificateWatch certificate = new CertificateWatch(tls, rooms.meters());
    try {
      Cluster cluster = foundation.database().cluster();
      ChainNews told = new ChainNews(news, rooms.follower(), rooms.live(), rooms.payments());
      rooms.chain().index().listen(told);
      cluster.onTurn(
          () -> {
            if (cluster.leads()) {
              told.tookOver();
            }
          });
      rooms.wallets().watchAll();
      rooms.heads().give();
      rooms.chain().start(config);
      WebServer web =
          WebServer.start(settings(config, tls), rooms.services(config), clock, rooms.meters());
      rooms.address().servedOn(web.port());
      if (tls != null) {
        LOG.info("Serving https on port {}, plain http on {}", web.port(), web.plainPort());
      }
      House house =
          new House(
              config, foundation.database(), rooms.holders(), rooms.chain(), web, troubles, clock);
      OperatorServer operator = operator(config, web, house, rooms.meters());
      clockwork.start(
          Jobs.all(
              rooms.follower(),
              rooms.sweeps(),
              rooms.sessions(),
              rooms.devices(),
              rooms.limits(),
              rooms.waysBack(),
              rooms.signUps(),
              rooms.passkeys(),
              rooms.payments()::mailDaily,
              cluster,
              clock));
      post.start(Jobs.mail(rooms.post().round(), cluster));
      RecordMark mark = foundation.recordMark(config.data().toAbsolutePath());
      scribe.start(Jobs.record(rooms.scribe(), mark, cluster));
      certificate.start();
      desk.start(List.of(Commands.desk(config.data(), foundation, rooms.fence(), clock)));
      return new Trefoil(
          foundation,
          rooms,
          news,
          clockwork,
          web,
          troubles,
          house,
          operator,
          desk,
          post,
          scribe,
          certificate);
    } catch (IOException | RuntimeException e) {
      certificate.close();
      scribe.close();
      post.close();
      desk.close();
      clockwork.close();
      news.close();
      rooms.close();
      rooms.chain().close();
      troubles.close();
      throw e;
    }
  }

  private static @Nullable OperatorServer operator(
      Config config, WebServer web, House house, Meters meters) {
    Config.Listener listener = config.operator();
    if (listener == null) {
      return null;
    }
    try {
      OperatorServer operator =
          OperatorServer.start(listener.bind(), listener.port(), web, house, meters);
      LOG.info("The operator reads on {} port {}", listener.bind(), operator.port());
      return operator;
    } catch (RuntimeException e) {
      web.close();
      house.close();
      throw e;
    }
  }

  private static HttpSettings settings(Config config, @Nullable LiveTls tls) {
    Config.Tls chosen = config.tls();
    return new HttpSettings(
        config.bind(),
        config.port(),
        config.publicUrl(),
        config.network(),
        config.practice(),
        config.trustedProxies(),
        config.release(),
        tls == null || chosen == null ? null : new HttpSettings.Https(tls, chosen.httpPort()),
        config.minClient());
  }

  /** The port that is served. */
  public int port() {
    return web.port();
  }

  /** The port that the operator reads on; −1 when there is none. */
  public int operatorPort() {
    return operator == null ? -1 : operator.port();
  }

  /** Takes no more requests, lets those under way end, and puts everything to disk. */
  @Override
  public void close() {
    house.leave();
    certificate.close();
    web.close();
    desk.close();
    post.close();
    scribe.close();
    clockwork.close();
    rooms.chain().close();
    rooms.close();
    news.close();
    if (operator != null) {
      operator.close();
    }
    house.close();
    troubles.close();
    foundation.close();
  }
}
