package org.trefoil.server.chain.follow;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.keys.PublicCurve;
import org.trefoil.server.chain.ChainBlock;
import org.trefoil.server.chain.ChainSource;
import org.trefoil.server.chain.Rescan;
import org.trefoil.server.chain.Tip;

/**
 * Reads the past for wallets that were added since, each block once for all of them, and again for
 * those of which somebody asked it, up to where all others are. It works in slices, so that a long
 * past holds nobody else up, and goes on after a restart where it was.
 */
final class PastReader {
  /** How far the times of blocks may be off, seconds. */
  private static final long LOOSE = 7_200;

  /** Blocks that a new wallet lacks at most: those of a day, in which it is put to use. */
  private static final int RECENT = 144;

  /** How many newcomers' scripts are held at once. */
  private static final int TOGETHER = 1_000;

  private static final String NEWCOMERS = "newcomers";

  private final ChainSource source;
  private final ChainStore store;
  private final WatchStore watched;
  private final InstantSource clock;
  private final PublicCurve curve;

  /** Those for whom blocks are being read, with their scripts and coins. */
  private @Nullable Watchlist apart;

  /** {@link #NEWCOMERS}, or the wallet that is read again. */
  private String reading = NEWCOMERS;

  PastReader(
      ChainSource source,
      ChainStore store,
      WatchStore watched,
      InstantSource clock,
      PublicCurve curve) {
    this.source = source;
    this.store = store;
    this.watched = watched;
    this.clock = clock;
    this.curve = curve;
  }

  /** Begins from the store again. */
  void forget() {
    apart = null;
  }

  /**
   * Reads until {@code enough}; tells whether something is left to read.
   *
   * @param mine the last block followed for all
   * @param joined is told when wallets were added to {@code watching}
   */
  boolean read(
      Tip mine, Watchlist watching, Changes changes, BooleanSupplier enough, Runnable joined) {
    // an old wallet, or one whose blocks a node has no more, holds up no new one
    for (int from : new int[] {mine.height() - RECENT, -1}) {
      for (List<Newcomer> some = watched.newcomers(from, TOGETHER);
          !some.isEmpty();
          some = watched.newcomers(from, TOGETHER)) {
        if (!readTogether(some, mine, changes, enough)) {
          return true;
        }
        List<String> ids = some.stream().map(Newcomer::walletId).toList();
        watched.live(ids);
        ids.forEach(watching::join);
        joined.run();
        forget();
      }
    }
    for (Rescan rescan : watched.rescans()) {
      String walletId = rescan.walletId();
      Integer begun = rescan.next();
      int next = begun == null ? begin(rescan, mine) : begun;
      while (next <= mine.height()) {
        if (enough.getAsBoolean() || !readBlock(List.of(walletId), walletId, next, changes)) {
          return true;
        }
        next++;
      }
      watched.finish(walletId);
      watching.join(walletId);
      joined.run();
      forget();
    }
    return false;
  }

  /**
   * Reads each block once for all that lack it, from where the first of them is; false: not all.
   */
  private boolean readTogether(
      List<Newcomer> newcomers, Tip mine, Changes changes, BooleanSupplier enough) {
    List<String> ids = new ArrayList<>();
    int next = newcomers.get(0).scanned() + 1;
    while (next <= mine.height()) {
      while (ids.size() < newcomers.size() && newcomers.get(ids.size()).scanned() < next) {
        ids.add(newcomers.get(ids.size()).walletId());
      }
      if (enough.getAsBoolean() || !readBlock(ids, NEWCOMERS, next, changes)) {
        return false;
      }
      next++;
    }
    return true;
  }

  /** Finds the first block of a rescan and notes it. */
  private int begin(Rescan rescan, Tip mine) {
    forget();
    Integer from = rescan.from();
    Long time = rescan.time();
    int first = from == null ? firstAfter(time == null ? 0 : time - LOOSE, mine) : from;
    first = Math.max(1, Math.min(first, mine.height() + 1));
    watched.begin(rescan.walletId(), first);
    return first;
  }

  /**
   * About the first block at or after {@code time}: back from the tip by ever longer steps, so that
   * no older headers are asked for than needed, then by halves. Times of blocks are nearly in
   * order.
   */
  private int firstAfter(long time, Tip mine) {
    int above = mine.height();
    int below = above;
    for (int step = 1; below > 0 && timeAt(below) >= time; step *= 2) {
      above = below;
      below = Math.max(0, below - step);
    }
    while (above - below > 1) {
      int middle = (above + below) / 2;
      if (timeAt(middle) >= time) {
        above = middle;
      } else {
        below = middle;
      }
    }
    return timeAt(below) >= time ? below : above;
  }

  private long timeAt(int height) {
    Tip at = source.at(height);
    return at == null ? Long.MAX_VALUE : at.time();
  }

  /** False when the best chain is another now, so that it has to be followed there first. */
  private boolean readBlock(List<String> ids, String whose, int height, Changes changes) {
    Tip there = source.at(height);
    Tip known = store.at(height);
    ChainBlock block = there == null ? null : source.block(there.hash());
    if (block == null || (known != null && !known.hash().equals(block.place().hash()))) {
      return false;
    }
    Watchlist watching = apart(ids, whose);
    Watchlist.Pass pass = watching.pass(block.raw());
    FollowedBlock read = new FollowedBlock(block.place(), pass.found(), pass.fresh());
    changes.addAll(store.applyPast(ids, read, clock.instant().getEpochSecond()));
    watching.written();
    return true;
  }

  /** Those that read on together stay in it, however far each is. */
  private Watchlist apart(List<String> ids, String whose) {
    Watchlist known = apart;
    if (known == null || !reading.equals(whose)) {
      known = Watchlist.ofNone(watched, store, curve);
      apart = known;
      reading = whose;
    }
    for (String walletId : ids) {
      if (!known.watches(walletId)) {
        known.join(walletId);
      }
    }
    return known;
  }
}
