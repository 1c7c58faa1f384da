package org.trefoil.server.http;

import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Before bodies are waited for: an eighth of the memory for all that arrive at once, an eighth of
 * that for those of one address (a proxy of ours may have all). Where all of it is taken, who has
 * sent for longest makes room. Who finds none is answered 503 at once, in the strict headers and
 * without a word, and may come again.
 */
final class ArrivingBodies extends Handler.Wrapper {
  private static final int SHARE = 8;
  private static final int LEAST = 8 * 1024;
  private static final int UNAVAILABLE = 503;

  private final OpenConnections connections;
  private final TrustedProxies proxies;
  private final Map<String, String> headers;
  private final int early;
  private final long most;
  private final AtomicLong all = new AtomicLong();
  private final Map<String, Long> each = new ConcurrentHashMap<>();
  private final Map<EndPoint, Body> arriving = new ConcurrentHashMap<>();

  /** One of which not all is here, as far as is known. */
  private record Body(long since, long bytes) {}

  /**
   * @param early as many bytes of a body are kept before it is handed on
   * @param headers what every answer carries
   */
  ArrivingBodies(
      Handler next,
      OpenConnections connections,
      TrustedProxies proxies,
      Map<String, String> headers,
      int early) {
    this(next, connections, proxies, headers, early, Runtime.getRuntime().maxMemory() / SHARE);
  }

  ArrivingBodies(
      Handler next,
      OpenConnections connections,
      TrustedProxies proxies,
      Map<String, String> headers,
      int early,
      long most) {
    super(next);
    this.connections = connections;
    this.proxies = proxies;
    this.headers = headers;
    this.early = early;
    this.most = most;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    long announced = request.getLength();
    boolean none = announced < 0 && !request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    if (announced == 0 || none) {
      return super.handle(request, response, callback);
    }
    long bytes = LEAST + (announced < 0 ? early : Math.min(announced, early));
    String ip = Request.getRemoteAddr(request);
    String who = RateLimits.address(ip);
    long ofThem = each.merge(who, bytes, Long::sum);
    boolean theirs = ofThem <= most / SHARE || proxies.trusts(ip);
    boolean room = all.addAndGet(bytes) <= most || theirs && makeRoom();
    if (!theirs || !room) {
      gone(who, bytes);
      headers.forEach((name, value) -> response.getHeaders().put(name, value));
      response.setStatus(UNAVAILABLE);
      response.getHeaders().put(HttpHeader.RETRY_AFTER, "5");
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
      response.write(true, ByteBuffer.allocate(0), callback);
      return true;
    }
    EndPoint line = OpenConnections.raw(request);
    arriving.put(line, new Body(System.nanoTime(), bytes));
    Request.addCompletionListener(
        request,
        failure -> {
          arriving.remove(line);
          gone(who, bytes);
        });
    return super.handle(request, response, callback);
  }

  /** Lets go of those that have sent for longest; false when that is not enough. */
  private synchronized boolean makeRoom() {
    long over = all.get() - most;
    List<Map.Entry<EndPoint, Body>> oldest =
        arriving.entrySet().stream()
            .filter(entry -> connections.asks(entry.getKey()))
            .sorted(Comparator.comparingLong(entry -> entry.getValue().since()))
            .toList();
    for (Map.Entry<EndPoint, Body> entry : oldest) {
      if (over <= 0) {
        break;
      }
      connections.letGo(entry.getKey());
      over -= entry.getValue().bytes();
    }
    return over <= 0;
  }

  private void gone(String who, long bytes) {
    all.addAndGet(-bytes);
    each.computeIfPresent(who, (same, held) -> held == bytes ? null : held - bytes);
  }
}
