package org.trefoil.server.jobs;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.trefoil.server.account.Sessions;
import org.trefoil.server.jobs.Clockwork.Job;
import org.trefoil.server.limits.RateLimitStore;
import org.trefoil.server.spend.SendFollower;

/** The table of everything that time starts. */
public final class Jobs {
  private Jobs() {}

  public static List<Job> all(
      SendFollower sends, Sessions sessions, RateLimitStore limits, InstantSource clock) {
    return List.of(
        new Job("look after sends", Duration.ofSeconds(2), sends::lookAfterDue),
        new Job("expire proposals", Duration.ofSeconds(30), sends::expire),
        new Job("clear sessions", Duration.ofMinutes(10), sessions::sweep),
        new Job("clear rate limits", Duration.ofMinutes(10), () -> limits.sweep(clock.instant())));
  }
}
