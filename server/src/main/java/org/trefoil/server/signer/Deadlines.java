package org.trefoil.server.signer;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes what takes too long: channels of Unix sockets know no timeouts of their own. */
final class Deadlines implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);

  private final ScheduledThreadPoolExecutor timer;

  Deadlines(String name) {
    timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
  }

  /** Closes it after this time, unless what is answered is cancelled before. */
  ScheduledFuture<?> close(Closeable what, Duration after) {
    return timer.schedule(() -> closed(what), after.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void closed(Closeable what) {
    try {
      what.close();
    } catch (IOException e) {
      LOG.debug("Not closed", e);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
