package org.trefoil.server.jobs;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.trefoil.server.account.Devices;
import org.trefoil.server.account.Sessions;
import org.trefoil.server.audit.RecordMark;
import org.trefoil.server.audit.Scribe;
import org.trefoil.server.cluster.Cluster;
import org.trefoil.server.jobs.Clockwork.Job;
import org.trefoil.server.limits.RateLimitStore;
import org.trefoil.server.mail.MailRound;
import org.trefoil.server.passkey.Passkeys;
import org.trefoil.server.regain.WaysBack;
import org.trefoil.server.signup.SignUps;
import org.trefoil.server.spend.SendFollower;
import org.trefoil.server.sweep.Sweeps;

/** The table of everything that time starts. */
public final class Jobs {
  private Jobs() {}

  /** Of several processes on one database, the one that leads does them. */
  public static List<Job> all(
      SendFollower sends,
      Sweeps sweeps,
      Sessions sessions,
      Devices devices,
      RateLimitStore limits,
      WaysBack waysBack,
      SignUps signUps,
      Passkeys passkeys,
      Runnable dailyMail,
      Cluster cluster,
      InstantSource clock) {
    return Stream.of(
            new Job("look after sends", Duration.ofSeconds(2), sends::lookAfterDue),
            new Job("look after sweeps", Duration.ofSeconds(5), sweeps::lookAfterDue),
            new Job("expire proposals", Duration.ofSeconds(30), sends::expire),
            new Job(
                "look after lost factors",
                Duration.ofSeconds(5),
                () -> waysBack.factors().lookAfter()),
            new Job("clear ways back", Duration.ofMinutes(10), waysBack::sweep),
            new Job("clear sign-ups", Duration.ofMinutes(10), signUps::sweep),
            new Job("clear questions to passkeys", Duration.ofMinutes(10), passkeys::sweep),
            new Job("gather daily mail", Duration.ofMinutes(5), dailyMail),
            new Job("clear sessions", Duration.ofMinutes(10), sessions::sweep),
            new Job("forget browsers", Duration.ofHours(1), devices::sweep),
            new Job(
                "clear rate limits", Duration.ofMinutes(10), () -> limits.sweep(clock.instant())))
        .map(job -> new Job(job.name(), job.every(), ifLeading(cluster, job.work())))
        .toList();
  }

  /** Mail has a thread of its own: who takes it may take long. */
  public static List<Job> mail(MailRound round, Cluster cluster) {
    return List.of(
        new Job("send mail", Duration.ofSeconds(2), ifLeading(cluster, round::run)),
        new Job("clear mail", Duration.ofMinutes(10), ifLeading(cluster, round::sweep)));
  }

  /** The record has a thread of its own: at the first start there may be much to chain. */
  public static List<Job> record(Scribe scribe, RecordMark mark, Cluster cluster) {
    Runnable chain =
        () -> {
          scribe.run();
          mark.raise();
        };
    return List.of(new Job("chain the record", Duration.ofSeconds(1), ifLeading(cluster, chain)));
  }

  private static Runnable ifLeading(Cluster cluster, Runnable work) {
    return () -> {
      if (cluster.leads()) {
        work.run();
      }
    };
  }
}
