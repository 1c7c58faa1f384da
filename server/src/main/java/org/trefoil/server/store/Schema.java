package org.trefoil.server.store;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * The tables of the database, of which each version of the program knows its own and all before.
 */
final class Schema {
  private Schema() {}

  /**
   * Brings the tables up to date, or up to {@code target}.
   *
   * @throws DatabaseRefused when a newer program has changed them already
   */
  static void bringUpToDate(FluentConfiguration where, MigrationVersion target) {
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
    flyway.migrate();
  }
}
