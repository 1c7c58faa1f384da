package org.trefoil.server.store;

import java.util.List;

/** Empties the chain index, so that a test can build it again from nothing. */
public final class EmptyTables {
  private static final List<String> CHILDREN_FIRST =
      List.of(
          "chain_spend", "chain_coin", "chain_tx", "chain_script", "chain_wallet", "chain_block");

  private EmptyTables() {}

  public static void chainOf(Database database) {
    database.use(h -> CHILDREN_FIRST.forEach(table -> h.execute("DELETE FROM " + table)));
  }
}
