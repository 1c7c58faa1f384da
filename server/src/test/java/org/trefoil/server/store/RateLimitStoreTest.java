package org.trefoil.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.trefoil.server.limits.RateLimitStore;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class RateLimitStoreTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Database database;
  private final RateLimitStore store;

  RateLimitStoreTest(TestDatabase engine) {
    database = engine.fresh();
    store = new JdbiRateLimitStore(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void beginsFullAndRefillsEvenly() {
    for (int i = 0; i < 3; i++) {
      assertThat(store.take("a", 3, MINUTE, NOW)).isZero();
    }
    assertThat(store.take("a", 3, MINUTE, NOW)).isEqualTo(MINUTE);
    assertThat(store.take("b", 3, MINUTE, NOW)).isZero();
    assertThat(store.take("a", 3, MINUTE, NOW.plusSeconds(59))).isEqualTo(Duration.ofSeconds(1));
    assertThat(store.take("a", 3, MINUTE, NOW.plusSeconds(60))).isZero();
    assertThat(store.take("a", 3, MINUTE, NOW.plusSeconds(60))).isEqualTo(MINUTE);
    assertThat(store.take("a", 3, MINUTE, NOW.plusSeconds(3600))).isZero();
    assertThat(store.sweep(NOW.plusSeconds(36_000))).isEqualTo(2);
  }

  @Test
  void lessenedByOneForEachOfManyAtOnce() {
    long taken =
        IntStream.range(0, 100)
            .parallel()
            .filter(i -> store.take("crowd", 10, MINUTE, NOW).isZero())
            .count();
    assertThat(taken).isEqualTo(10);
  }
}
