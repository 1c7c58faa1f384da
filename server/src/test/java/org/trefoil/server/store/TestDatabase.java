package org.trefoil.server.store;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/** The engines that everything must hold on; a test class with a parameter runs on each. */
public enum TestDatabase {
  H2 {
    @Override
    public Database fresh() {
      return Database.inMemory("test-" + COUNT.incrementAndGet());
    }
  },
  POSTGRES {
    @Override
    public Database fresh() {
      Assumptions.assumeTrue(
          THERE, "NO POSTGRESQL: run e2e/verify, which installs it and runs these tests");
      ThrowawayPostgres postgres = ThrowawayPostgres.shared();
      return postgres.open(postgres.freshSchema());
    }
  };

  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final boolean THERE = ThrowawayPostgres.there();

  /** A new, empty database. */
  public abstract Database fresh();
}
