package org.trefoil.server.meter;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.trefoil.server.meter.Reading.Use;

/** Counts and times what happens, and writes it for Prometheus. Safe for use by several threads. */
public final class Meters {
  private static final double NANOS = 1e9;
  private static final double[] HTTP = {.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10};
  private static final double[] SIGN = {.0005, .001, .0025, .005, .01, .025, .05, .1, .25, 1};

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Map<Metric, Gauge> gauges = new EnumMap<>(Metric.class);
  private final Counter refusals = counter(Metric.REFUSALS, "token");
  private final Counter logged = counter(Metric.LOGGED, "level");
  private final Counter certificates = counter(Metric.TLS_REFUSED);
  private final Histogram http = histogram(Metric.HTTP, HTTP, "route", "status");
  private final Histogram sign = histogram(Metric.SIGN, SIGN);
  private boolean complete;

  /** A request was refused with this token. */
  public void refused(String token) {
    refusals.labelValues(token).inc();
  }

  /** A warning or an error was logged. */
  public void logged(String level) {
    logged.labelValues(level).inc();
  }

  /** The certificate that is served from now on expires then. */
  public synchronized void certificate(Instant expires) {
    set(Metric.TLS_EXPIRES, expires.getEpochSecond());
  }

  /** A certificate's files changed, and cannot be served with. */
  public void certificateRefused() {
    certificates.inc();
  }

  /**
   * A request was answered.
   *
   * @param route the template of its path, never the path itself
   */
  public void answered(String route, int status, long nanos) {
    http.labelValues(route, Integer.toString(status)).observe(nanos / NANOS);
  }

  /** A transaction was co-signed. */
  public void signed(long nanos) {
    sign.observe(nanos / NANOS);
  }

  /** Refusals since the start, by token. */
  public Map<String, Long> refusals() {
    return refusals.collect().getDataPoints().stream()
        .collect(
            Collectors.toMap(
                point -> point.getLabels().getValue(0),
                point -> (long) point.getValue(),
                Long::sum,
                TreeMap::new));
  }

  /** Everything, in Prometheus's text format, with the gauges as they were read. */
  public synchronized String text(Reading now) {
    if (!complete) {
      JvmMetrics.builder().register(registry);
      complete = true;
    }
    read(now);
    try (ByteArrayOutputStream out = new ByteArrayOutputStream(32 * 1024)) {
      MetricSnapshots all = registry.scrape();
      PrometheusTextFormatWriter.create().write(out, all);
      return out.toString(java.nio.charset.StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(Reading now) {
    set(Metric.UP, now.ready() ? 1 : 0);
    Gauge state = gauge(Metric.CHAIN_STATE, "state");
    state.clear();
    state.labelValues(now.chainState()).set(1);
    set(Metric.TIP_HEIGHT, now.tipHeight());
    set(Metric.TIP_AGE, now.tipAge());
    set(Metric.PEERS, now.peers().size());
    Gauge sends = gauge(Metric.SENDS, "stage");
    now.sends().forEach((stage, count) -> sends.labelValues(stage).set(count));
    set(Metric.OVERDUE, now.overdue());
    set(Metric.MAIL, now.mail());
    set(Metric.LIVE, now.liveConnections());
    set(Metric.WEB_BUSY, now.web().busy());
    set(Metric.WEB_WAITING, now.web().waiting());
    Use pool = now.pool();
    set(Metric.POOL_BUSY, pool.busy());
    set(Metric.POOL_MOST, pool.most());
    set(Metric.POOL_WAITING, pool.waiting());
  }

  private void set(Metric metric, double value) {
    gauge(metric).set(value);
  }

  private Gauge gauge(Metric metric, String... labels) {
    return gauges.computeIfAbsent(
        metric,
        name ->
            Gauge.builder()
                .name(name.id())
                .help(name.help())
                .labelNames(labels)
                .register(registry));
  }

  private Counter counter(Metric metric, String... labels) {
    return Counter.builder()
        .name(metric.id())
        .help(metric.help())
        .labelNames(labels)
        .register(registry);
  }

  private Histogram histogram(Metric metric, double[] bounds, String... labels) {
    return Histogram.builder()
        .name(metric.id())
        .help(metric.help())
        .classicOnly()
        .classicUpperBounds(bounds)
        .labelNames(labels)
        .register(registry);
  }
}
