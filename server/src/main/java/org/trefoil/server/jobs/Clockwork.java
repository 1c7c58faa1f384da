package org.trefoil.server.jobs;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs jobs again and again on one thread; a job that fails is logged and runs again. */
public final class Clockwork implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Clockwork.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ScheduledExecutorService timer;

  /** Runs nothing yet; its thread has this name. */
  public Clockwork(String name) {
    timer =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, name);
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Something to do every so often. */
  public record Job(String name, Duration every, Runnable work) {}

  /** Starts the jobs, each for the first time at once. */
  public void start(List<Job> jobs) {
    for (Job job : jobs) {
      timer.scheduleWithFixedDelay(
          () -> run(job), 0, job.every().toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Runs something once, soon, between the jobs. */
  public void soon(String name, Runnable work) {
    if (!timer.isShutdown()) {
      timer.execute(() -> run(new Job(name, Duration.ZERO, work)));
    }
  }

  private static void run(Job job) {
    try {
      job.work().run();
    } catch (RuntimeException e) {
      LOG.error("The job {} failed", job.name(), e);
    }
  }

  /** Lets the job under way end. */
  @Override
  public void close() {
    timer.shutdown();
    try {
      if (!timer.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        timer.shutdownNow();
      }
    } catch (InterruptedException e) {
      timer.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
