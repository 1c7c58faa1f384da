package org.trefoil.server.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.EagerContentHandler;
import org.eclipse.jetty.server.handler.EagerContentHandler.RetainedContentLoaderFactory;
import org.eclipse.jetty.server.handler.ThreadLimitHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trefoil.server.meter.Meters;
import org.trefoil.server.meter.Reading.Use;

/**
 * The running web server: Javalin on Jetty, with every limit that keeps a stranger from holding it
 * up.
 */
public final class WebServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
  private static final int THREADS = 48;
  private static final int THREADS_PER_ADDRESS = 32;
  private static final int EARLY_BODY = 128 * 1024;
  private static final int IDLE_MILLIS = 20_000;
  private static final int HEADER_BYTES = 8 * 1024;
  private static final int STOP_MILLIS = 5_000;

  private final Javalin javalin;
  private final QueuedThreadPool threads;
  private final EventStreams events;
  private final List<Route> routes;
  private final Door door;
  private final Renderer renderer;
  private final AssetRoutes assets;
  private final ReportBook reports;

  private WebServer(
      Javalin javalin,
      QueuedThreadPool threads,
      EventStreams events,
      List<Route> routes,
      Door door,
      Renderer renderer,
      AssetRoutes assets,
      ReportBook reports) {
    this.javalin = javalin;
    this.threads = threads;
    this.events = events;
    this.routes = List.copyOf(routes);
    this.door = door;
    this.renderer = renderer;
    this.assets = assets;
    this.reports = reports;
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
  public static WebServer start(
      HttpSettings settings, Services services, InstantSource clock, Meters meters) {
    return start(settings, services, clock, meters, Shelf.open());
  }

  static WebServer start(
      HttpSettings settings, Services services, InstantSource clock, Meters meters, Shelf shelf) {
    return start(settings, services, clock, meters, shelf, EventStreams.PING);
  }

  static WebServer start(
      HttpSettings settings,
      Services services,
      InstantSource clock,
      Meters meters,
      Shelf built,
      Duration ping) {
    Shelf shelf = built.signed(settings.release());
    Sentences sentences = new Sentences();
    Renderer renderer = new Renderer(shelf, sentences);
    RateLimits limits = new RateLimits(services.limits(), clock);
    Door door = new Door(settings, services, shelf, renderer, sentences, limits, meters);
    EventStreams events = new EventStreams(services, ping);
    List<Route> routes = new ArrayList<>();
    AssetRoutes assets = new AssetRoutes(shelf, renderer, door.headers());
    ReportBook reports = new ReportBook(clock);
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, 4);
    TrustedProxies proxies = new TrustedProxies(settings.trustedProxies());
    OpenConnections connections = new OpenConnections(new ThreadsPerAddress(proxies), proxies);
    routes.addAll(assets.routes());
    routes.addAll(new RecoveryRoutes(shelf, assets).routes());
    routes.addAll(new ReleaseRoutes(settings.release(), door.headers()).routes());
    routes.addAll(new SignUpRoutes(services, limits).routes());
    routes.addAll(new AccountRoutes(services, door, limits).routes());
    routes.addAll(new RecordRoutes(services, sentences).routes());
    routes.addAll(new PasskeyRoutes(services).routes());
    routes.addAll(new OpeningRoutes(services).routes());
    routes.addAll(new RegainRoutes(services, limits).routes());
    routes.addAll(new WalletRoutes(services).routes());
    routes.addAll(new SendRoutes(services, sentences).routes());
    routes.addAll(new ExportRoutes(services).routes());
    routes.addAll(new KeyRoutes(services).routes());
    routes.addAll(new PolicyRoutes(services, sentences).routes());
    routes.addAll(new MemberRoutes(services).routes());
    routes.addAll(new SweepRoutes(services).routes());
    routes.addAll(events.routes());
    routes.addAll(new HouseRoutes(services, reports).routes());
    Javalin javalin =
        Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.startup.showOldJavalinVersionWarning = false;
              config.startup.startupWatcherEnabled = false;
              config.http.prefer405over404 = true;
              config.http.generateEtags = false;
              config.http.maxRequestSize = Route.PSBT;
              // What is made for one visitor is never packed, or its length tells of it (BREACH).
              config.http.compressionStrategy = CompressionStrategy.NONE;
              config.http.defaultContentType = "text/plain;charset=utf-8";
              config.jetty.threadPool = threads;
              config.jetty.modifyServer(server -> harden(server, settings, door, connections));
              config.jetty.addConnector(
                  (server, http) -> connector(server, http, settings, connections));
              if (settings.https() != null && settings.https().httpPort() >= 0) {
                int port = settings.https().httpPort();
                config.jetty.addConnector(
                    (server, http) -> plain(server, http, settings, port, connections));
              }
              config.routes.before(door::begin);
              config.routes.after(door::end);
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
    return new WebServer(javalin, threads, events, routes, door, renderer, assets, reports);
  }

  private static void harden(
      Server server, HttpSettings settings, Door door, OpenConnections connections) {
    Map<String, String> headers = door.headers().bare();
    // A body arrives before a thread is spent on it; the few large ones may hold a few threads.
    EagerContentHandler bodies =
        new EagerContentHandler(new RetainedContentLoaderFactory(EARLY_BODY, -1, false));
    bodies.setHandler(connections);
    ArrivingBodies first =
        new ArrivingBodies(
            bodies,
            connections,
            new TrustedProxies(settings.trustedProxies()),
            headers,
            EARLY_BODY);
    String origin = settings.origin();
    boolean https = settings.https() != null && origin != null;
    server.setHandler(https ? new ToHttps(first, origin, Door.IN_CLEAR) : first);
    server.setStopTimeout(STOP_MILLIS);
    server.setStopAtShutdown(false);
    server.setErrorHandler(new BareErrors(headers, Door.IN_CLEAR));
  }

  /** One address cannot take all threads; a proxy speaks for many. */
  private static final class ThreadsPerAddress extends ThreadLimitHandler {
    private final TrustedProxies proxies;

    ThreadsPerAddress(TrustedProxies proxies) {
      this.proxies = proxies;
    }

    @Override
    protected int getThreadLimit(String address) {
      return proxies.trusts(address) ? 0 : THREADS_PER_ADDRESS;
    }
  }

  private static ServerConnector connector(
      Server server, HttpConfiguration http, HttpSettings settings, OpenConnections connections) {
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setRequestHeaderSize(HEADER_BYTES);
    HttpSettings.Https https = settings.https();
    return bound(
        https == null
            ? new ServerConnector(server, 1, 1, new HttpConnectionFactory(http))
            : TlsConnector.on(server, http, https.tls()),
        settings.host(),
        settings.port(),
        connections);
  }

  private static ServerConnector plain(
      Server server,
      HttpConfiguration http,
      HttpSettings settings,
      int port,
      OpenConnections connections) {
    ServerConnector connector =
        new ServerConnector(server, 1, 1, new HttpConnectionFactory(new HttpConfiguration(http)));
    connector.setName(ToHttps.PLAIN);
    return bound(connector, settings.host(), port, connections);
  }

  private static ServerConnector bound(
      ServerConnector connector, String host, int port, OpenConnections connections) {
    connector.addEventListener(connections);
    connector.setHost(host);
    connector.setPort(port);
    connector.setIdleTimeout(IDLE_MILLIS);
    return connector;
  }

  /** The port that was bound. */
  public int port() {
    return javalin.port();
  }

  /** The port that sends plain http on to https; −1 when there is none. */
  public int plainPort() {
    for (Connector connector : javalin.jettyServer().server().getConnectors()) {
      if (ToHttps.PLAIN.equals(connector.getName())) {
        return ((ServerConnector) connector).getLocalPort();
      }
    }
    return -1;
  }

  /** Browsers that listen for changes now. */
  public int liveConnections() {
    return events.count();
  }

  /** The threads that answer. */
  public Use threads() {
    int busy = threads.getThreads() - threads.getIdleThreads();
    return new Use(busy, threads.getMaxThreads(), threads.getQueueSize());
  }

  Door.Site site() {
    return door.site();
  }

  Renderer renderer() {
    return renderer;
  }

  AssetRoutes assets() {
    return assets;
  }

  ReportBook reports() {
    return reports;
  }

  /** The table of routes. */
  List<Route> routes() {
    return routes;
  }

  /** Takes no more requests and lets the ones under way end; who takes too long is cut off. */
  @Override
  public void close() {
    events.close();
    stop(javalin);
  }

  /** As {@link #close()}: what is to be stopped after it is stopped whoever dawdles here. */
  static void stop(Javalin javalin) {
    try {
      javalin.stop();
    } catch (JavalinException e) {
      if (!(e.getCause() instanceof TimeoutException)) {
        throw e;
      }
      LOG.info("Some requests were cut off: they had not ended in time");
    }
  }
}
