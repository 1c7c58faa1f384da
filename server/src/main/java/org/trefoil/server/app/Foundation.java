package org.trefoil.server.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trefoil.server.audit.Chronicle;
import org.trefoil.server.audit.RecordMark;
import org.trefoil.server.backup.Backups;
import org.trefoil.server.config.Config;
import org.trefoil.server.fence.FenceStore;
import org.trefoil.server.keyfile.KeyFile;
import org.trefoil.server.keyfile.Signer;
import org.trefoil.server.rules.HeadMarks;
import org.trefoil.server.store.Database;
import org.trefoil.server.store.DatabaseRefused;
import org.trefoil.server.store.JdbiAuditBooks;
import org.trefoil.server.store.JdbiFactStore;
import org.trefoil.server.store.JdbiFenceStore;
import org.trefoil.server.store.JdbiTables;

/**
 * What everything stands on: the data folder, its database and its key file, fitting together.
 *
 * @param heads how far the rules of wallets were
 */
record Foundation(Database database, KeyFile keyFile, HeadMarks heads) implements AutoCloseable {
  static final String KEY_CHECK = "key-check";

  /** When the last backup was made, and where to. */
  static final String LAST_BACKUP = "last-backup";

  private static final Logger LOG = LoggerFactory.getLogger(Foundation.class);
  private static final String CHECK_LABEL = "trefoil/check/1";

  /** Another process has the database open. */
  static final class InUse extends StartRefused {
    private static final long serialVersionUID = 1L;

    InUse(Path folder) {
      super("Another server is using the data folder " + folder + ".");
    }
  }

  /** Opens the data folder, or makes it; refuses one that does not fit. */
  static Foundation open(Config config, SecureRandom random) throws IOException {
    Path folder = config.data().toAbsolutePath();
    KeyFile.prepareFolder(folder);
    Database database = database(config);
    try {
      JdbiFactStore facts = new JdbiFactStore(database);
      String chain = facts.keep("chain", config.chainName());
      if (!chain.equals(config.chainName())) {
        throw new StartRefused(
            "The data folder "
                + folder
                + " belongs to the network "
                + chain
                + ", not to "
                + config.chainName()
                + "; use another --data for it.");
      }
      boolean inUse = facts.find(KEY_CHECK).isPresent();
      KeyFile keyFile = KeyFile.open(folder, inUse, random);
      facts.keep(KEY_CHECK, keyCheck(keyFile));
      Foundation foundation = new Foundation(database, keyFile, heads(folder, database));
      foundation.refuseOtherKeyFile(folder);
      if (keyFile.rotating()) {
        LOG.warn("A rotation of the key file was begun and not ended: run rotate-key again");
      }
      return foundation;
    } catch (IOException | RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /**
   * Opens what is there already, whatever chain it is of, for a command of the operator; none of
   * them is about the rules of a wallet.
   *
   * @throws InUse when a server is running on the folder's own database
   */
  static Foundation existing(Config config, SecureRandom random) throws IOException {
    Path folder = config.data().toAbsolutePath();
    if (config.db() == null && !Files.exists(folder.resolve("trefoil.mv.db"))) {
      throw new StartRefused("There is no database of Trefoil in " + folder + ".");
    }
    Database database = database(config);
    try {
      KeyFile keyFile = KeyFile.open(folder, true, random);
      return new Foundation(database, keyFile, HeadMarks.inMemory());
    } catch (IOException | RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private static HeadMarks heads(Path folder, Database database) {
    try {
      return HeadMarks.inFolder(folder, database::force);
    } catch (IOException e) {
      throw new StartRefused(
          "The file "
              + folder.resolve(HeadMarks.FILE)
              + ", which says how far the rules of wallets were, cannot be read: "
              + e.getMessage()
              + ". Remove it if you are sure that nobody changed the database; what it said is"
              + " learned anew.");
    }
  }

  /** Refuses a key file of which the database knows neither key. */
  void refuseOtherKeyFile(Path folder) {
    String known = new JdbiFactStore(database).find(KEY_CHECK).orElse("");
    byte[] previous = keyFile.derivePrevious(CHECK_LABEL);
    boolean before = previous != null && known.equals(HexFormat.of().formatHex(previous));
    if (!known.equals(keyCheck(keyFile)) && !before) {
      throw new StartRefused(
          "The key file in "
              + folder
              + " is not the one this database was made with. Put the right one back from your"
              + " backup.");
    }
  }

  /** What tells the key file, and is no secret. */
  static String keyCheck(KeyFile keyFile) {
    return HexFormat.of().formatHex(keyFile.derive(CHECK_LABEL));
  }

  /** Signs how far the record is. */
  Signer auditSigner() {
    return new Signer(keyFile, "audit-signature");
  }

  /** The record of what happened. */
  Chronicle chronicle(InstantSource clock) {
    return new Chronicle(new JdbiAuditBooks(database), auditSigner(), chain(), clock);
  }

  /** What a data folder knows of how far the record was. */
  RecordMark recordMark(Path folder) {
    return new RecordMark(folder, new JdbiAuditBooks(database), database::force);
  }

  /** The chain that this database was made for, which never changes. */
  String chain() {
    return new JdbiFactStore(database).find("chain").orElse("unknown");
  }

  /** What this database is of and belongs to, as its backups say. */
  Backups backups(InstantSource clock) {
    JdbiFenceStore fence = new JdbiFenceStore(database);
    return new Backups(
        new JdbiTables(database),
        keyFile,
        keyCheck(keyFile),
        chain(),
        () -> fence.find().state() == FenceStore.State.RETIRED,
        clock);
  }

  /** Makes a backup and notes when and where to; answers in a sentence what it holds. */
  String backUp(Path file, InstantSource clock) throws IOException {
    Instant at = Instant.ofEpochSecond(clock.instant().getEpochSecond());
    String said = backups(clock).write(file);
    String note = at + " to " + file;
    new JdbiFactStore(database)
        .set(LAST_BACKUP, note.substring(0, Math.min(note.length(), JdbiFactStore.MOST_CHARS)));
    return said;
  }

  /** The database as configured, not yet looked into. */
  static Database database(Config config) throws IOException {
    Config.Db db = config.db();
    if (db != null) {
      return postgres(db);
    }
    Path folder = config.data().toAbsolutePath();
    try {
      return Database.inFolder(folder);
    } catch (DatabaseRefused e) {
      throw new StartRefused(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      if (String.valueOf(e.getMessage()).contains("already in use")
          || String.valueOf(e.getCause()).contains("already in use")) {
        throw new InUse(folder);
      }
      throw e;
    }
  }

  private static Database postgres(Config.Db db) throws IOException {
    Path file = db.passwordFile();
    String password = null;
    if (file != null) {
      try {
        password = Files.readString(file, StandardCharsets.UTF_8).strip();
      } catch (IOException e) {
        throw new StartRefused("The file with the database's password cannot be read: " + file);
      }
    }
    try {
      return Database.postgres(db.url(), db.user(), password);
    } catch (DatabaseRefused e) {
      throw new StartRefused(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() {
    keyFile.close();
    database.close();
  }
}
