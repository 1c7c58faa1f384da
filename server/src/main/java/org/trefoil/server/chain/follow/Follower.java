package org.trefoil.server.chain.follow;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.bitcoinj.core.Transaction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trefoil.server.chain.ChainBlock;
import org.trefoil.server.chain.ChainHealth;
import org.trefoil.server.chain.ChainListener;
import org.trefoil.server.chain.ChainSource;
import org.trefoil.server.chain.ChainUnavailable;
import org.trefoil.server.chain.Tip;

/**
 * The index's one writer: follows the source's best chain and mempool for all wallets.
 *
 * <p>A block is applied, or undone, in one transaction of the store, together with its place; so a
 * crash at any point loses nothing and repeats nothing. Memory is rebuilt from the store after any
 * failure.
 */
public final class Follower implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

  /** A coin whose spend lies this deep is no longer kept in memory, nor looked for. */
  private static final int BURIED = 144;

  /** Blocks below the first one followed that a reorganisation may go back to. */
  private static final int ANCHORS = 20;

  private static final Duration STALE = Duration.ofMinutes(1);

  private final ChainSource source;
  private final ChainStore store;
  private final InstantSource clock;
  private final List<ChainListener> listeners = new CopyOnWriteArrayList<>();
  private final Semaphore pokes = new Semaphore(0);
  private final Set<String> seenInMempool = new HashSet<>();
  private @Nullable Watchlist watchlist;
  private volatile ChainHealth health =
      new ChainHealth(ChainHealth.State.SYNCING, "The chain has not been looked at yet.");
  private volatile long lastLook;
  private volatile boolean closed;
  private @Nullable Thread thread;

  public Follower(ChainSource source, ChainStore store, InstantSource clock) {
    this.source = source;
    this.store = store;
    this.clock = clock;
    this.lastLook = clock.instant().getEpochSecond();
  }

  /** Follows in the background until closed. */
  public synchronized void start() {
    source.onChange(this::poke);
    Thread follower = new Thread(this::follow, "chain-follower");
    follower.setDaemon(true);
    follower.start();
    thread = follower;
  }

  /** Looks again soon. */
  public void poke() {
    pokes.release();
  }

  public void listen(ChainListener listener) {
    listeners.add(listener);
  }

  /** How the chain was when it was last looked at; says so when that is long ago. */
  public ChainHealth health() {
    boolean stale = clock.instant().getEpochSecond() - lastLook > STALE.toSeconds();
    return stale && health.fine()
        ? new ChainHealth(ChainHealth.State.UNREACHABLE, "The chain has not answered for a while.")
        : health;
  }

  private void follow() {
    while (!closed) {
      try {
        catchUp();
      } catch (ChainUnavailable e) {
        LOG.warn("The chain cannot be followed now: {}", e.getMessage());
      } catch (RuntimeException e) {
        LOG.error("The follower failed and starts again from the store", e);
      }
      try {
        long wait = source.pollInterval().toMillis();
        if (pokes.tryAcquire(wait, TimeUnit.MILLISECONDS)) {
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
  public synchronized void catchUp() {
    Changes changes = new Changes();
    Tip before = store.tip();
    try {
      lookOnce(changes);
      lastLook = clock.instant().getEpochSecond();
    } catch (ChainUnavailable e) {
      note(e.health());
      throw e;
    } catch (RuntimeException e) {
      watchlist = null;
      seenInMempool.clear();
      note(new ChainHealth(ChainHealth.State.GARBLED, "The chain index failed: " + e));
      throw e;
    } finally {
      tell(changes, before);
    }
  }

  private void lookOnce(Changes changes) {
    ChainHealth pastHealth = ChainHealth.FINE;
    source.tip(); // a node that is not ours any more, or not ready, says so before anything else
    anchor();
    Watchlist watching = watching();
    Set<String> mempool =
        source.mempool(); // before the blocks: what leaves it for a block is found there
    boolean undone = false;
    while (true) {
      try {
        readPasts(watching, changes);
      } catch (ChainUnavailable e) {
        if (e.health().state() != ChainHealth.State.PRUNED) {
          throw e;
        }
        pastHealth = e.health(); // one wallet's past must not hold up the others
      }
      Step step = step(watching, changes);
      if (step == Step.UP_TO_DATE) {
        break;
      }
      undone |= step == Step.UNDONE;
    }
    lookAtMempool(watching, mempool, !undone, changes);
    note(pastHealth);
  }

  private enum Step {
    APPLIED,
    UNDONE,
    UP_TO_DATE
  }

  /** One block forward, or one back when the best chain is another. */
  private Step step(Watchlist watching, Changes changes) {
    Tip mine = anchor();
    Tip next = source.at(mine.height() + 1);
    ChainBlock block = next == null ? null : source.block(next.hash());
    if (block == null) {
      Tip there = source.at(mine.height());
      if (there != null && there.hash().equals(mine.hash())) {
        return Step.UP_TO_DATE; // or the next block vanished while we asked: look again later
      }
    } else if (block.previous().equals(mine.hash())) {
      Tip best = source.tip();
      if (best.height() - block.place().height() > 2) {
        note(new ChainHealth(ChainHealth.State.SYNCING, progress(block.place(), best)));
      }
      Watchlist.Pass pass = watching.pass(block.transactions());
      changes.addAll(store.apply(block.place(), pass.found(), pass.fresh(), now()));
      return Step.APPLIED;
    }
    LOG.info("Block {} at {} left the best chain", mine.hash(), mine.height());
    anchorBelow(mine);
    changes.addAll(store.undo(mine));
    seenInMempool.clear();
    return Step.UNDONE;
  }

  /** The last block followed; the first time, the source's tip and some before it, unread. */
  private Tip anchor() {
    Tip mine = store.tip();
    while (mine == null) {
      Tip best = source.tip();
      List<Tip> anchors = new ArrayList<>();
      for (int height = Math.max(0, best.height() - ANCHORS); height <= best.height(); height++) {
        Tip at = source.at(height);
        if (at != null) {
          anchors.add(at);
        }
      }
      store.anchor(anchors);
      mine = store.tip();
    }
    return mine;
  }

  /**
   * When the first block followed is undone as well, goes far enough back to be on common ground.
   */
  private void anchorBelow(Tip mine) {
    if (mine.height() == 0) {
      throw new ChainUnavailable(ChainHealth.State.WRONG_NETWORK, "The genesis block is another.");
    }
    if (store.at(mine.height() - 1) == null) {
      Tip deeper = source.at(Math.max(0, mine.height() - BURIED));
      if (deeper != null) {
        store.anchor(List.of(deeper));
      }
    }
  }

  private void lookAtMempool(
      Watchlist watching, Set<String> mempool, boolean complete, Changes changes) {
    Set<String> left = new TreeSet<>();
    if (complete) {
      left.addAll(store.unconfirmed());
      left.removeAll(mempool);
    }
    seenInMempool.retainAll(mempool);
    Collection<String> unseen = new ArrayList<>(mempool);
    unseen.removeAll(seenInMempool);
    List<Transaction> entered = unseen.isEmpty() ? List.of() : source.mempoolTransactions(unseen);
    Watchlist.Pass pass = watching.pass(entered);
    if (!left.isEmpty() || !pass.found().isEmpty()) {
      changes.addAll(store.mempool(pass.found(), pass.fresh(), left, now()));
    }
    entered.forEach(tx -> seenInMempool.add(tx.getTxId().toString()));
  }

  /** Reads the past of wallets that were added since, up to where all others are. */
  private void readPasts(Watchlist watching, Changes changes) {
    for (WatchedWallet wallet : store.newcomers()) {
      if (watching.watches(wallet.walletId())) {
        continue;
      }
      Tip mine = anchor();
      Integer scanned = wallet.scannedHeight();
      int next = scanned == null ? mine.height() + 1 : scanned + 1;
      if (next <= mine.height() && !readPast(wallet, next, mine, changes)) {
        return; // the best chain is another now: go there first
      }
      store.live(wallet.walletId());
      load(watching, wallet);
      seenInMempool.clear();
    }
  }

  private boolean readPast(WatchedWallet wallet, int from, Tip mine, Changes changes) {
    Watchlist alone = new Watchlist();
    load(alone, wallet);
    for (int height = from; height <= mine.height(); height++) {
      Tip there = source.at(height);
      Tip known = store.at(height);
      ChainBlock block = there == null ? null : source.block(there.hash());
      if (block == null || (known != null && !known.hash().equals(block.place().hash()))) {
        return false;
      }
      Watchlist.Pass pass = alone.pass(block.transactions());
      String walletId = wallet.walletId();
      changes.addAll(store.applyPast(walletId, block.place(), pass.found(), pass.fresh(), now()));
      if (height % 100 == 0) {
        note(new ChainHealth(ChainHealth.State.SYNCING, progress(block.place(), mine)));
      }
    }
    return true;
  }

  /**
   * All wallets' scripts and coins; those that have a past to read are left for {@link #readPasts}.
   */
  private Watchlist watching() {
    Watchlist known = watchlist;
    if (known == null) {
      known = new Watchlist();
      for (WatchedWallet wallet : store.wallets()) {
        if (wallet.scannedHeight() == null) {
          known.add(wallet);
        }
      }
      store.eachScript(null, known::add);
      store.eachCoin(null, anchor().height() - BURIED, known::add);
      seenInMempool.clear();
      watchlist = known;
    }
    return known;
  }

  private void load(Watchlist into, WatchedWallet wallet) {
    into.add(wallet);
    store.eachScript(wallet.walletId(), into::add);
    store.eachCoin(wallet.walletId(), 0, into::add);
  }

  private void tell(Changes changes, @Nullable Tip before) {
    Tip after = store.tip();
    if (after != null && !after.equals(before)) {
      listeners.forEach(listener -> listener.tipChanged(after));
    }
    changes.forEach((walletId, txids) -> listeners.forEach(l -> l.walletChanged(walletId, txids)));
  }

  private void note(ChainHealth now) {
    health = now;
  }

  private long now() {
    return clock.instant().getEpochSecond();
  }

  private static String progress(Tip at, Tip best) {
    return "Block " + at.height() + " of " + best.height() + " has been read.";
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
