package org.trefoil.server.chain.peers;

import java.net.InetSocketAddress;
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
import org.bitcoinj.base.Sha256Hash;
import org.bitcoinj.core.Block;
import org.bitcoinj.core.InventoryItem;
import org.bitcoinj.core.NetworkParameters;
import org.bitcoinj.core.Transaction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.Fees;
import org.trefoil.server.chain.BroadcastOutcome;
import org.trefoil.server.chain.ChainBlock;
import org.trefoil.server.chain.ChainHealth;
import org.trefoil.server.chain.ChainSource;
import org.trefoil.server.chain.ChainUnavailable;
import org.trefoil.server.chain.FeesFromBlocks;
import org.trefoil.server.chain.ParentsFirst;
import org.trefoil.server.chain.RawBlock;
import org.trefoil.server.chain.Tip;

/**
 * The chain by peer-to-peer: no node of our own, nobody to trust.
 *
 * <p>The best chain is the one with the most work among all headers that any peer sent; blocks are
 * whole and what their headers say. What it cannot know: whether coins that strangers spend exist
 * and their signatures are right. That is shown by the work that others put on top, so count
 * confirmations. Peers do not tell why they refuse a transaction, nor that they do: one that nobody
 * takes stays {@link BroadcastOutcome.Unreachable}, and none is ever {@link
 * BroadcastOutcome.Rejected} but for bytes that are no transaction.
 */
public final class PeerChain implements ChainSource {
  private static final Logger LOG = LoggerFactory.getLogger(PeerChain.class);

  /** Blocks below the tip of which the transactions and fees are of interest. */
  private static final int RECENT = 2_000;

  private static final int AHEAD = 3;
  private static final int BLOCKS_BEHIND = 1;

