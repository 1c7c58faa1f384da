package org.trefoil.server.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The running web server: Javalin on Jetty, with every limit that keeps a stranger from holding it
 * up.
 */
public final class WebServer implements AutoCloseable {
  private static final int THREADS = 48;
  private static final int CONNECTIONS = 2_000;
  private static final int IDLE_MILLIS = 20_000;
  private static final int HEADER_BYTES = 8 * 1024;
  private static final int STOP_MILLIS = 5_000;

  private final Javalin javalin;
  private final EventStreams events;
  private final List<Route> routes;

  private WebServer(Javalin javalin, EventStreams events, List<Route> routes) {
    this.javalin = javalin;
    this.events = events;
    this.routes = List.copyOf(routes);
  }

  /**
   * Loads what {@link #start} will need, beside other work, so that it takes less long. Nothing is
   * kept.
   */
  public static void warm() {
    new Renderer(Shelf.open(), new Sentences());
    Javalin.create(config -> config.startup.showJavalinBanner = false);
  }

  /** Checks every asset against the manifest, then binds and serves. */
  public static WebServer start(HttpSettings settings, Services services, InstantSource clock) {
    return start(settings, services, clock, Shelf.open());
  }

  static WebServer start(
      HttpSettings settings, Services services, InstantSource clock, Shelf shelf) {
    Sentences sentences = new Sentences();
    Renderer renderer = new Renderer(shelf, sentences);
    RateLimits limits = new RateLimits(services.limits(), clock);
    Door door = new Door(settings, services, shelf, renderer, sentences, limits);
    EventStreams events = new EventStreams(services);
    List<Route> routes = new ArrayList<>();
    routes.addAll(new AssetRoutes(shelf, renderer, door.headers()).routes());
    routes.addAll(new AccountRoutes(services, door, limits).routes());
    routes.addAll(new WalletRoutes(services).routes());
    routes.addAll(new SendRoutes(services, door).routes());
    routes.addAll(events.routes());
    routes.addAll(new HouseRoutes(services, new ReportBook(clock)).routes());
    Javalin javalin =
        Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.startup.showOldJavalinVersionWarning = false;
              config.startup.startupWatcherEnabled = false;
              config.http.prefer405over404 = true;
              config.http.generateEtags = false;
              config.http.maxRequestSize = Route.PSBT;
              config.http.compressionStrategy = CompressionStrategy.GZIP;
              config.http.defaultContentType = "text/plain;charset=utf-8";
              config.jetty.threadPool = new QueuedThreadPool(THREADS, 4);
              config.jetty.modifyServer(server -> harden(server, door));
              config.jetty.addConnector((server, http) -> connector(server, http, settings));
              config.routes.before(door::begin);
              for (Route route : routes) {
                Handler handler = ctx -> door.open(ctx, route);
                config.routes.addHttpHandler(route.method(), route.path(), handler);
                if (route.answersHead()) {
                  config.routes.addHttpHandler(HandlerType.HEAD, route.path(), handler);
                }
              }
              config.routes.exception(HttpResponseException.class, door::missed);
              config.routes.exception(Exception.class, door::broken);
            });
    javalin.start();
    return new WebServer(javalin, events, routes);
  }

  private static void harden(Server server, Door door) {
    server.setStopTimeout(STOP_MILLIS);
    server.setStopAtShutdown(false);
    server.addBean(new NetworkConnectionLimit(CONNECTIONS, server));
    server.setErrorHandler(new BareErrors(door.headers().bare()));
  }

  private static ServerConnector connector(
      Server server, HttpConfiguration http, HttpSettings settings) {
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setRequestHeaderSize(HEADER_BYTES);
    ServerConnector connector =
        new ServerConnector(server, 1, 1, new org.eclipse.jetty.server.HttpConnectionFactory(http));
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    connector.setIdleTimeout(IDLE_MILLIS);
    return connector;
  }

  /** The port that was bound. */
  public int port() {
    return javalin.port();
  }

  /** The table of routes. */
  List<Route> routes() {
    return routes;
  }

  /** Takes no more requests and lets the ones under way end. */
  @Override
  public void close() {
    events.close();
    javalin.stop();
  }
}
