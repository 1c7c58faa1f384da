package org.trefoil.server.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jdbi.v3.core.Handle;

/**
 * The tables of the database, of which each version of the program knows its own and all before.
 */
final class Schema {
  private Schema() {}

  /**
   * Brings the tables up to date, or up to {@code target}; tells whether that changed them.
   *
   * @throws DatabaseRefused when a newer program has changed them already
   */
  static boolean bringUpToDate(FluentConfiguration where, MigrationVersion target) {
    Flyway flyway =
        where
            .locations("classpath:db/migration")
            .validateMigrationNaming(true)
            .target(target)
            .load();
    for (MigrationInfo applied : flyway.info().applied()) {
      if (!applied.getState().isResolved()) {
        throw new DatabaseRefused(
            "This database was used by a newer Trefoil (its tables are at "
                + applied.getVersion()
                + "). Start that one again, or restore a backup made before it.");
      }
    }
    return flyway.migrate().migrationsExecuted > 0;
  }

  /** Fails when a table or a column is not there, as after damage that nothing else noticed. */
  static void touch(Handle handle) {
    Map<String, List<String>> columns = new TreeMap<>();
    for (String name : classified().stringPropertyNames()) {
      int dot = name.indexOf('.');
      columns
          .computeIfAbsent(name.substring(0, dot), table -> new ArrayList<>())
          .add(name.substring(dot + 1));
    }
    columns.forEach(
        (table, names) ->
            handle
                .createQuery("SELECT " + String.join(", ", names) + " FROM " + table + " LIMIT 1")
                .mapToMap()
                .findFirst());
  }

  private static Properties classified() {
    Properties classified = new Properties();
    try (InputStream in = Schema.class.getResourceAsStream("/db/columns.properties")) {
      classified.load(Objects.requireNonNull(in));
      return classified;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
