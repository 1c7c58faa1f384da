package org.trefoil.server.app;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.trefoil.server.keyfile.KeyFile;
import org.trefoil.server.keyfile.Sealed;
import org.trefoil.server.keyfile.Sealer;
import org.trefoil.server.store.Database;
import org.trefoil.server.store.JdbiFactStore;
import org.trefoil.server.store.JdbiSealedRows;
import org.trefoil.server.store.JdbiSealedRows.Column;
import org.trefoil.server.store.JdbiSealedRows.Row;

/**
 * Replaces the key of the key file, while no server runs.
 *
 * <pre>
 * the file holds both keys           from here on a server opens what either has sealed
 * each row is sealed anew            in transactions of a few hundred
 * the database names the new key
 * every row is opened with the new key alone
 * the file holds the new key alone
 * </pre>
 *
 * <p>Killed anywhere, the server still starts, and the same command goes on where it was.
 */
final class Rotation {
  private static final int AT_ONCE = 200;

  private final Foundation foundation;
  private final Path folder;
  private final SecureRandom random;
  private final Steps steps;

  /** Told of each step once it is on disk. */
  interface Steps {
    void done(String step);
  }

  Rotation(Foundation foundation, Path folder, SecureRandom random, Steps steps) {
    this.foundation = foundation;
    this.folder = folder;
    this.random = random;
    this.steps = steps;
  }

  /** Does all that is left to do; answers in sentences. */
  String run() throws IOException {
    Database database = foundation.database();
    foundation.refuseOtherKeyFile(folder);
    try (KeyFile both = foundation.keyFile().beginRotation(folder, random);
        KeyFile fresh = both.afterRotation()) {
      steps.done("both keys");
      int sealed = 0;
      for (Column column : Column.values()) {
        sealed += seal(column, both, fresh);
      }
      JdbiFactStore facts = new JdbiFactStore(database);
      facts.replace(Foundation.KEY_CHECK, Foundation.keyCheck(fresh));
      database.force();
      steps.done("new check");
      int opened = 0;
      for (Column column : Column.values()) {
        opened += verify(column, fresh);
      }
      both.finishRotation(folder);
      steps.done("one key");
      return "The key file holds a new key. Sealed anew: "
          + sealed
          + ", opened with it: "
          + opened
          + ".\n"
          + "Copy server.key to where you keep its backup, and to every other server. Backups of"
          + " the database from before open with the old key file alone: keep them together, or"
          + " make a new backup and destroy both.";
    }
  }

  private int seal(Column column, KeyFile both, KeyFile fresh) {
    Database database = foundation.database();
    JdbiSealedRows rows = new JdbiSealedRows(database);
    int count = 0;
    try (Sealer either = new Sealer(both, column.purpose(), random);
        Sealer only = new Sealer(fresh, column.purpose(), random)) {
      String after = "";
      for (List<Row> some = rows.after(column, after, AT_ONCE);
          !some.isEmpty();
          some = rows.after(column, after, AT_ONCE)) {
        List<Row> batch = some;
        count +=
            database.run(
                () -> {
                  int done = 0;
                  for (Row row : batch) {
                    if (!only.opens(row.sealed(), row.owner())) {
                      replace(rows, column, row, either);
                      done++;
                    }
                  }
                  return done;
                });
        after = batch.get(batch.size() - 1).owner();
        steps.done(column.text());
      }
    }
    database.force();
    return count;
  }

  private static void replace(JdbiSealedRows rows, Column column, Row row, Sealer sealer) {
    byte[] plain = sealer.open(row.sealed(), row.owner());
    try {
      Sealed anew = sealer.seal(plain, row.owner());
      if (!rows.replace(column, row, anew)) {
        throw new StartRefused("A server is running on this database. Stop every one first.");
      }
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  private int verify(Column column, KeyFile fresh) {
    JdbiSealedRows rows = new JdbiSealedRows(foundation.database());
    int count = 0;
    try (Sealer only = new Sealer(fresh, column.purpose(), random)) {
      String after = "";
      for (List<Row> some = rows.after(column, after, AT_ONCE);
          !some.isEmpty();
          some = rows.after(column, after, AT_ONCE)) {
        for (Row row : some) {
          if (!only.opens(row.sealed(), row.owner())) {
            throw new StartRefused(
                "Something in "
                    + column.text()
                    + " does not open with the new key, so the old one stays in the key file. Stop"
                    + " every server and run this again.");
          }
        }
        count += some.size();
        after = some.get(some.size() - 1).owner();
      }
    }
    return count;
  }
}
