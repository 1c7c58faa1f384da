package org.trefoil.server.http;

import io.javalin.http.Context;
import io.javalin.http.sse.SseClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.wire.LiveWallet;
import org.trefoil.core.wire.MemberRole;
import org.trefoil.core.wire.WalletView;
import org.trefoil.server.durable.StoreBusy;
import org.trefoil.server.durable.StoreUnavailable;
import org.trefoil.server.http.Route.Who;
import org.trefoil.server.http.Services.Subscription;

/**
 * Server-sent events of wallets.
 *
 * <p>Whoever publishes a change only leaves it here; a few threads of our own write it out, so that
 * a slow reader holds up nobody. A stream ends after {@value #MINUTES} minutes and is opened again
 * by the browser, with its session checked anew.
 */
final class EventStreams implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);
  private static final String TYPE = "text/event-stream";
  private static final int PER_ACCOUNT = 20;
  private static final int MINUTES = 10;
  static final Duration PING = Duration.ofSeconds(15);

  /** Each reader that takes nothing holds one, at most until its connection is given up. */
  private static final int WRITERS = 64;

  private final Services services;
  private final Duration ping;
  private final Map<String, Integer> open = new ConcurrentHashMap<>();
  private final Set<Stream> streams = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(EventStreams::thread);
  private final ThreadPoolExecutor writers =
      new ThreadPoolExecutor(
          WRITERS,
          WRITERS,
          PING.toSeconds(),
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          EventStreams::thread);

  /**
   * @param ping how often a browser hears that its stream is there, and what nobody told it
   */
  EventStreams(Services services, Duration ping) {
    this.services = services;
    this.ping = ping;
    writers.allowCoreThreadTimeOut(true);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "events");
    thread.setDaemon(true);
    return thread;
  }

  List<Route> routes() {
    return List.of(Route.read("/api/wallets/{wallet}/events", Who.FULL, this::events));
  }

  private Answer events(Visit visit) {
    WalletView wallet =
        services.wallets().view(visit.accountId(), visit.id("wallet"), MemberRole.VIEWER);
    Context ctx = visit.ctx();
    String accept = ctx.header("Accept");
    if (accept == null || !accept.contains(TYPE)) {
      throw Refusal.of(Token.NOT_ACCEPTABLE).exception();
    }
    Stream stream = new Stream(new SseClient(ctx), visit, wallet.walletId());
    stream.listen();
    try {
      ctx.status(200).contentType(TYPE + ";charset=utf-8").header("X-Accel-Buffering", "no");
      ctx.res().flushBuffer();
      stream.begin(state(wallet));
    } catch (IOException e) {
      stream.stop();
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      stream.stop();
      throw e;
    }
    return Answer.written();
  }

  private static LiveWallet state(WalletView wallet) {
    return new LiveWallet(wallet.balance(), wallet.tipHeight(), List.of());
  }

  private void leave(String accountId) {
    open.computeIfPresent(accountId, (id, count) -> count == 1 ? null : (Integer) (count - 1));
  }

  /** How many listen now. */
  int count() {
    return streams.size();
  }

  @Override
  public void close() {
    timer.shutdownNow();
    writers.shutdownNow();
    streams.forEach(stream -> stream.client.close());
  }

  /** One browser that listens. */
  private final class Stream {
    private final SseClient client;
    private final String accountId;
    private final String sessionId;
    private final String walletId;
    private final AtomicReference<@Nullable LiveWallet> waiting = new AtomicReference<>();
    private @Nullable LiveWallet told;
    private @Nullable Subscription subscription;
    private @Nullable ScheduledFuture<?> pings;
    private @Nullable ScheduledFuture<?> end;
    private boolean begun;
    private boolean over;

    Stream(SseClient client, Visit visit, String walletId) {
      this.client = client;
      this.accountId = visit.accountId();
      this.sessionId = visit.known().id();
      this.walletId = walletId;
    }

    /** Whatever may be refused, before a byte is out: from then on it could only be cut off. */
    synchronized void listen() {
      if (open.merge(accountId, 1, Integer::sum) > PER_ACCOUNT) {
        EventStreams.this.leave(accountId);
        throw Refusal.of(Token.TOO_MANY_TRIES).exception();
      }
      streams.add(this);
      try {
        subscription = services.live().subscribe(accountId, walletId, this::leave);
      } catch (RuntimeException e) {
        stop();
        throw e;
      }
    }

    synchronized void begin(LiveWallet first) {
      client.keepAlive();
      client.onClose(this::stop);
      if (writers.isShutdown()) {
        client.close();
        return;
      }
      long every = ping.toMillis();
      pings =
          timer.scheduleAtFixedRate(() -> write(this::ping), every, every, TimeUnit.MILLISECONDS);
      end = timer.schedule(() -> write(client::close), MINUTES, TimeUnit.MINUTES);
      begun = true;
      tell(first);
      flush();
    }

    /** Changes that were not written yet become one: the newest state, all changed transactions. */
    private void leave(LiveWallet change) {
      LiveWallet before = waiting.getAndAccumulate(change, Stream::join);
      if (before == null) {
        write(this::flush);
      }
    }

    private void write(Runnable work) {
      if (!writers.isShutdown()) {
        writers.execute(work);
      }
    }

    private static LiveWallet join(@Nullable LiveWallet before, LiveWallet now) {
      if (before == null) {
        return now;
      }
      List<String> changed =
          java.util.stream.Stream.concat(before.changed().stream(), now.changed().stream())
              .distinct()
              .toList();
      return new LiveWallet(now.balance(), now.tipHeight(), changed);
    }

    private synchronized void flush() {
      if (begun) {
        LiveWallet change = waiting.getAndSet(null);
        if (change != null) {
          tell(change);
        }
      }
    }

    private void tell(LiveWallet now) {
      if (!over && signedIn()) {
        client.sendEvent("wallet", now.toJson().toString());
        told = now;
      }
    }

    /**
     * Looks for itself: the word of a change may have been lost between two servers, and what it
     * was about stands in the database.
     */
    private synchronized void ping() {
      try {
        LiveWallet now = state(services.wallets().view(accountId, walletId, MemberRole.VIEWER));
        LiveWallet before = told;
        if (before == null
            || !now.balance().equals(before.balance())
            || now.tipHeight() != before.tipHeight()) {
          tell(now);
          return;
        }
      } catch (RefusedException e) {
        // Whoever is no member any more hears nothing more.
        client.close();
        return;
      } catch (StoreUnavailable | StoreBusy e) {
        LOG.debug("A stream cannot look for itself now", e);
      }
      if (!over && signedIn()) {
        client.sendComment("ping");
      }
    }

    /** A session that was ended hears nothing more. */
    private boolean signedIn() {
      boolean lives = services.sessions().lives(accountId, sessionId);
      if (!lives) {
        client.close();
      }
      return lives;
    }

    private synchronized void stop() {
      if (over) {
        return;
      }
      over = true;
      streams.remove(this);
      EventStreams.this.leave(accountId);
      if (subscription != null) {
        subscription.close();
      }
      if (pings != null) {
        pings.cancel(false);
      }
      if (end != null) {
        end.cancel(false);
      }
    }
  }
}
