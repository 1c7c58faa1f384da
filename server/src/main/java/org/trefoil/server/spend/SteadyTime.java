package org.trefoil.server.spend;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The clock, but never ahead of what a clock that only runs has counted since the start.
 *
 * <p>A clock that is set forward would make a day shorter, and a limit a day larger. Small
 * corrections are followed. A clock that was wrong at the start and is put right by a jump forward
 * leaves this one behind until the next start: days are longer then, never shorter. A jump while
 * the server is down is not noticed.
 */
public final class SteadyTime implements InstantSource {
  private static final Duration CORRECTION = Duration.ofMinutes(1);

  private final InstantSource clock;
  private final LongSupplier nanos;
  private Instant anchor;
  private long anchorNanos;

  /** Counts from now on; {@code nanos} only ever runs. */
  public SteadyTime(InstantSource clock, LongSupplier nanos) {
    this.clock = clock;
    this.nanos = nanos;
    this.anchor = clock.instant();
    this.anchorNanos = nanos.getAsLong();
  }

  @Override
  public synchronized Instant instant() {
    Instant now = clock.instant();
    long counted = nanos.getAsLong();
    Instant expected = anchor.plusNanos(counted - anchorNanos);
    Duration off = Duration.between(expected, now);
    if (off.abs().compareTo(CORRECTION) <= 0) {
      anchor = now;
      anchorNanos = counted;
      return now;
    }
    return off.isNegative() ? now : expected;
  }
}
