package org.trefoil.server.chain.follow;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.PublicCurve;
import org.trefoil.server.chain.ChainHealth;
import org.trefoil.server.chain.ChainListener;
import org.trefoil.server.chain.ChainSource;
import org.trefoil.server.chain.ChainUnavailable;
import org.trefoil.server.chain.Tip;
import org.trefoil.server.cluster.Cluster;
import org.trefoil.server.cluster.NotLeading;
import org.trefoil.server.durable.StoreUnavailable;

/**
 * The index's one writer: follows the source's best chain and mempool for all wallets.
 *
 * <p>Blocks are applied, or undone, in one transaction of the store, together with their place; so
 * a crash at any point loses nothing and repeats nothing. Memory is rebuilt from the store after
 * any failure, and whenever another process followed in between: of several on one database the one
 * that leads follows, the others tell what it noted.
 */
public final class Follower implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

  private static final Duration STALE = Duration.ofMinutes(1);

  /** How often the other processes are told that all is as it was. */
  private static final long NOTE_SECONDS = 5;

  /** How long one look reads blocks before it tells what it found and looks at all else. */
  private static final Duration SLICE = Duration.ofMillis(500);

  /**
   * Words that something is new come many a second on a busy network, and each look lists the whole
   * mempool: once that is long, it rests between two looks nine times as long as the last one took,
   * but no longer than {@link #MOST_REST}.
   */
  private static final int RESTS = 9;

  /** So many transactions make a mempool long. */
  private static final int MANY = 1_000;

  private static final Duration MOST_REST = Duration.ofSeconds(4);

  private final ChainSource source;
  private final ChainStore store;
  private final WatchStore watched;
  private final Cluster cluster;
  private final InstantSource clock;
  private final PublicCurve curve;
  private final BestChain bestChain;
  private final MempoolWatcher mempoolWatcher;
  private final PastReader past;
  private final List<ChainListener> listeners = new CopyOnWriteArrayList<>();
  private final Semaphore pokes = new Semaphore(0);
  private @Nullable Watchlist watchlist;
  private volatile ChainHealth health =
      new ChainHealth(ChainHealth.State.SYNCING, "The chain has not been looked at yet.");
  private volatile long lastLook;

  /** False while what another process noted is the latest that is known. */
  private volatile boolean looked;

  private ChainStore.@Nullable Noted told;
  private volatile boolean closed;
  private @Nullable Thread thread;

  /**
   * Follows nothing yet.
   *
   * @param curve derives wallets' addresses
   */
  public Follower(
      ChainSource source,
      ChainStore store,
      WatchStore watched,
      Cluster cluster,
      InstantSource clock,
      PublicCurve curve) {
    this.source = source;
    this.store = store;
    this.watched = watched;
    this.cluster = cluster;
    this.clock = clock;
    this.curve = curve;
    this.bestChain = new BestChain(source, store, clock);
    this.mempoolWatcher = new MempoolWatcher(source, store, clock);
    this.past = new PastReader(source, store, watched, clock, curve);
    this.lastLook = clock.instant().getEpochSecond();
  }

  /** Follows in the background until closed. */
  public synchronized void start() {
    source.onChange(pokes::release);
    cluster.onTurn(pokes::release);
    cluster.hear(Cluster.Topic.LOOK, text -> pokes.release());
    Thread follower = new Thread(this::follow, "chain-follower");
    follower.setDaemon(true);
    follower.start();
    thread = follower;
  }

  /** Has whoever follows look again soon. */
  public void poke() {
    pokes.release();
    if (!cluster.leads()) {
      cluster.tell(Cluster.Topic.LOOK, "");
    }
  }

  /** The first scripts of a wallet that has never been paid. */
  List<WatchedScript> firstScripts(String walletId, Cosigners cosigners) {
    return Watchlist.firstScripts(walletId, cosigners, curve);
  }

  public void listen(ChainListener listener) {
    listeners.add(listener);
  }

  /** How the chain was when it was last looked at; says so when that is long ago. */
  public ChainHealth health() {
    ChainStore.Noted last =
        looked && cluster.leads() ? new ChainStore.Noted(health, lastLook) : store.noted();
    // a clock that went back says as little about how long ago that was
    boolean stale = Math.abs(clock.instant().getEpochSecond() - last.at()) > STALE.toSeconds();
    return stale && last.health().fine()
        ? new ChainHealth(ChainHealth.State.UNREACHABLE, "The chain has not answered for a while.")
        : last.health();
  }

  private void follow() {
    while (!closed) {
      boolean left = false;
      long from = System.nanoTime();
      try {
        long end = from + SLICE.toNanos();
        left = catchUp(() -> closed || System.nanoTime() - end > 0);
      } catch (ChainUnavailable e) {
        LOG.warn("The chain cannot be followed now: {}", e.getMessage());
      } catch (StoreUnavailable e) {
        LOG.warn("The chain cannot be followed now: {}", e.getMessage());
      } catch (NotLeading e) {
        LOG.info("Another server follows the chain");
      } catch (RuntimeException e) {
        LOG.error("The follower failed and starts again from the store", e);
      }
      long took = System.nanoTime() - from;
      try {
        long wait = left ? 0 : source.pollInterval().toMillis();
        if (pokes.tryAcquire(wait, TimeUnit.MILLISECONDS)) {
          boolean rests = !left && mempoolWatcher.seen() >= MANY;
          TimeUnit.NANOSECONDS.sleep(rests ? Math.min(MOST_REST.toNanos(), RESTS * took) : 0);
          pokes.drainPermits();
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /**
   * Follows everything that is there now; on return the index is as new as the source was on call.
   */
  public void catchUp() {
    while (catchUp(() -> false)) {
      Thread.onSpinWait(); // the best chain changed under the past: followed there, then again
    }
  }

  /** One look; of the past it reads until {@code enough}, and tells whether some of it is left. */
  synchronized boolean catchUp(BooleanSupplier enough) {
    if (!cluster.leads()) {
      looked = false;
      told = null;
      forget();
      return false;
    }
    Changes changes = new Changes();
    Tip before = store.tip();
    long begun = clock.instant().getEpochSecond();
    try {
      boolean left = look(enough, changes);
      lastLook = begun; // what a slow source told first is as old as that
      looked = true;
      tellOthers(lastLook);
      return left;
    } catch (ChainUnavailable e) {
      note(e.health());
      looked = true;
      tellOthers(clock.instant().getEpochSecond());
      throw e;
    } catch (NotLeading e) {
      forget();
      throw e;
    } catch (RuntimeException e) {
      forget();
      looked = true;
      note(new ChainHealth(ChainHealth.State.GARBLED, "The chain index failed: " + e));
      throw e;
    } finally {
      tell(changes, before);
    }
  }

  /** Notes how the chain is when that is news, or was not noted for a while. */
  private void tellOthers(long now) {
    ChainStore.Noted before = told;
    if (before == null || !before.health().equals(health) || now - before.at() >= NOTE_SECONDS) {
      store.note(health, now);
      told = new ChainStore.Noted(health, now);
    }
  }

  private void forget() {
    watchlist = null;
    bestChain.forget();
    past.forget();
  }

  /** One look at everything; tells whether some past is left to read. */
  private boolean look(BooleanSupplier enough, Changes changes) {
    Tip best = source.tip(); // a node that is not ours any more says so before anything else
    bestChain.anchor();
    Watchlist watching = watching();
    // Before the blocks: what leaves it for a block is found there.
    Set<String> mempool = mempoolWatcher.list();
    boolean undone = false;
    BestChain.Step step = bestChain.step(best, watching, changes);
    while (step != BestChain.Step.UP_TO_DATE) {
      mempoolWatcher.moved();
      if (step == BestChain.Step.UNDONE) {
        undone = true;
        mempoolWatcher.forget();
      }
      ChainHealth behind = bestChain.behind(best);
      if (behind != null) {
        note(behind);
        if (enough.getAsBoolean()) {
          bestChain.write(watching, changes);
          return true;
        }
      }
      step = bestChain.step(best, watching, changes);
    }
    boolean left = false;
    ChainHealth pastHealth = ChainHealth.FINE;
    try {
      Tip mine = bestChain.anchor();
      left = past.read(mine, watching, changes, enough, mempoolWatcher::forget);
    } catch (ChainUnavailable e) {
      LOG.warn("The past cannot be read now: {}", e.getMessage());
      if (e.health().state() == ChainHealth.State.PRUNED) {
        pastHealth = e.health();
      }
    }
    mempoolWatcher.look(watching, mempool, !undone, changes);
    note(pastHealth.fine() ? source.health() : pastHealth);
    return left;
  }

  /** All wallets that are followed; those that have a past to read come later. */
  private Watchlist watching() {
    Watchlist known = watchlist;
    if (known == null) {
      known = Watchlist.ofAll(watched, store, curve);
      mempoolWatcher.forget();
      watchlist = known;
    }
    return known;
  }

  private void tell(Changes changes, @Nullable Tip before) {
    Map<String, Set<String>> changed = changes.byWallet();
    if (!changed.isEmpty()) {
      listeners.forEach(listener -> listener.walletsChanged(changed));
    }
    Tip after = store.tip();
    if (after != null && !after.equals(before)) {
      listeners.forEach(listener -> listener.tipChanged(after));
    }
  }

  private void note(ChainHealth now) {
    health = now;
  }

  @Override
  public void close() {
    closed = true;
    poke(); // no interrupt: one in the midst of a file write would close the database's file
    Thread running = thread;
    if (running != null) {
      try {
        running.join(10_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
