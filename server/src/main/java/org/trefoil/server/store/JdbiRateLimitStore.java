package org.trefoil.server.store;

import java.time.Duration;
import java.time.Instant;
import org.trefoil.server.limits.RateLimitStore;

/**
 * Token buckets in the table {@code rate_bucket}.
 *
 * <p>A bucket is one number: the time at which it will be full again. Taking a token moves it on by
 * one refill, and is refused when that would put it further ahead than the bucket is deep; both in
 * one conditional statement, so that parallel takers cannot pass together. A PostgreSQL that loses
 * its power may forget the last half second of it.
 */
public final class JdbiRateLimitStore implements RateLimitStore {
  private static final int ATTEMPTS = 3;

  private final Database database;

  public JdbiRateLimitStore(Database database) {
    this.database = database;
  }

  @Override
  public Duration take(String bucket, int capacity, Duration refill, Instant now) {
    long step = refill.toMillis();
    long depth = step * capacity;
    long time = now.toEpochMilli();
    for (int i = 0; i < ATTEMPTS; i++) {
      int moved =
          database.with(
              h ->
                  h.createUpdate(
                          "UPDATE rate_bucket SET full_at_ms ="
                              + " CASE WHEN full_at_ms > :now THEN full_at_ms ELSE :now END + :step"
                              + " WHERE bucket = :bucket AND full_at_ms + :step <= :now + :depth"
                              + database.soon())
                      .bind("now", time)
                      .bind("step", step)
                      .bind("depth", depth)
                      .bind("bucket", bucket)
                      .execute());
      if (moved == 1 || insert(bucket, time + step)) {
        return Duration.ZERO;
      }
      long fullAt = fullAt(bucket);
      if (fullAt + step > time + depth) {
        return Duration.ofMillis(fullAt + step - time - depth);
      }
    }
    return refill;
  }

  @Override
  public int sweep(Instant now) {
    return database.with(
        h ->
            h.createUpdate("DELETE FROM rate_bucket WHERE full_at_ms < :now")
                .bind("now", now.toEpochMilli())
                .execute());
  }

  private boolean insert(String bucket, long fullAt) {
    return database.inserted(
        h ->
            h.createUpdate(
                    "INSERT INTO rate_bucket (bucket, full_at_ms)"
                        + " SELECT :bucket, :full WHERE NOT EXISTS"
                        + " (SELECT 1 FROM rate_bucket WHERE bucket = :bucket)")
                .bind("bucket", bucket)
                .bind("full", fullAt)
                .execute());
  }

  private long fullAt(String bucket) {
    return database.with(
        h ->
            h.createQuery("SELECT full_at_ms FROM rate_bucket WHERE bucket = :bucket")
                .bind("bucket", bucket)
                .mapTo(Long.class)
                .findOne()
                .orElse(Long.MIN_VALUE / 2));
  }
}
