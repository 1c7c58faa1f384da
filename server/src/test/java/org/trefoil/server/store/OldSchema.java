package org.trefoil.server.store;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trefoil.server.backup.Tables;

/** Databases as other releases leave them. */
public final class OldSchema {
  private OldSchema() {}

  /** Puts all that the older database has room for into it. */
  public static void copy(JdbiTables from, Database old) {
    List<Tables.Table> known = old.with(JdbiTables::tables);
    new JdbiTables(old).fill(to -> from.read(new Narrowing(known, to)));
  }

  /** The tables of a database, with their columns. */
  public static List<Tables.Table> tables(Database database) {
    return database.with(JdbiTables::tables);
  }

  /** Every row as far as it stands in these tables, as text. */
  public static List<String> rows(Database database, List<Tables.Table> tables) {
    List<String> rows = new ArrayList<>();
    Tables.Rows writing =
        new Tables.Rows() {
          private String name = "";

          @Override
          public void table(Tables.Table table) {
            name = table.name();
          }

          @Override
          public void row(List<@Nullable Object> values) {
            List<String> words = new ArrayList<>(List.of(name));
            for (Object value : values) {
              words.add(
                  value instanceof byte[] bytes
                      ? HexFormat.of().formatHex(bytes)
                      : String.valueOf(value));
            }
            rows.add(String.join(" ", words));
          }
        };
    new JdbiTables(database).read(new Narrowing(tables, writing));
    rows.sort(null);
    return rows;
  }

  /** As a release would leave it that comes after this one. */
  public static void pretendNewer(Database database) {
    database.use(
        h ->
            h.execute(
                "INSERT INTO \"flyway_schema_history\" (\"installed_rank\", \"version\","
                    + " \"description\", \"type\", \"script\", \"checksum\", \"installed_by\","
                    + " \"execution_time\", \"success\") VALUES (999, '999', 'tomorrow', 'SQL',"
                    + " 'V999__tomorrow.sql', 1, 'sa', 1, TRUE)"));
  }

  /** Passes on what the older tables know, without what no older release wrote into them. */
  private static final class Narrowing implements Tables.Rows {
    private static final Set<Object> LATER = Set.of("rule-heads");

    private final List<Tables.Table> known;
    private final Tables.Rows to;
    private List<Integer> kept = List.of();

    Narrowing(List<Tables.Table> known, Tables.Rows to) {
      this.known = known;
      this.to = to;
    }

    @Override
    public void table(Tables.Table table) {
      Optional<Tables.Table> old =
          known.stream().filter(t -> t.name().equals(table.name())).findFirst();
      kept = new ArrayList<>();
      if (old.isPresent()) {
        List<Tables.Column> columns = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
          if (old.get().columns().contains(table.columns().get(i))) {
            kept.add(i);
            columns.add(table.columns().get(i));
          }
        }
        to.table(new Tables.Table(table.name(), columns));
      }
    }

    @Override
    public void row(List<@Nullable Object> values) {
      if (!kept.isEmpty() && values.stream().filter(Objects::nonNull).noneMatch(LATER::contains)) {
        List<@Nullable Object> narrow = new ArrayList<>();
        kept.forEach(
            i ->
                narrow.add(
                    values.get(i) instanceof String text
                        ? text.replaceFirst(", head [0-9.]+ [0-9a-f]{64}$", "")
                        : values.get(i)));
        to.row(narrow);
      }
    }
  }
}
