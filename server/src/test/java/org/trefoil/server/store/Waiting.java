package org.trefoil.server.store;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what another thread or process does. */
public final class Waiting {
  private Waiting() {}

  /** Returns as soon as it is so; fails when it is not in time. */
  public static void until(Duration patience, BooleanSupplier so) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (!so.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + patience);
      }
      Thread.sleep(10);
    }
  }
}
