package org.trefoil.server.store;

import java.util.List;

/** Every sealed user key that the tables hold. */
public record EnvelopeRows(Database database) {
  public List<String> all() {
    return database.with(
        h -> h.createQuery("SELECT sealed_user_key FROM wallet").mapTo(String.class).list());
  }
}
