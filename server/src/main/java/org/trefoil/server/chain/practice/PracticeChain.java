package org.trefoil.server.chain.practice;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.bitcoinj.core.Block;
import org.bitcoinj.core.Transaction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trefoil.core.address.Address;
import org.trefoil.core.proposal.FeeBounds;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.Fees;
import org.trefoil.server.chain.Ancestry;
import org.trefoil.server.chain.BroadcastOutcome;
import org.trefoil.server.chain.ChainBlock;
import org.trefoil.server.chain.ChainHealth;
import org.trefoil.server.chain.ChainSource;
import org.trefoil.server.chain.CoinFinder;
import org.trefoil.server.chain.Practice;
import org.trefoil.server.chain.RawBlock;
import org.trefoil.server.chain.Tip;

/**
 * A regtest chain inside this process: takes what a node would take, mines on a timer and on
 * demand, gives coins away, and is there again after a restart.
 *
 * <p>Nothing enters that bitcoind would refuse (one contract test runs on both, and a node takes
 * its blocks); it refuses more than a node does. What was accepted or mined is on disk before
 * anybody hears of it.
 */
public final class PracticeChain implements ChainSource, Practice {
  private static final Logger LOG = LoggerFactory.getLogger(PracticeChain.class);
  private static final Sats GIFT = new Sats(5_000_000);

  /** Ten coinbases of 50 bitcoins may be spent at once. */
  private static final int FIRST_BLOCKS = 110;

  private static final int FIRST_BLOCK_SECONDS = 600;
  private static final long MAX_BLOCK_WEIGHT = 3_900_000;
  private static final Fees FEES = new Fees(1_000, 2_000, 5_000, 1_000, FeeBounds.CEILING);

