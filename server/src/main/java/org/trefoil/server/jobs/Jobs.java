package org.trefoil.server.jobs;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.trefoil.server.account.Sessions;
import org.trefoil.server.cluster.Cluster;
import org.trefoil.server.jobs.Clockwork.Job;
import org.trefoil.server.limits.RateLimitStore;
import org.trefoil.server.spend.SendFollower;

/** The table of everything that time starts. */
public final class Jobs {
  private Jobs() {}

  /** Of several processes on one database, the one that leads does them. */
  public static List<Job> all(
      SendFollower sends,
      Sessions sessions,
      RateLimitStore limits,
      Cluster cluster,
      InstantSource clock) {
    return Stream.of(
            new Job("look after sends", Duration.ofSeconds(2), sends::lookAfterDue),
            new Job("expire proposals", Duration.ofSeconds(30), sends::expire),
            new Job("clear sessions", Duration.ofMinutes(10), sessions::sweep),
            new Job(
                "clear rate limits", Duration.ofMinutes(10), () -> limits.sweep(clock.instant())))
        .map(job -> new Job(job.name(), job.every(), ifLeading(cluster, job.work())))
        .toList();
  }

  private static Runnable ifLeading(Cluster cluster, Runnable work) {
    return () -> {
      if (cluster.leads()) {
        work.run();
      }
    };
  }
}
