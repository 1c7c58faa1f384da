package org.trefoil.server.store;

import java.util.Optional;

/** Facts about this database: its network, its key file, its last backup. */
public final class JdbiFactStore {
  /** The longest fact. */
  public static final int MOST_CHARS = 200;

  private final Database database;

  public JdbiFactStore(Database database) {
    this.database = database;
  }

  public Optional<String> find(String name) {
    return database.with(
        h ->
            h.createQuery("SELECT fact FROM server_fact WHERE name = :name")
                .bind("name", name)
                .mapTo(String.class)
                .findOne());
  }

  /** Sets the fact to something else than it was. */
  public void replace(String name, String fact) {
    database.use(
        h ->
            h.createUpdate("UPDATE server_fact SET fact = :fact WHERE name = :name")
                .bind("name", name)
                .bind("fact", fact)
                .execute());
  }

  /** Sets the fact, whether it was set or not. */
  public void set(String name, String fact) {
    if (!keep(name, fact).equals(fact)) {
      replace(name, fact);
    }
  }

  /** Sets the fact unless it is set, and answers what it is now. */
  public String keep(String name, String fact) {
    boolean set =
        find(name).isEmpty()
            && database.inserted(
                h ->
                    h.createUpdate("INSERT INTO server_fact (name, fact) VALUES (:name, :fact)")
                        .bind("name", name)
                        .bind("fact", fact)
                        .execute());
    return set ? fact : find(name).orElseThrow();
  }
}