  private final Network network;
  private final PeerSettings settings;
  private final InstantSource clock;
  private final PeerPool pool;
  private final HeaderSync headers;
  private final BlockFetcher blocks;
  private final OverheardMempool mempool;
  private final HandingOut handingOut;
  private final FeesFromBlocks fees;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService clockwork =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "peers");
            thread.setDaemon(true);
            return thread;
          });

  public PeerChain(PeerSettings settings, HeaderStore store, InstantSource clock) {
    this(settings, store, clock, new Checkpoints(settings.network()));
  }

  PeerChain(
      PeerSettings settings, HeaderStore store, InstantSource clock, Checkpoints checkpoints) {
    this.network = settings.network();
    this.settings = settings;
    this.clock = clock;
    Seeds seeds = settings.peers().isEmpty() ? Seeds.dns(network) : Seeds.named(settings.peers());
    this.pool = new PeerPool(seeds, settings.connections(), clock, this::opened);
    this.headers = new HeaderSync(settings, store, clock, pool, checkpoints);
    this.blocks = new BlockFetcher(pool, clock, settings.stall());
    this.mempool = new OverheardMempool(clock);
    this.handingOut = new HandingOut(network, pool, mempool, settings.hearing());
    this.fees = new FeesFromBlocks(network, settings.guess());
  }

  private RemotePeer opened(InetSocketAddress address) {
    NetworkParameters params = NetworkParameters.of(network.bitcoinj());
    int height = headers.chain().tip().height();
    return new RemotePeer(params, address, height, clock.millis(), new Ears());
  }

  /** Begins to connect. */
  public void start() {
    clockwork.scheduleWithFixedDelay(this::tick, 0, 250, TimeUnit.MILLISECONDS);
  }

  /** Addresses of the peers that are connected and have told all their headers. */
  public List<String> connected() {
    return pool.ready().stream().filter(RemotePeer::synced).map(RemotePeer::toString).toList();
  }

  @Override
  public Network network() {
    return network;
  }

  @Override
  public Tip tip() {
    ChainHealth health = agreement();
    if (!health.fine()) {
      throw new ChainUnavailable(health.state(), health.detail());
    }
    return headers.chain().tip();
  }

  @Override
  public @Nullable Tip at(int height) {
    if (height < headers.chain().baseHeight()) {
      throw headers.deeper(height);
    }
    return headers.chain().at(height);
  }

  @Override
  public @Nullable ChainBlock block(String hash) {
    int height = headers.chain().heightOf(Sha256Hash.wrap(hash));
    if (height < 0) {
      return null;
    }
    if (height == 0) {
      Block genesis = NetworkParameters.of(network.bitcoinj()).getGenesisBlock();
      return new ChainBlock(
          new Tip(0, hash, genesis.getTimeSeconds()), RawBlock.read(genesis.serialize()));
    }
    for (int next = height + 1; next <= height + AHEAD; next++) {
      Tip soon = headers.chain().at(next);
      if (soon != null) {
        blocks.expect(Sha256Hash.wrap(soon.hash()), next);
      }
    }
    RawBlock block = blocks.get(Sha256Hash.wrap(hash), height);
    if (headers.chain().heightOf(Sha256Hash.wrap(hash)) != height) {
      return null;
    }
    if (height > headers.chain().tip().height() - RECENT) {
      List<Transaction> mined = block.transactions();
      mempool.mined(mined);
      fees.mined(height, mined);
    }
    return new ChainBlock(new Tip(height, hash, block.time()), block);
  }

  @Override
  public Set<String> mempool() {
    tip();
    return mempool.ids(pool.ready().size());
  }

  @Override
  public List<Transaction> mempoolTransactions(Collection<String> txids) {
    return ParentsFirst.sort(mempool.get(txids));
  }

  @Override
  public boolean overhears() {
    return true;
  }

  @Override
  public void keep(Collection<Transaction> waiting) {
    mempool.keep(waiting);
  }

  @Override
  public BroadcastOutcome broadcast(byte[] raw) {
    return handingOut.broadcast(raw);
  }

  @Override
  public Fees fees() {
    long[] relayed =
        pool.ready().stream()
            .flatMap(peer -> peer.relays().stream())
            .mapToLong(rate -> rate.value)
            .sorted()
            .toArray();
    return fees.now(relayed.length == 0 ? 0 : relayed[relayed.length / 2]);
  }

  @Override
  public ChainHealth health() {
    ChainHealth health = agreement();
    return health.fine()
        ? ChainHealth.ofAge(headers.chain().tip(), clock.instant(), settings.stale())
        : health;
  }

  /** Whether enough peers have told us all their headers, and none that we lack. */
  private ChainHealth agreement() {
    int told = connected().size();
    int ours = headers.chain().tip().height();
    int theirs =
        pool.ready().stream()
            .mapToInt(RemotePeer::height)
            .sorted()
            .skip(pool.ready().size() / 2)
            .findFirst()
            .orElse(ours);
    if (pool.ready().isEmpty()) {
      return new ChainHealth(ChainHealth.State.UNREACHABLE, "No peer answers.");
    }
    if (theirs - ours > BLOCKS_BEHIND) {
      return new ChainHealth(
          ChainHealth.State.SYNCING, "Header " + ours + " of " + theirs + " has been read.");
    }
    if (told < settings.fewest()) {
      return new ChainHealth(
          ChainHealth.State.SYNCING,
          told + " of " + settings.fewest() + " peers have told their headers.");
    }
    return ChainHealth.FINE;
  }

  @Override
  public Duration pollInterval() {
    return network == Network.REGTEST ? Duration.ofMillis(250) : Duration.ofSeconds(2);
  }

  @Override
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  private void tick() {
    try {
      pool.tick();
      blocks.tick();
      mempool.tick();
      headers.tick();
    } catch (RuntimeException e) {
      LOG.error("The peers could not be looked after", e);
    }
  }

  private void changed() {
    listeners.forEach(Runnable::run);
  }

  /** What peers say. */
  private final class Ears implements RemotePeer.Listener {
    @Override
    public void ready(RemotePeer peer) {
      pool.welcome(peer);
    }

    @Override
    public void gone(RemotePeer peer) {
      pool.gone(peer);
      mempool.left(peer);
    }

    @Override
    public void headers(RemotePeer peer, List<Block> sent) {
      if (headers.arrived(peer, sent)) {
        changed();
      }
    }

    @Override
    public void announced(RemotePeer peer, List<InventoryItem> items) {
      List<Sha256Hash> transactions = new ArrayList<>();
      boolean news = false;
      for (InventoryItem item : items) {
        if (item.type == InventoryItem.Type.BLOCK) {
          news |= headers.chain().heightOf(item.hash) < 0;
        } else if (item.type == InventoryItem.Type.TRANSACTION) {
          transactions.add(item.hash);
        }
      }
      if (news) {
        peer.askHeaders(headers.chain().locator(), clock.millis());
      }
      if (!transactions.isEmpty() && peer.synced()) {
        List<Sha256Hash> fetch = mempool.announced(peer, transactions);
        if (!fetch.isEmpty()) {
          peer.askTransactions(fetch);
        }
        changed();
      }
    }

    @Override
    public void block(RemotePeer peer, Block block) {
      blocks.arrived(peer, block);
    }

    @Override
    public void transaction(RemotePeer peer, Transaction tx) {
      if (mempool.arrived(peer, tx, pool.ready().size())) {
        changed();
      }
    }

    @Override
    public void notFound(RemotePeer peer, List<InventoryItem> items) {
      for (InventoryItem item : items) {
        if (item.type == InventoryItem.Type.BLOCK
            || item.type == InventoryItem.Type.WITNESS_BLOCK) {
          blocks.notFound(peer, item.hash);
        } else {
          mempool.notFound(item.hash);
        }
      }
    }
  }

  @Override
  public void close() {
    clockwork.shutdownNow();
    pool.close();
    headers.close();
  }
}
