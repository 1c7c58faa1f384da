package org.trefoil.server.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.trefoil.server.backup.Tables;

/** Empties tables, so that a test can fill them from something else. */
public final class EmptyTables {
  private static final List<String> CHILDREN_FIRST =
      List.of(
          "chain_spend",
          "chain_coin",
          "chain_entry",
          "chain_tx",
          "chain_script",
          "chain_rescan",
          "chain_wallet",
          "chain_block");

  private EmptyTables() {}

  /** Everything that a backup brings. */
  public static void all(Database database) {
    database.use(
        h -> {
          List<Tables.Table> tables = new ArrayList<>(JdbiTables.tables(h));
          Collections.reverse(tables);
          tables.forEach(table -> h.execute("DELETE FROM " + table.name()));
        });
  }

  public static void chainOf(Database database) {
    database.use(
        h -> {
          CHILDREN_FIRST.forEach(table -> h.execute("DELETE FROM " + table));
          h.execute("UPDATE chain_follower SET state = 'SYNCING', looked_at = 0");
        });
  }
}
