package org.trefoil.server.backup;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The rows of the database as plain values, whatever engine keeps them. */
public interface Tables {
  /** What a column holds. */
  enum Kind {
    TEXT,
    NUMBER,
    TRUTH,
    BYTES
  }

  record Column(String name, Kind kind) {}

  /** A table and its columns, by names in small letters. */
  record Table(String name, List<Column> columns) {
    public Table {
      columns = List.copyOf(columns);
    }
  }

  /** Takes rows, table after table; every table comes after those that it refers to. */
  interface Rows {
    void table(Table table);

    /** A row of the last table: a {@code String}, {@code Long}, {@code Boolean} or bytes each. */
    void row(List<@Nullable Object> values);
  }

  /** The number of the last migration. */
  int version();

  /**
   * Hands over everything, as it is at one moment, while others read and write. Left out is what a
   * restored copy must not believe: sessions, rate limits, and whether it may sign.
   */
  void read(Rows to);

  /**
   * Takes in all rows that {@code from} hands over, into tables that have none. Numbers that the
   * database gives out go on behind those taken in.
   */
  void fill(Consumer<Rows> from);
}
