package org.trefoil.server.http;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trefoil.core.wire.Json;
import org.trefoil.csp.PageHeaders;
import org.trefoil.server.meter.Meters;
import org.trefoil.server.meter.Reading;

/**
 * The operator's own address: a page, {@code /metrics}, {@code /livez} and {@code /readyz}.
 *
 * <p>It asks for no sign-in: whoever reaches the address may read, which is why it is on this
 * machine alone unless the operator binds it elsewhere, and why it only tells and never does. It
 * has threads of its own, so that it answers when the public ones are all busy. The name that it is
 * asked by must be an address, {@code localhost} or the name it was bound to; another site that
 * points its own name here is refused.
 */
public final class OperatorServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OperatorServer.class);
  private static final int THREADS = 8;
  private static final int IDLE_MILLIS = 20_000;
  private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";
  private static final List<String> ASSETS = List.of("app.css", "logo.svg");

  private final Javalin javalin;

  private OperatorServer(Javalin javalin) {
    this.javalin = javalin;
  }

  /** Binds and serves. */
  public static OperatorServer start(
      String bind, int port, WebServer web, Operations operations, Meters meters) {
    PageHeaders headers = new PageHeaders(false);
    Pages pages = new Pages(web, operations, meters, headers);
    Javalin javalin =
        Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.startup.showOldJavalinVersionWarning = false;
              config.startup.startupWatcherEnabled = false;
              config.http.prefer405over404 = true;
              config.http.maxRequestSize = 0;
              config.jetty.threadPool = new QueuedThreadPool(THREADS, 2);
              config.jetty.modifyServer(
                  server -> {
                    server.setStopTimeout(0);
                    server.setStopAtShutdown(false);
                    server.setErrorHandler(new BareErrors(headers.bare(), headers.bare()));
                  });
              config.jetty.addConnector((server, http) -> connector(server, http, bind, port));
              config.routes.before(
                  ctx -> {
                    Door.put(ctx, headers.bare());
                    if (!known(ctx.header("Host"), bind)) {
                      throw new HttpResponseException(403, "");
                    }
                  });
              config.routes.get("/", pages::page);
              config.routes.get("/metrics", pages::metrics);
              config.routes.get("/livez", ctx -> ctx.contentType("text/plain").result("ok\n"));
              config.routes.get("/readyz", pages::ready);
              config.routes.get("/assets/{name}", pages::asset);
              config.routes.exception(
                  HttpResponseException.class, (e, ctx) -> ctx.status(e.getStatus()).result(""));
              config.routes.exception(
                  Exception.class,
                  (e, ctx) -> {
                    LOG.error("{} failed", ctx.endpoint().path, e);
                    ctx.status(500).result("");
                  });
            });
    javalin.start();
    return new OperatorServer(javalin);
  }

  private static ServerConnector connector(
      Server server, HttpConfiguration http, String bind, int port) {
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(bind);
    connector.setPort(port);
    connector.setIdleTimeout(IDLE_MILLIS);
    return connector;
  }

  /** Whether a browser cannot have been led here under somebody else's name. */
  private static boolean known(String host, String bind) {
    if (host == null) {
      return false;
    }
    String name = host.replaceFirst(":\\d{1,5}$", "").toLowerCase(Locale.ROOT);
    return name.equals("localhost")
        || name.equals(bind.toLowerCase(Locale.ROOT))
        || name.matches("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+]");
  }

  /** The port that was bound. */
  public int port() {
    return javalin.port();
  }

  @Override
  public void close() {
    WebServer.stop(javalin);
  }

  /** What is answered. */
  private record Pages(WebServer web, Operations operations, Meters meters, PageHeaders headers) {
    private void page(Context ctx) {
      Map<String, Object> model = new HashMap<>();
      model.put("now", operations.now());
      model.put("open", operations.open());
      model.put("unlimited", operations.unlimited());
      model.put("facts", operations.facts());
      model.put("troubles", operations.troubles());
      model.put("refusals", meters.refusals());
      model.put("reports", web.reports().newest());
      model.put("total", web.reports().total());
      model.put("page", Page.OPERATOR.shape());
      model.put("site", web.site());
      model.put("away", null);
      model.put("reset", null);
      byte[] html =
          web.renderer().render(Page.OPERATOR.template(), model).getBytes(StandardCharsets.UTF_8);
      Door.put(ctx, headers.page(List.of(), false));
      ctx.contentType("text/html;charset=utf-8").result(html);
    }

    private void metrics(Context ctx) {
      ctx.contentType(METRICS_TYPE).result(meters.text(operations.now()));
    }

    private void ready(Context ctx) {
      Reading now = operations.now();
      boolean ready = now.ready() && operations.open();
      Json answer =
          Json.object()
              .put("ready", ready)
              .put("database", now.databaseAnswers())
              .put("keys", now.keysAnswer())
              .put("chain", now.chainState())
              .put("stopping", !operations.open())
              .json();
      ctx.status(ready ? 200 : 503).contentType("application/json").result(answer.write());
    }

    private void asset(Context ctx) {
      String name = ctx.pathParam("name");
      if (!ASSETS.contains(name)) {
        throw new HttpResponseException(404, "");
      }
      web.assets().give(ctx, name);
    }
  }
}
