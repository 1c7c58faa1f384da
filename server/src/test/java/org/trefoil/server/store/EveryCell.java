package org.trefoil.server.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Each value of each row of each table: what a thief of the database reads. */
public record EveryCell(Database database) {
  /** Text and bytes as they are stored; numbers as text. */
  public List<Object> all() {
    List<Object> cells = new ArrayList<>();
    for (String table : tables()) {
      database
          .with(h -> h.createQuery("SELECT * FROM \"" + table + "\"").mapToMap().list())
          .forEach(row -> row.values().stream().filter(Objects::nonNull).forEach(cells::add));
    }
    return cells.stream()
        .map(cell -> cell instanceof byte[] ? cell : String.valueOf(cell))
        .toList();
  }

  /** How many rows a table has. */
  public long rows(String table) {
    return database.with(
        h -> h.createQuery("SELECT COUNT(*) FROM " + table).mapTo(Long.class).one());
  }

  private List<String> tables() {
    return database.with(
        h ->
            h.createQuery(
                    "SELECT table_name FROM information_schema.tables"
                        + " WHERE table_schema = 'PUBLIC'")
                .mapTo(String.class)
                .list());
  }
}
