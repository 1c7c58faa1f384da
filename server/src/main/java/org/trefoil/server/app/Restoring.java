package org.trefoil.server.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.trefoil.server.audit.AuditLog;
import org.trefoil.server.audit.RecordMark;
import org.trefoil.server.backup.Archive;
import org.trefoil.server.backup.BackupRefused;
import org.trefoil.server.backup.Head;
import org.trefoil.server.config.Config;
import org.trefoil.server.fence.Fence;
import org.trefoil.server.keyfile.KeyFile;
import org.trefoil.server.rules.HeadMarks;
import org.trefoil.server.secondfactor.SecondFactors;
import org.trefoil.server.spend.Held;
import org.trefoil.server.store.Database;
import org.trefoil.server.store.JdbiAuditStore;
import org.trefoil.server.store.JdbiFactStore;
import org.trefoil.server.store.JdbiFactorStore;
import org.trefoil.server.store.JdbiFenceStore;
import org.trefoil.server.store.JdbiSendStore;
import org.trefoil.server.store.JdbiTables;

/**
 * Fills a new data folder, or a new PostgreSQL, from a backup. The database appears there whole or
 * not at all, closed: it signs nothing before it is released, and takes no code that the old one
 * could have taken.
 */
final class Restoring {
  private static final String FILE = "trefoil.mv.db";
  private static final String USED_UP =
      "\nNobody knows which recovery codes were used after that, so all of them are used up here:"
          + " everybody makes new ones on the account page, with a code of the app.";

  private static final String WAITED =
      "\nSends that waited by a rule are cancelled here: nobody knows whether their owners cancelled"
          + " them since. Their coins are free.";

  private final Archive archive;
  private final Head head;
  private final KeyFile key;
  private final SecureRandom random;
  private final InstantSource clock;

  private Restoring(
      Archive archive, Head head, KeyFile key, SecureRandom random, InstantSource clock) {
    this.archive = archive;
    this.head = head;
    this.key = key;
    this.random = random;
    this.clock = clock;
  }

  static String restore(Path backup, Config config, InstantSource clock) throws IOException {
    Path data = config.data().toAbsolutePath();
    if (config.db() == null && Files.exists(data.resolve(FILE))) {
      throw new StartRefused(
          "There is a database in " + data + " already; restore into a new folder.");
    }
    KeyFile.prepareFolder(data);
    SecureRandom random = new SecureRandom();
    try (KeyFile key = KeyFile.open(data, true, random)) {
      Archive archive = Archive.at(backup);
      Head head = archive.head();
      if (!head.keyCheck().equals(Foundation.keyCheck(key))) {
        throw new BackupRefused(
            "The key file in "
                + data
                + " is not the one that this backup was made under. Put the right server.key there.");
      }
      archive.verify(key);
      Restoring restoring = new Restoring(archive, head, key, random, clock);
      String copy =
          config.db() == null ? restoring.intoFolder(data) : restoring.intoPostgres(config);
      // what another database had here says nothing of this one
      Files.deleteIfExists(data.resolve(RecordMark.FILE));
      Files.deleteIfExists(data.resolve(HeadMarks.FILE));
      return restoring.done(copy, data);
    } catch (NoSuchFileException e) {
      throw new BackupRefused("There is no file " + e.getFile() + ".");
    }
  }

  /** Answers the copy's number. */
  private String intoFolder(Path data) throws IOException {
    Path part = data.resolve("restoring");
    empty(part);
    Files.createDirectory(part);
    try (Database old = Database.h2(Database.address(part), head.schema())) {
      JdbiTables tables = new JdbiTables(old);
      if (tables.version() != head.schema()) {
        throw new BackupRefused(
            "This backup was made by a newer Trefoil; restore it with that one or a newer one.");
      }
      fill(tables);
    }
    String copy;
    try (Database database = Database.inFolder(part)) {
      copy = close(database);
      settle(database);
      database.force();
    }
    Files.move(part.resolve(FILE), data.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    empty(part);
    return copy;
  }

  private String intoPostgres(Config config) throws IOException {
    try (Database database = Foundation.database(config)) {
      JdbiTables tables = new JdbiTables(database);
      if (new JdbiFactStore(database).find("chain").isPresent()) {
        throw new StartRefused("This database is in use already; restore into a new one.");
      }
      if (tables.version() != head.schema()) {
        throw new BackupRefused(
            "This backup was made by another version of Trefoil. Restore it into a folder with this"
                + " one, back that up, and restore the new backup here.");
      }
      return database.run(
          () -> {
            String copy = close(database);
            fill(tables);
            settle(database);
            return copy;
          });
    }
  }

  /** Nothing is signed from the first moment on. */
  private String close(Database database) {
    return new Fence(new JdbiFenceStore(database), database, clock, key).restored(random);
  }

  /**
   * No code is taken that the old machine could have taken. Which recovery codes it took after the
   * backup nobody knows here, unless it had retired before; nor which sends that waited by a rule
   * were cancelled there, also after it retired.
   */
  private void settle(Database database) {
    JdbiFactorStore factors = new JdbiFactorStore(database);
    SecondFactors.useUpAll(factors, clock.instant());
    if (!head.last()) {
      factors.useUpRecovery(clock.instant());
    }
    Held.cancelAll(new JdbiSendStore(database), new AuditLog(new JdbiAuditStore(database), clock));
    new JdbiFactStore(database)
        .set(Foundation.LAST_BACKUP, "none since it was restored as of " + madeAt());
  }

  private Instant madeAt() {
    return Instant.ofEpochSecond(head.madeAt());
  }

  private String done(String copy, Path data) {
    return "Restored what was backed up on "
        + madeAt()
        + "."
        + (head.last() ? "" : USED_UP)
        + WAITED
        + "\nThis copy has the number "
        + copy
        + ". It shows and follows everything and signs nothing before it is released:\n"
        + "  on the old machine:  retire --for "
        + copy
        + " --data DIR   (prints a code)\n"
        + "  here:                release CODE --data "
        + data
        + "\n  or, if the old machine can never start again:  release --old-machine-is-destroyed"
        + " --data "
        + data;
  }

  private void fill(JdbiTables tables) {
    tables.fill(
        to -> {
          try {
            archive.read(key, to);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static void empty(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
