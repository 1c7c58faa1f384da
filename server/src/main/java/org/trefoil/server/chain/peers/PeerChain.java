package org.trefoil.server.chain.peers;

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
import org.bitcoinj.base.Sha256Hash;
import org.bitcoinj.core.Block;
import org.bitcoinj.core.InventoryItem;
import org.bitcoinj.core.NetworkParameters;
import org.bitcoinj.core.Transaction;
import org.bitcoinj.core.VerificationException;
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
  private static final int FULL_HEADERS = 2_000;
  private static final int AHEAD = 3;
  private static final int BLOCKS_BEHIND = 1;
  private static final int SAVED_EARLY = 10_000;

  private final Network network;
  private final PeerSettings settings;
  private final InstantSource clock;
  private final HeaderStore store;
  private final Checkpoints checkpoints;
  private final HeaderRules rules;
  private volatile HeaderChain headers;
  private final PeerPool pool;
  private final BlockFetcher blocks;
  private final OverheardMempool mempool;
  private final FeesFromBlocks fees;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService clockwork =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "peers");
            thread.setDaemon(true);
            return thread;
          });
  private Tip saved;
  private @Nullable RemotePeer syncing;
  private long askedAllAt;

  public PeerChain(PeerSettings settings, HeaderStore store, InstantSource clock) {
    this.network = settings.network();
    this.settings = settings;
    this.clock = clock;
    this.store = store;
    this.checkpoints = new Checkpoints(network);
    this.rules = new HeaderRules(network);
    this.headers = restored();
    this.saved = headers.tip();
    NetworkParameters params = NetworkParameters.of(network.bitcoinj());
    Ears ears = new Ears();
    this.pool =
        new PeerPool(
            settings.peers().isEmpty() ? Seeds.dns(network) : Seeds.named(settings.peers()),
            settings.connections(),
            clock,
            address ->
                new RemotePeer(params, address, headers.tip().height(), clock.millis(), ears));
    this.blocks = new BlockFetcher(pool, clock, settings.stall());
    this.mempool = new OverheardMempool(clock);
    this.fees = new FeesFromBlocks(network, settings.guess());
  }

  /** Begins to connect. */
  public void start() {
    clockwork.scheduleWithFixedDelay(this::tick, 0, 250, TimeUnit.MILLISECONDS);
  }

  private HeaderChain restored() {
    HeaderStore.Row row = store.all();
    if (!row.headers().isEmpty()) {
      HeaderChain known = new HeaderChain(checkpoints.below(row.from() - 1), rules);
      if (known.restore(row.from(), row.headers())) {
        return known;
      }
      LOG.warn("The headers on disk do not fit together; they are asked for again");
    }
    return new HeaderChain(checkpoints.last(), rules);
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
    return headers.tip();
  }

  @Override
  public @Nullable Tip at(int height) {
    if (height < headers.baseHeight()) {
      throw deeper(height);
    }
    return headers.at(height);
  }

  @Override
  public @Nullable ChainBlock block(String hash) {
    int height = headers.heightOf(Sha256Hash.wrap(hash));
    if (height < 0) {
      return null;
    }
    if (height == 0) {
      Block genesis = NetworkParameters.of(network.bitcoinj()).getGenesisBlock();
      return new ChainBlock(
          new Tip(0, hash, genesis.getTimeSeconds()), RawBlock.read(genesis.serialize()));
    }
    for (int next = height + 1; next <= height + AHEAD; next++) {
      Tip soon = headers.at(next);
      if (soon != null) {
        blocks.expect(Sha256Hash.wrap(soon.hash()), next);
      }
    }
    RawBlock block = blocks.get(Sha256Hash.wrap(hash), height);
    if (headers.heightOf(Sha256Hash.wrap(hash)) != height) {
      return null;
    }
    if (height > headers.tip().height() - FULL_HEADERS) {
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
    Transaction tx;
    try {
      tx = Transaction.read(ByteBuffer.wrap(raw));
      Transaction.verify(network.bitcoinj(), tx);
      if (tx.messageSize() != raw.length || tx.isCoinBase()) {
        return new BroadcastOutcome.Rejected("TX decode failed");
      }
    } catch (RuntimeException e) {
      return new BroadcastOutcome.Rejected("TX decode failed");
    }
    String txid = tx.getTxId().toString();
    mempool.own(tx);
    if (mempool.seenElsewhere(txid)) {
      return new BroadcastOutcome.AlreadyKnown(txid);
    }
    List<RemotePeer> all = List.copyOf(pool.ready());
    if (all.isEmpty()) {
      return new BroadcastOutcome.Unreachable("No peer is connected.");
    }
    handOut(tx, all);
    try {
      if (mempool.awaitSeen(txid, settings.hearing())) {
        return new BroadcastOutcome.Accepted(txid);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new BroadcastOutcome.Unreachable("No other peer has announced it yet.");
  }

  /**
   * Sends it to half of the peers, the same ones again, and asks the others whether they have it. A
   * single peer is asked for it itself.
   */
  private void handOut(Transaction tx, List<RemotePeer> all) {
    Sha256Hash hash = tx.getTxId();
    Set<RemotePeer> had = mempool.hadFromUs(hash.toString());
    int half = (all.size() + 1) / 2;
    List<RemotePeer> to = new ArrayList<>(all.stream().filter(had::contains).toList());
    all.stream().filter(peer -> !had.contains(peer)).limit(half - to.size()).forEach(to::add);
    for (RemotePeer peer : to) {
      if (all.size() > 1) {
        mempool.sentTo(hash.toString(), peer);
      }
      peer.sendTransaction(tx);
    }
    for (RemotePeer peer : all) {
      if (all.size() == 1 || !to.contains(peer)) {
        peer.askTransactions(List.of(hash));
      }
    }
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
    long age = clock.instant().getEpochSecond() - headers.tip().time();
    if (health.fine() && age > settings.stale().toSeconds()) {
      return new ChainHealth(
          ChainHealth.State.STALE, "The newest block is " + age / 60 + " minutes old.");
    }
    return health;
  }

  /** Whether enough peers have told us all their headers, and none that we lack. */
  private ChainHealth agreement() {
    int told = connected().size();
    int ours = headers.tip().height();
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

  /** Headers from before the checkpoint we began with are needed: begins further back. */
  private synchronized ChainUnavailable deeper(int height) {
    if (height < headers.baseHeight()) {
      LOG.info("Headers are asked for from before block {}", height);
      headers = new HeaderChain(checkpoints.below(height), rules);
      saved = headers.tip();
      syncing = null;
      pool.ready().forEach(RemotePeer::setBehind);
    }
    return new ChainUnavailable(
        ChainHealth.State.SYNCING, "Headers from block " + height + " on are asked for.");
  }

  private void tick() {
    try {
      pool.tick();
      blocks.tick();
      mempool.tick();
      synchronise();
      save(false);
    } catch (RuntimeException e) {
      LOG.error("The peers could not be looked after", e);
    }
  }

  /** One peer tells all its headers, then the others what they have beside; all are asked often. */
  private synchronized void synchronise() {
    long now = clock.millis();
    for (RemotePeer peer : pool.ready()) {
      long asked = peer.askedHeadersAt();
      if (asked != 0 && now - asked > settings.stall().toMillis()) {
        pool.drop(peer, "it does not send headers in time");
      }
    }
    RemotePeer current = syncing;
    if (current == null || current.synced() || !pool.ready().contains(current)) {
      syncing = pool.ready().stream().filter(peer -> !peer.synced()).findFirst().orElse(null);
      if (syncing != null) {
        syncing.askHeaders(headers.locator(), now);
      }
    }
    if (now - askedAllAt > settings.ask().toMillis()) {
      askedAllAt = now;
      pool.ready().stream()
          .filter(peer -> peer.synced() && peer.askedHeadersAt() == 0)
          .forEach(peer -> peer.askHeaders(headers.locator(), now));
    }
  }

  /** Writes the headers when the chain moved, in a long sync only now and then. */
  private synchronized void save(boolean all) {
    Tip now = headers.tip();
    boolean far = now.height() - saved.height() > SAVED_EARLY;
    if (now.equals(saved) || !(all || far || syncing == null)) {
      return;
    }
    int from = saved.height();
    Tip there = headers.at(from);
    while (from > headers.baseHeight() && (there == null || !there.equals(saved))) {
      from = Math.max(headers.baseHeight(), from - 144); // a reorganisation: some are rewritten
      there = headers.at(from);
      saved = there == null ? saved : there;
    }
    store.replace(new HeaderStore.Row(from + 1, headers.above(from)));
    saved = now;
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
      HeaderChain chain = headers;
      Tip before = chain.tip();
      try {
        if (chain.add(sent) == HeaderChain.Answer.STRANGE) {
          pool.drop(peer, "its headers follow none that we know");
          return;
        }
      } catch (VerificationException e) {
        pool.drop(peer, "a header is wrong: " + e.getMessage());
        return;
      }
      if (!sent.isEmpty()) {
        peer.knows(chain.heightOf(sent.get(sent.size() - 1).getHash()));
      }
      if (sent.size() >= FULL_HEADERS) {
        peer.askHeaders(chain.locator(), clock.millis());
      } else {
        peer.setSynced();
      }
      if (!chain.tip().equals(before)) {
        changed();
      }
    }

    @Override
    public void announced(RemotePeer peer, List<InventoryItem> items) {
      List<Sha256Hash> transactions = new ArrayList<>();
      boolean news = false;
      for (InventoryItem item : items) {
        if (item.type == InventoryItem.Type.BLOCK) {
          news |= headers.heightOf(item.hash) < 0;
        } else if (item.type == InventoryItem.Type.TRANSACTION) {
          transactions.add(item.hash);
        }
      }
      if (news) {
        peer.askHeaders(headers.locator(), clock.millis());
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
      if (mempool.arrived(peer, tx)) {
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
    save(true);
  }
}
