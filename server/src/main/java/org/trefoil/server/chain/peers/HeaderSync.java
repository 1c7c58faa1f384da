package org.trefoil.server.chain.peers;

import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bitcoinj.core.Block;
import org.bitcoinj.core.VerificationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trefoil.server.chain.ChainHealth;
import org.trefoil.server.chain.ChainUnavailable;
import org.trefoil.server.chain.Tip;

/**
 * Keeps our headers level with those of the peers, and on disk. One peer tells all it has, then the
 * others what they have beside; those that send wrong ones, or none in time, are sent away. One
 * that tells much but little new loses its turn to another, so that it cannot go on for ever.
 */
final class HeaderSync {
  private static final Logger LOG = LoggerFactory.getLogger(HeaderSync.class);

  /** So many in one message mean that there are more. */
  private static final int FULL = 2_000;

  private static final int SAVED_EARLY = 10_000;

  /** How far back headers are written again at a time, until they are those on disk. */
  private static final int STEP_BACK = 144;

  private final PeerSettings settings;
  private final InstantSource clock;
  private final HeaderStore store;
  private final PeerPool pool;
  private final Checkpoints checkpoints;
  private final HeaderRules rules;
  private volatile HeaderChain chain;
  private Tip saved;

  /** Whose turn it is to tell all it has. */
  private @Nullable RemotePeer syncing;

  /** Those that lost their turn lately. */
  private final Set<RemotePeer> passed = new HashSet<>();

  private long askedAllAt;

  HeaderSync(
      PeerSettings settings,
      HeaderStore store,
      InstantSource clock,
      PeerPool pool,
      Checkpoints checkpoints) {
    this.settings = settings;
    this.clock = clock;
    this.store = store;
    this.pool = pool;
    this.checkpoints = checkpoints;
    this.rules = new HeaderRules(settings.network());
    this.chain = restored();
    this.saved = chain.tip();
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

  /** The headers that we have now. */
  HeaderChain chain() {
    return chain;
  }

  /** Headers from before the checkpoint we began with are needed: begins further back. */
  synchronized ChainUnavailable deeper(int height) {
    if (height < chain.baseHeight()) {
      LOG.info("Headers are asked for from before block {}", height);
      chain = new HeaderChain(checkpoints.below(height), rules);
      saved = chain.tip();
      syncing = null;
      pool.ready().forEach(RemotePeer::setBehind);
    }
    return new ChainUnavailable(
        ChainHealth.State.SYNCING, "Headers from block " + height + " on are asked for.");
  }

  /** Asks whoever is to be asked now, and writes down what came. */
  void tick() {
    synchronise();
    save(false);
  }

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
      syncing =
          pool.ready().stream()
              .filter(peer -> !peer.synced() && !passed.contains(peer))
              .findFirst()
              .orElse(null);
      if (syncing != null) {
        syncing.askHeaders(chain.locator(), now);
      }
    }
    if (now - askedAllAt > settings.ask().toMillis()) {
      askedAllAt = now;
      passed.clear();
      pool.ready().stream()
          .filter(peer -> peer.synced() && peer.askedHeadersAt() == 0)
          .forEach(peer -> peer.askHeaders(chain.locator(), now));
    }
  }

  /** Takes what a peer sent; tells whether the tip is another now. */
  boolean arrived(RemotePeer peer, List<Block> sent) {
    HeaderChain into = chain;
    Tip before = into.tip();
    boolean full = sent.size() >= FULL;
    boolean stale = full && into.heightOf(sent.get(sent.size() / 2).getHash()) >= 0;
    try {
      if (into.add(sent) == HeaderChain.Answer.STRANGE) {
        pool.drop(peer, "its headers follow none that we know");
        return false;
      }
    } catch (VerificationException e) {
      pool.drop(peer, "a header is wrong: " + e.getMessage());
      return false;
    }
    if (!sent.isEmpty()) {
      peer.knows(into.heightOf(sent.get(sent.size() - 1).getHash()));
    }
    if (stale) {
      passOn(peer);
    } else if (full) {
      peer.askHeaders(into.locator(), clock.millis());
    } else {
      peer.setSynced();
    }
    return !into.tip().equals(before);
  }

  /** It may be honest and only slower than another, so it is no more than passed over for now. */
  private synchronized void passOn(RemotePeer peer) {
    passed.add(peer);
    if (syncing == peer) {
      syncing = null;
    }
  }

  /** Writes the headers when the chain moved, in a long sync only now and then. */
  private synchronized void save(boolean all) {
    Tip now = chain.tip();
    boolean far = now.height() - saved.height() > SAVED_EARLY;
    if (now.equals(saved) || !(all || far || syncing == null)) {
      return;
    }
    int from = saved.height();
    Tip there = chain.at(from);
    while (from > chain.baseHeight() && (there == null || !there.equals(saved))) {
      from = Math.max(chain.baseHeight(), from - STEP_BACK); // a reorganisation
      there = chain.at(from);
      saved = there == null ? saved : there;
    }
    store.replace(new HeaderStore.Row(from + 1, chain.above(from)));
    saved = now;
  }

  /** Writes all there is. */
  void close() {
    save(true);
  }
}
