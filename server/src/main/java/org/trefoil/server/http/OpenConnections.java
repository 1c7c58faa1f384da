package org.trefoil.server.http;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SelectableChannelEndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Who is connected, so that nobody is kept out by those who only hold on: so many connections from
 * one address (IPv6: one /64; a proxy of ours may have all), so many in all, of which the longest
 * silent ones make room for new ones, and {@link #ASKING} for a whole request, its first 128 KiB
 * included, however slowly its bytes come.
 *
 * <p>Stands where a request's head and early body have arrived.
 */
final class OpenConnections extends Handler.Wrapper implements Connection.Listener {
  /** From one address. */
  static final int PER_ADDRESS = 256;

  /** From the connection or the answer before, until all of a request is here. */
  static final Duration ASKING = Duration.ofSeconds(30);

  private static final int MOST = 20_000;
  private static final int SPARE_FILES = 200;
  private static final int BYTES = 64 * 1024;
  private static final int LOOK_SECONDS = 5;
  private static final int CLOSING_SECONDS = 1;
  private static final String PROXY = "";

  private final TrustedProxies proxies;
  private final int most;
  private final Duration asking;
  private final Map<EndPoint, String> open = new ConcurrentHashMap<>();
  private final Map<EndPoint, Long> silent = new ConcurrentHashMap<>();
  private final Map<String, Integer> each = new ConcurrentHashMap<>();
  private final AtomicInteger all = new AtomicInteger();

  OpenConnections(Handler next, TrustedProxies proxies) {
    this(next, proxies, most(), ASKING);
  }

  OpenConnections(Handler next, TrustedProxies proxies, int most, Duration asking) {
    super(next);
    this.proxies = proxies;
    this.most = most;
    this.asking = asking;
  }

  /** As many as there are files and memory for. */
  private static int most() {
    long files =
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
            ? unix.getMaxFileDescriptorCount()
            : MOST;
    long memory = Runtime.getRuntime().maxMemory() / BYTES;
    long spared = files - Math.max(SPARE_FILES, files / 10);
    return (int) Math.max(SPARE_FILES, Math.min(MOST, Math.min(spared, memory)));
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    lookAgain();
  }

  private void lookAgain() {
    getServer().getScheduler().schedule(this::look, LOOK_SECONDS, TimeUnit.SECONDS);
  }

  /** Lets go of those who take too long to ask. */
  private void look() {
    long before = System.nanoTime() - asking.toNanos();
    silent.forEach(
        (line, since) -> {
          if (since - before < 0) {
            letGo(line);
          }
        });
    if (isRunning()) {
      lookAgain();
    }
  }

  @Override
  public void onOpened(Connection connection) {
    EndPoint line = connection.getEndPoint();
    if (line instanceof EndPoint.Wrapper) {
      return; // what is spoken inside of TLS: the line itself is counted
    }
    String who = who(line);
    open.put(line, who);
    silent.put(line, System.nanoTime());
    int ofAll = all.incrementAndGet();
    int ofThem = each.merge(who, 1, Integer::sum);
    if (ofThem > PER_ADDRESS && !who.equals(PROXY)) {
      letGo(line);
    } else if (ofAll > most) {
      makeRoom();
    }
  }

  @Override
  public void onClosed(Connection connection) {
    EndPoint line = connection.getEndPoint();
    String who = open.remove(line);
    silent.remove(line);
    if (who != null) {
      all.decrementAndGet();
      each.computeIfPresent(who, (same, count) -> count == 1 ? null : count - 1);
    }
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    EndPoint line = raw(request);
    silent.remove(line);
    Request.addCompletionListener(
        request,
        failure -> {
          if (open.containsKey(line)) {
            silent.put(line, System.nanoTime());
          }
        });
    return super.handle(request, response, callback);
  }

  /** Lets go of one in a hundred: those that have been silent for longest. */
  private synchronized void makeRoom() {
    if (all.get() <= most) {
      return;
    }
    List<Map.Entry<EndPoint, Long>> oldest =
        silent.entrySet().stream()
            .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
            .sorted(Comparator.comparing(Map.Entry::getValue, Long::compare))
            .limit(Math.max(1, most / 100))
            .toList();
    oldest.forEach(entry -> letGo(entry.getKey()));
  }

  /** Whether it is waited for the rest of a request. */
  boolean asks(EndPoint line) {
    return silent.containsKey(line);
  }

  /** Hears no more of it, so that its request ends as if the other side had gone; then closes. */
  void letGo(EndPoint line) {
    silent.remove(line);
    try {
      ((SocketChannel) ((SelectableChannelEndPoint) line).getChannel()).shutdownInput();
      getServer().getScheduler().schedule(line::close, CLOSING_SECONDS, TimeUnit.SECONDS);
    } catch (IOException e) {
      line.close();
    }
  }

  private String who(EndPoint line) {
    String ip = ip(line);
    return ip != null && proxies.trusts(ip) ? PROXY : RateLimits.address(ip == null ? "" : ip);
  }

  private static @Nullable String ip(EndPoint line) {
    return line.getRemoteSocketAddress() instanceof InetSocketAddress far && !far.isUnresolved()
        ? far.getAddress().getHostAddress()
        : null;
  }

  /** The line below TLS that a request came by. */
  static EndPoint raw(Request request) {
    EndPoint raw = request.getConnectionMetaData().getConnection().getEndPoint();
    while (raw instanceof EndPoint.Wrapper wrapper) {
      raw = wrapper.unwrap();
    }
    return raw;
  }
}
