package org.trefoil.server.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.trefoil.server.config.Config;
import org.trefoil.server.config.ConfigReader;

/** The engines that everything must hold on; a test class with a parameter runs on each. */
public enum TestDatabase {
  H2 {
    @Override
    public List<String> flags(Path data) {
      return List.of("--data", data.toString());
    }

    @Override
    public Place place(Path folder) {
      return new Place() {
        @Override
        public Database open(int version) {
          return Database.h2(Database.address(folder), version);
        }

        @Override
        public Database open() {
          return Database.inFolder(folder);
        }
      };
    }

    @Override
    public Database fresh() {
      return Database.inMemory("test-" + COUNT.incrementAndGet());
    }
  },
  POSTGRES {
    @Override
    public List<String> flags(Path data) {
      assumePostgres();
      List<String> flags = new ArrayList<>(List.of("--data", data.toString()));
      flags.addAll(ThrowawayPostgres.shared().flags());
      return flags;
    }

    @Override
    public Place place(Path folder) {
      assumePostgres();
      ThrowawayPostgres postgres = ThrowawayPostgres.shared();
      String url = postgres.freshSchema();
      return new Place() {
        @Override
        public Database open(int version) {
          return Database.postgres(url, postgres.user(), postgres.password(), version);
        }

        @Override
        public Database open() {
          return postgres.open(url);
        }
      };
    }

    @Override
    public Database fresh() {
      assumePostgres();
      ThrowawayPostgres postgres = ThrowawayPostgres.shared();
      return postgres.open(postgres.freshSchema());
    }
  };

  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final boolean THERE = ThrowawayPostgres.there();

  /** Skips a test aloud where no PostgreSQL is installed. */
  public static void assumePostgres() {
    Assumptions.assumeTrue(
        THERE, "NO POSTGRESQL: run e2e/verify, which installs it and runs these tests");
  }

  /** Flags of a server with this data folder, and with a new, empty database. */
  public abstract List<String> flags(Path data);

  /** The configuration that {@link #flags} give. */
  public Config config(Path data) {
    return ConfigReader.read(flags(data), Map.of());
  }

  /** A new, empty place for a database, to be opened by one release after the other. */
  public interface Place {
    /** As the release left it that knew migrations up to this one. */
    Database open(int version);

    /** As this release does. */
    Database open();
  }

  /** A new place, in that folder if the engine keeps its rows in one. */
  public abstract Place place(Path folder);

  /** A new, empty database. */
  public abstract Database fresh();
}
