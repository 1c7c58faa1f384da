package org.trefoil.server.chain.follow;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.trefoil.server.chain.ChainHealth;
import org.trefoil.server.chain.ChainUnavailable;

/**
 * Asks the source for somebody who waits, and gives up before that person does.
 *
 * <p>A source that hangs costs whoever asks it a moment, and all of them together {@value #MOST}
 * threads that are nobody else's. A question that took too long is not interrupted, for an
 * interrupt in the midst of a write would close the practice chain's file: it ends by the source's
 * own limit, and nobody takes its answer.
 */
final class Patience {
  private static final int MOST = 64;
  private static final int IDLE_SECONDS = 10;

  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          0, MOST, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), Patience::thread);

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "chain-asking");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * The answer, or what the question threw.
   *
   * @throws ChainUnavailable also when there is none after {@code most}
   */
  <T extends @Nullable Object> T ask(Duration most, Supplier<T> question) {
    return answer(begin(question), most);
  }

  /**
   * Begins to ask.
   *
   * @throws ChainUnavailable when too many questions wait already
   */
  <T extends @Nullable Object> Future<T> begin(Supplier<T> question) {
    try {
      return threads.submit(question::get);
    } catch (RejectedExecutionException e) {
      throw late(e);
    }
  }

  /** What came of a question, as {@link #ask} gives it. */
  static <T extends @Nullable Object> T answer(Future<T> asked, Duration most) {
    try {
      return asked.get(most.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw late(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw late(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException thrown) {
        throw thrown;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e);
    }
  }

  private static ChainUnavailable late(Exception e) {
    return new ChainUnavailable(
        ChainHealth.State.UNREACHABLE, "The chain does not answer in time.", e);
  }
}
