package org.trefoil.server.chain.follow;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.trefoil.server.chain.ChainBlock;
import org.trefoil.server.chain.ChainSource;
import org.trefoil.server.chain.Tip;

/**
 * Asks the source for the next blocks, one after the other on a thread of its own, while earlier
 * ones are looked through or go into the store; never for more than {@value #MOST} of them.
 */
final class BlocksAhead {
  /** Each takes its size twice over while it comes from a node: some 30 MB when all are full. */
  private static final int MOST = 4;

  private static final int IDLE_SECONDS = 5;

  private final ChainSource source;
  private final ThreadPoolExecutor thread;

  /** What was asked for: that of {@link #nextHeight}, and those above it. */
  private final Deque<Future<@Nullable ChainBlock>> asked = new ArrayDeque<>();

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
    if (nextHeight != height) {
      forget();
    }
    Future<@Nullable ChainBlock> first = asked.poll();
    nextHeight = height + 1;
    ChainBlock block;
    try {
      block = first == null ? fetch(height) : arrived(first);
    } catch (RuntimeException e) {
      forget();
      throw e;
    }
    if (block == null) {
      forget();
    }
    while (block != null && asked.size() < MOST && nextHeight + asked.size() <= best) {
      int further = nextHeight + asked.size();
      asked.add(thread.submit(() -> fetch(further)));
    }
    return block;
  }

  /** What was asked for may not be what is there now. */
  void forget() {
    asked.forEach(each -> each.cancel(false));
    asked.clear();
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
