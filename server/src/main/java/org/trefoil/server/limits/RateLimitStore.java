package org.trefoil.server.limits;

import java.time.Duration;
import java.time.Instant;

/** Token buckets that all server processes share. */
public interface RateLimitStore {
  /**
   * Takes one token from the bucket, by one conditional statement.
   *
   * @param bucket its name: the limit's name and whom it counts, never a secret; at most 200 chars
   * @param capacity tokens of a full bucket, at least 1
   * @param refill time in which one token comes back
   * @return how long to wait until a token is there; zero when one was taken
   */
  Duration take(String bucket, int capacity, Duration refill, Instant now);

  /** Forgets buckets that have been full since before {@code now}. */
  int sweep(Instant now);
}