  private final PracticeStore store;
  private final InstantSource clock;
  private final Ledger ledger = new Ledger();
  private final Mempool mempool = new Mempool(ledger);
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "practice-miner");
            thread.setDaemon(true);
            return thread;
          });
  private long salt;

  private PracticeChain(PracticeStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /** The chain as the store left it; a new one starts with coins for the faucet. */
  public static PracticeChain open(PracticeStore store, InstantSource clock) {
    PracticeChain chain = new PracticeChain(store, clock);
    chain.load();
    return chain;
  }

  private synchronized void load() {
    for (byte[] raw : store.blocks()) {
      ledger.connect(Block.read(ByteBuffer.wrap(raw)));
    }
    store.mempool().forEach(mempool::enter);
    if (ledger.tip().height() == 0) {
      long start = clock.instant().getEpochSecond() - (long) FIRST_BLOCKS * FIRST_BLOCK_SECONDS;
      List<byte[]> blocks = new ArrayList<>();
      for (int i = 1; i <= FIRST_BLOCKS; i++) {
        long time = start + (long) i * FIRST_BLOCK_SECONDS;
        Block block = BlockMaker.make(ledger.tip(), time, Faucet.SCRIPT, salt++, List.of());
        ledger.connect(block);
        blocks.add(block.serialize());
      }
      store.replace(1, blocks, List.of());
    }
  }

  /** Mines each {@code interval} when something waits. */
  public void mineEvery(Duration interval) {
    timer.scheduleWithFixedDelay(
        this::mineWhatWaits, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void mineWhatWaits() {
    try {
      if (!mempool().isEmpty()) {
        mine();
      }
    } catch (RuntimeException e) {
      LOG.error("The practice chain could not mine", e);
    }
  }

  @Override
  public int mine() {
    int height;
    synchronized (this) {
      List<PooledTransaction> in = new ArrayList<>();
      long weight = 0;
      for (PooledTransaction entry : mempool.all()) {
        weight += TransactionRules.weight(entry.transaction());
        if (weight > MAX_BLOCK_WEIGHT) {
          break;
        }
        in.add(entry);
      }
      long time = Math.max(clock.instant().getEpochSecond(), ledger.medianTime() + 1);
      Block block = BlockMaker.make(ledger.tip(), time, Faucet.SCRIPT, salt++, in);
      height = ledger.tip().height() + 1;
      List<PooledTransaction> left = mempool.all();
      left.removeAll(in);
      store.replace(height, List.of(block.serialize()), left);
      ledger.connect(block);
      mempool.remove(in.stream().map(PooledTransaction::txid).toList());
    }
    changed();
    return height;
  }

  /**
   * Takes the last {@code blocks} away, as a reorganisation does before other blocks come; what
   * they held waits again as far as it still may.
   *
   * @param without ids of transactions that are forgotten on the way, with all that build on them
   */
  public void rewind(int blocks, Collection<String> without) {
    synchronized (this) {
      List<byte[]> waiting = new ArrayList<>();
      for (int i = 0; i < blocks; i++) {
        List<byte[]> released = new ArrayList<>();
        ledger.disconnect().forEach(tx -> released.add(tx.serialize()));
        waiting.addAll(0, released);
      }
      mempool.all().forEach(entry -> waiting.add(entry.raw()));
      mempool.clear();
      waiting.forEach(mempool::enter);
      without.forEach(txid -> mempool.remove(mempool.withDescendants(txid)));
      store.replace(ledger.tip().height() + 1, List.of(), mempool.all());
      salt++;
    }
    changed();
  }

  @Override
  public String faucet(Address address) {
    return faucet(address, GIFT);
  }

  @Override
  public String faucet(Address address, Sats amount) {
    for (int attempt = 0; attempt < 3; attempt++) {
      BroadcastOutcome outcome = pay(address, amount);
      if (outcome instanceof BroadcastOutcome.Accepted accepted) {
        return accepted.txid();
      }
      mine(); // frees chains that grew too long, and brings new coins
    }
    throw new IllegalStateException("The faucet has run dry");
  }

  private BroadcastOutcome pay(Address address, Sats amount) {
    Transaction gift;
    synchronized (this) {
      gift = Faucet.pay(ledger, mempool, address.scriptPubKey(), amount.value());
    }
    return gift == null
        ? new BroadcastOutcome.Rejected("no coin is large enough")
        : broadcast(gift.serialize());
  }

  @Override
  public BroadcastOutcome broadcast(byte[] raw) {
    String txid;
    synchronized (this) {
      Transaction tx = Mempool.decode(raw);
      if (tx == null) {
        return new BroadcastOutcome.Rejected("TX decode failed");
      }
      txid = tx.getTxId().toString();
      if (mempool.get(txid) != null || ledger.holds(txid)) {
        return new BroadcastOutcome.AlreadyKnown(txid);
      }
      List<PooledTransaction> before = mempool.all();
      Mempool.Entry entry = mempool.enter(raw);
      if (entry.refusal() != null) {
        return new BroadcastOutcome.Rejected(entry.refusal());
      }
      try {
        store.accepted(txid, raw, entry.evicted());
      } catch (RuntimeException e) {
        mempool.clear();
        before.forEach(old -> mempool.enter(old.raw()));
        throw e;
      }
    }
    changed();
    return new BroadcastOutcome.Accepted(txid);
  }

  @Override
  public Network network() {
    return Network.REGTEST;
  }

  @Override
  public synchronized Tip tip() {
    return ledger.tip();
  }

  @Override
  public synchronized @Nullable Tip at(int height) {
    return ledger.at(height);
  }

  @Override
  public synchronized @Nullable ChainBlock block(String hash) {
    Integer height = ledger.heightOf(hash);
    Tip place = height == null ? null : ledger.at(height);
    if (place == null) {
      return null;
    }
    return new ChainBlock(place, RawBlock.read(ledger.raw(place.height())));
  }

  /** Who finds coins of whomever on it. */
  public CoinFinder coins() {
    return new LedgerCoins(ledger, this);
  }

  /** The block at {@code height} as nodes exchange it. */
  public synchronized byte[] rawBlock(int height) {
    return ledger.raw(height);
  }

  @Override
  public synchronized Set<String> mempool() {
    return mempool.ids();
  }

  @Override
  public synchronized List<Transaction> mempoolTransactions(Collection<String> txids) {
    return mempool.all().stream()
        .filter(entry -> txids.contains(entry.txid()))
        .map(entry -> Transaction.read(ByteBuffer.wrap(entry.raw())))
        .toList();
  }

  @Override
  public synchronized @Nullable Ancestry ancestry(String txid) {
    return mempool.ancestry(txid);
  }

  @Override
  public Fees fees() {
    return FEES;
  }

  @Override
  public ChainHealth health() {
    return ChainHealth.FINE;
  }

  @Override
  public Duration pollInterval() {
    return Duration.ofSeconds(5);
  }

  @Override
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  private void changed() {
    listeners.forEach(Runnable::run);
  }

  @Override
  public void close() {
    timer.shutdown(); // a block that is being written gets written
    try {
      timer.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
