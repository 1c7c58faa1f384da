package org.trefoil.server.chain.peers;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.bitcoinj.base.Sha256Hash;
import org.bitcoinj.core.Block;
import org.jspecify.annotations.Nullable;
import org.trefoil.server.chain.ChainHealth;
import org.trefoil.server.chain.ChainUnavailable;
import org.trefoil.server.chain.RawBlock;

/**
 * Gets whole blocks from peers and checks that they are what their header says. A peer that does
 * not send in time is passed over, after a second time sent away; one that sends a block that is
 * not what its header says, at once.
 */
final class BlockFetcher {
  private static final int KEPT = 6;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final class Wanted {
    final CompletableFuture<RawBlock> arrival = new CompletableFuture<>();
    final Set<RemotePeer> tried = new HashSet<>();
    final int height;
    @Nullable RemotePeer asked;
    long askedAt;

    Wanted(int height) {
      this.height = height;
    }
  }

  private final PeerPool pool;
  private final InstantSource clock;
  private final Duration stall;
  private final Map<Sha256Hash, Wanted> wanted = new LinkedHashMap<>();
  private final Map<RemotePeer, Integer> stalls = new LinkedHashMap<>();
  private final Map<Sha256Hash, RawBlock> recent =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Sha256Hash, RawBlock> eldest) {
          return size() > KEPT;
        }
      };

  /**
   * @param stall how long a peer may take for a block before another is asked
   */
  BlockFetcher(PeerPool pool, InstantSource clock, Duration stall) {
    this.pool = pool;
    this.clock = clock;
    this.stall = stall;
  }

  /** Asks for a block that will be needed soon. */
  synchronized void expect(Sha256Hash hash, int height) {
    if (!recent.containsKey(hash) && !wanted.containsKey(hash)) {
      Wanted want = new Wanted(height);
      wanted.put(hash, want);
      ask(hash, want);
    }
  }

  /** The block, once somebody has sent it. */
  RawBlock get(Sha256Hash hash, int height) {
    CompletableFuture<RawBlock> arrival;
    synchronized (this) {
      RawBlock known = recent.get(hash);
      if (known != null) {
        return known;
      }
      expect(hash, height);
      arrival = Objects.requireNonNull(wanted.get(hash)).arrival;
    }
    try {
      return arrival.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new ChainUnavailable(
          ChainHealth.State.UNREACHABLE, "No peer has sent block " + height + " yet.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ChainUnavailable(ChainHealth.State.UNREACHABLE, "The wait was interrupted.", e);
    }
  }

  /** Takes a block that a peer sent; one that nobody asked for is ignored. */
  void arrived(RemotePeer from, Block block) {
    synchronized (this) {
      if (!wanted.containsKey(block.getHash())) {
        return;
      }
    }
    RawBlock raw = rightly(block); // not under the lock: it hashes a lot
    synchronized (this) {
      Wanted want = wanted.get(block.getHash());
      if (want == null) {
        return;
      }
      if (raw != null) {
        wanted.remove(block.getHash());
        recent.put(block.getHash(), raw);
        stalls.remove(from);
        want.arrival.complete(raw);
      } else {
        want.tried.add(from);
        ask(block.getHash(), want);
      }
    }
    if (raw == null) {
      pool.drop(from, "its block is not what the header says");
    }
  }

  /** The block as it lies, or null when it is not what its header says. */
  private static @Nullable RawBlock rightly(Block block) {
    try {
      RawBlock raw = RawBlock.read(block.serialize());
      return MerkleRoot.isRight(raw) ? raw : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** The peer does not have it: another is asked. */
  synchronized void notFound(RemotePeer from, Sha256Hash hash) {
    Wanted want = wanted.get(hash);
    if (want != null && want.asked == from) {
      want.tried.add(from);
      ask(hash, want);
    }
  }

  /** Asks others for what is late, or was asked of a peer that is gone. */
  void tick() {
    List<RemotePeer> tooOften = new ArrayList<>();
    synchronized (this) {
      long now = clock.millis();
      wanted.forEach(
          (hash, want) -> {
            RemotePeer asked = want.asked;
            boolean gone = asked == null || !pool.ready().contains(asked);
            boolean late = now - want.askedAt > stall.toMillis();
            if (gone) {
              ask(hash, want);
            } else if (late) {
              want.tried.add(asked);
              if (stalls.merge(asked, 1, Integer::sum) >= 2) {
                tooOften.add(asked);
              }
              ask(hash, want);
            }
          });
      stalls.keySet().removeIf(RemotePeer::closed);
    }
    tooOften.forEach(peer -> pool.drop(peer, "it does not send blocks in time"));
  }

  /** Asks the peer with the least to do of those that were not tried; of all when all were. */
  private void ask(Sha256Hash hash, Wanted want) {
    List<RemotePeer> can =
        pool.ready().stream().filter(peer -> peer.height() >= want.height).toList();
    if (want.tried.containsAll(can)) {
      want.tried.clear();
    }
    want.asked =
        can.stream()
            .filter(peer -> !want.tried.contains(peer))
            .min(Comparator.comparingLong(this::load))
            .orElse(null);
    want.askedAt = clock.millis();
    if (want.asked != null) {
      want.asked.askBlock(hash);
    }
  }

  private long load(RemotePeer peer) {
    return wanted.values().stream().filter(want -> want.asked == peer).count();
  }
}
