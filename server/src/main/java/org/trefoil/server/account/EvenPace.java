package org.trefoil.server.account;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Answers that take a whole number of {@link #STEP}s, whatever they found: an address that has an
 * account takes a few more statements than one that has none, and so many of them would tell.
 */
public final class EvenPace {
  /** Well above what an answer takes; in nanoseconds. */
  public static final long STEP = TimeUnit.MILLISECONDS.toNanos(25);

  private final LongSupplier nanos;

  /**
   * Sleeps in the thread that asks.
   *
   * @param nanos a clock that only ever runs
   */
  public EvenPace(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Does {@code work}, and returns or throws what it does when the step is over. */
  public <T> T keep(Callable<T> work) throws Exception {
    long from = nanos.getAsLong();
    try {
      return work.call();
    } finally {
      rest(from);
    }
  }

  private void rest(long from) {
    long took = nanos.getAsLong() - from;
    long end = from + (Math.max(0, took) / STEP + 1) * STEP;
    for (long left = end - nanos.getAsLong(); left > 0 && left <= STEP; ) {
      LockSupport.parkNanos(left);
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
      left = end - nanos.getAsLong();
    }
  }
}
