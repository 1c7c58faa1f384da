package org.trefoil.server.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.trefoil.server.store.Database;
import org.trefoil.server.store.ThrowawayPostgres;

/**
 * A folder that tells a process in which database its rows are: the folder's own, or a schema of
 * the PostgreSQL that a file in it names.
 */
final class TestPlace {
  private static final String FILE = "postgres";

  private TestPlace() {}

  /** From now on the folder's rows are in a new schema. */
  static void moveToPostgres(Path folder) throws IOException {
    ThrowawayPostgres postgres = ThrowawayPostgres.shared();
    List<String> lines = List.of(postgres.freshSchema(), postgres.user(), postgres.password());
    Files.write(folder.resolve(FILE), lines, StandardCharsets.UTF_8);
  }

  static Database open(Path folder) throws IOException {
    if (!Files.exists(folder.resolve(FILE))) {
      return Database.inFolder(folder);
    }
    List<String> lines = Files.readAllLines(folder.resolve(FILE), StandardCharsets.UTF_8);
    return Database.postgres(lines.get(0), lines.get(1), lines.get(2));
  }
}
