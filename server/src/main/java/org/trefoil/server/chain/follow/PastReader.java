package org.trefoil.server.chain.follow;

import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.trefoil.server.chain.ChainBlock;
import org.trefoil.server.chain.ChainSource;
import org.trefoil.server.chain.Tip;

/**
 * Reads the past for wallets that were added since, up to where all others are. It works in slices,
 * so that a long past holds nobody else up, and goes on after a restart where it was.
 */
final class PastReader {
  private final ChainSource source;
  private final ChainStore store;
  private final WatchStore watched;
  private final InstantSource clock;

  /** The wallet that is being read, with its scripts and coins. */
  private @Nullable Watchlist alone;

  private String reading = "";

  PastReader(ChainSource source, ChainStore store, WatchStore watched, InstantSource clock) {
    this.source = source;
    this.store = store;
    this.watched = watched;
    this.clock = clock;
  }

  /** Begins from the store again. */
  void forget() {
    alone = null;
  }

  /**
   * Reads until {@code enough}; tells whether something is left to read.
   *
   * @param mine the last block followed for all
   * @param joined is told when wallets were added to {@code watching}
   */
  boolean read(
      Tip mine, Watchlist watching, Changes changes, BooleanSupplier enough, Runnable joined) {
    for (WatchedWallet wallet : watched.newcomers()) {
      Integer scanned = wallet.scannedHeight();
      int next = scanned == null ? mine.height() + 1 : scanned + 1;
      while (next <= mine.height()) {
        if (enough.getAsBoolean() || !readBlock(wallet.walletId(), next, changes)) {
          return true;
        }
        next++;
      }
      watched.live(wallet.walletId());
      watching.join(wallet.walletId());
      joined.run();
      forget();
    }
    return false;
  }

  /** False when the best chain is another now, so that it has to be followed there first. */
  private boolean readBlock(String walletId, int height, Changes changes) {
    Tip there = source.at(height);
    Tip known = store.at(height);
    ChainBlock block = there == null ? null : source.block(there.hash());
    if (block == null || (known != null && !known.hash().equals(block.place().hash()))) {
      return false;
    }
    Watchlist.Pass pass = alone(walletId).pass(block.transactions());
    long now = clock.instant().getEpochSecond();
    changes.addAll(store.applyPast(walletId, block.place(), pass.found(), pass.fresh(), now));
    return true;
  }

  private Watchlist alone(String walletId) {
    Watchlist known = alone;
    if (known == null || !reading.equals(walletId)) {
      known = Watchlist.of(walletId, watched, store);
      alone = known;
      reading = walletId;
    }
    return known;
  }
}
