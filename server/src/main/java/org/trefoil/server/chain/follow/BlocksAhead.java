package org.trefoil.server.chain.follow;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.trefoil.server.chain.ChainBlock;
import org.trefoil.server.chain.ChainSource;
import org.trefoil.server.chain.Tip;

/** Asks the source for the next block on a thread of its own while the last is looked through. */
final class BlocksAhead {
  private static final int IDLE_SECONDS = 5;

  private final ChainSource source;
  private final ThreadPoolExecutor thread;
  private @Nullable Future<@Nullable ChainBlock> next;
  private int nextHeight;

  BlocksAhead(ChainSource source) {
    this.source = source;
    this.thread =
        new ThreadPoolExecutor(
            0,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread fetcher = new Thread(work, "blocks-ahead");
              fetcher.setDaemon(true);
              return fetcher;
            });
  }

  /** The block at a height, or null above the tip, which is at {@code best} or was lately. */
  @Nullable ChainBlock at(int height, int best) {
    Future<@Nullable ChainBlock> asked = nextHeight == height ? next : null;
    next = null;
    ChainBlock block = asked == null ? fetch(height) : arrived(asked);
    if (block != null && height < best) {
      nextHeight = height + 1;
      next = thread.submit(() -> fetch(height + 1));
    }
    return block;
  }

  /** What was asked for may not be what is there now. */
  void forget() {
    next = null;
  }

  private @Nullable ChainBlock fetch(int height) {
    Tip there = source.at(height);
    return there == null ? null : source.block(there.hash());
  }

  private static @Nullable ChainBlock arrived(Future<@Nullable ChainBlock> asked) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return asked.get();
        } catch (InterruptedException e) {
          interrupted = true; // the source has time limits of its own
        } catch (ExecutionException e) {
          throw e.getCause() instanceof RuntimeException failure
              ? failure
              : new IllegalStateException(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
