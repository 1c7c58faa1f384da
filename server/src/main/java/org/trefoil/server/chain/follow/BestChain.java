package org.trefoil.server.chain.follow;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trefoil.server.chain.ChainBlock;
import org.trefoil.server.chain.ChainHealth;
import org.trefoil.server.chain.ChainSource;
import org.trefoil.server.chain.ChainUnavailable;
import org.trefoil.server.chain.Tip;

/**
 * Brings the index along the source's best chain, one block forward or back at a time. What moved
 * goes into the store together with its place, in one transaction: one block at the tip, some at a
 * time while there is much to catch up with.
 */
final class BestChain {
  private static final Logger LOG = LoggerFactory.getLogger(BestChain.class);

  /** How far below a block that was undone beyond what is known common ground is sought. */
  private static final int BURIED = 144;

  /** Blocks below the first one followed that a reorganisation may go back to. */
  private static final int ANCHORS = 20;

  /** What one step did. */
  enum Step {
    APPLIED,
    UNDONE,
    UP_TO_DATE
  }

  /** Blocks that go into the store together at most, and so may have to be read again. */
  private static final int TOGETHER = 64;

  /** Transactions of ours that go into the store together at most, but for those of one block. */
  private static final int FOUND = 500;

  private final ChainSource source;
  private final ChainStore store;
  private final InstantSource clock;
  private final BlocksAhead ahead;

  /** Looked through, and not in the store yet. */
  private final List<FollowedBlock> waiting = new ArrayList<>();

  private int found;

  BestChain(ChainSource source, ChainStore store, InstantSource clock) {
    this.source = source;
    this.store = store;
    this.clock = clock;
    this.ahead = new BlocksAhead(source);
  }

  /**
   * One block forward, or one back when the best chain is another. Blocks forward may wait for
   * {@link #write}; whatever else is asked or done, they are written before.
   *
   * @param best where the source's tip was lately
   */
  Step step(Tip best, Watchlist watching, Changes changes) {
    Tip mine = reached();
    ChainBlock block;
    try {
      block = ahead.at(mine.height() + 1, best.height());
    } catch (ChainUnavailable e) {
      write(watching, changes);
      throw e;
    }
    if (block != null && block.previous().equals(mine.hash())) {
      Watchlist.Pass pass = watching.pass(block.raw());
      waiting.add(new FollowedBlock(block.place(), pass.found(), pass.fresh()));
      found += pass.found().size();
      if (waiting.size() >= TOGETHER || found >= FOUND) {
        write(watching, changes);
      }
      return Step.APPLIED;
    }
    write(watching, changes);
    if (block == null) {
      Tip there = source.at(mine.height());
      if (there != null && there.hash().equals(mine.hash())) {
        return Step.UP_TO_DATE; // or the next block vanished while we asked: look again later
      }
    }
    LOG.info("Block {} at {} left the best chain", mine.hash(), mine.height());
    ahead.forget();
    anchorBelow(mine);
    changes.addAll(store.undo(mine));
    return Step.UNDONE;
  }

  /** Brings what was looked through into the store, all of it or nothing. */
  void write(Watchlist watching, Changes changes) {
    if (!waiting.isEmpty()) {
      changes.addAll(store.apply(waiting, clock.instant().getEpochSecond()));
      watching.written();
      waiting.clear();
      found = 0;
    }
  }

  /** Begins from the store again. */
  void forget() {
    ahead.forget();
    waiting.clear();
    found = 0;
  }

  /** The last block looked through. */
  private Tip reached() {
    return waiting.isEmpty() ? anchor() : waiting.get(waiting.size() - 1).block();
  }

  /** The last block followed; the first time, the source's tip and some before it, unread. */
  Tip anchor() {
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

  /** What has been read, for the operator; null when it is all or nearly so. */
  @Nullable ChainHealth behind(Tip best) {
    Tip mine = reached();
    return best.height() - mine.height() > 2
        ? new ChainHealth(ChainHealth.State.SYNCING, progress(mine.height(), best.height()))
        : null;
  }

  static String progress(int at, int best) {
    return "Block " + at + " of " + best + " has been read.";
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
}
