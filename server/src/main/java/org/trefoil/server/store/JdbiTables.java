package org.trefoil.server.store;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;
import org.trefoil.server.backup.BackupRefused;
import org.trefoil.server.backup.Tables;

/** All tables of the database, by what it says of itself: a new table is in without more. */
public final class JdbiTables implements Tables {
  /**
   * What a restored copy must not believe: sign-ins that may have ended since, limits that go by
   * the minute, that it may sign, and who follows the chain for it, or a row that is only locked;
   * and what must not come again: mail that was sent since, ways back into an account that were
   * cancelled since, and what passkeys were asked.
   */
  static final Set<String> LEFT_OUT =
      Set.of(
          "session",
          "rate_bucket",
          "all_wallets",
          "fence",
          "chain_follower",
          "mail",
          "account_link",
          "key_question",
          "factor_reset",
          "email_change",
          "sign_up",
          "invitation",
          "passkey_question",
          "passkey_ticket",
          "flyway_schema_history");

  private static final int BATCH = 500;

  private final Database database;

  public JdbiTables(Database database) {
    this.database = database;
  }

  @Override
  public int version() {
    return database.version();
  }

  @Override
  public void read(Rows to) {
    database.snapshot(handle -> read(handle, to));
  }

  private static void read(Handle handle, Rows to) {
    for (Table table : tables(handle)) {
      to.table(table);
      String columns = table.columns().stream().map(Column::name).collect(Collectors.joining(", "));
      String order = String.join(", ", primaryKey(handle, table.name()));
      handle
          .createQuery("SELECT " + columns + " FROM " + table.name() + " ORDER BY " + order)
          .setFetchSize(BATCH)
          .map((rs, context) -> row(table, rs))
          .forEach(to::row);
    }
  }

  private static List<@Nullable Object> row(Table table, ResultSet rs) throws SQLException {
    List<@Nullable Object> values = new ArrayList<>(table.columns().size());
    for (int i = 0; i < table.columns().size(); i++) {
      int at = i + 1;
      Object value =
          switch (table.columns().get(i).kind()) {
            case TEXT -> rs.getString(at);
            case NUMBER -> rs.getLong(at);
            case TRUTH -> rs.getBoolean(at);
            case BYTES -> rs.getBytes(at);
          };
      values.add(rs.wasNull() ? null : value);
    }
    return values;
  }

  @Override
  public void fill(Consumer<Rows> from) {
    database.run(
        () -> {
          Filling filling = new Filling();
          from.accept(filling);
          filling.put();
        });
    countOn();
  }

  private void countOn() {
    database.use(
        handle -> {
          for (Table table : tables(handle)) {
            for (String column : counted(handle, table.name())) {
              long last =
                  handle
                      .createQuery("SELECT COALESCE(MAX(" + column + "), 0) FROM " + table.name())
                      .mapTo(Long.class)
                      .one();
              handle.execute(
                  "ALTER TABLE "
                      + table.name()
                      + " ALTER COLUMN "
                      + column
                      + " RESTART WITH "
                      + (last + 1));
            }
          }
        });
  }

  /** Takes rows in, some hundred at a time. */
  private final class Filling implements Rows {
    private @Nullable Table table;
    private final List<List<@Nullable Object>> waiting = new ArrayList<>();

    @Override
    public void table(Table next) {
      put();
      Table ours =
          database.with(JdbiTables::tables).stream()
              .filter(known -> known.name().equals(next.name()))
              .findFirst()
              .orElseThrow(() -> unknown(next.name()));
      for (Column column : next.columns()) {
        if (!ours.columns().contains(column)) {
          throw unknown(next.name() + "." + column.name());
        }
      }
      table = next;
    }

    private static BackupRefused unknown(String what) {
      return new BackupRefused("This backup holds something that is unknown here: " + what + ".");
    }

    @Override
    public void row(List<@Nullable Object> values) {
      waiting.add(values);
      if (waiting.size() == BATCH) {
        put();
      }
    }

    private void put() {
      Table into = table;
      if (into != null && !waiting.isEmpty()) {
        database.use(handle -> insert(handle, into, waiting));
        waiting.clear();
      }
    }
  }

  private static void insert(Handle handle, Table table, List<List<@Nullable Object>> rows) {
    String names = table.columns().stream().map(Column::name).collect(Collectors.joining(", "));
    String marks = table.columns().stream().map(c -> "?").collect(Collectors.joining(", "));
    String given = counted(handle, table.name()).isEmpty() ? "" : " OVERRIDING SYSTEM VALUE";
    PreparedBatch batch =
        handle.prepareBatch(
            "INSERT INTO " + table.name() + " (" + names + ")" + given + " VALUES (" + marks + ")");
    for (List<@Nullable Object> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        bind(batch, i, table.columns().get(i).kind(), row.get(i));
      }
      batch.add();
    }
    batch.execute();
  }

  private static void bind(PreparedBatch batch, int at, Kind kind, @Nullable Object value) {
    if (value == null) {
      int type =
          switch (kind) {
            case TEXT -> Types.VARCHAR;
            case NUMBER -> Types.BIGINT;
            case TRUTH -> Types.BOOLEAN;
            case BYTES -> Types.VARBINARY;
          };
      batch.bindNull(at, type);
    } else {
      batch.bind(at, value);
    }
  }

  /** Every table that is not left out, after all that it refers to. */
  static List<Table> tables(Handle handle) {
    try {
      Connection connection = handle.getConnection();
      DatabaseMetaData about = connection.getMetaData();
      Map<String, Table> found = new LinkedHashMap<>();
      Map<String, Set<String>> before = new LinkedHashMap<>();
      for (String name : names(connection, about)) {
        found.put(lower(name), new Table(lower(name), columns(connection, about, name)));
        before.put(lower(name), parents(connection, about, name));
      }
      Set<String> order = new LinkedHashSet<>();
      while (order.size() < found.size()) {
        int already = order.size();
        for (String name : found.keySet()) {
          if (order.containsAll(before.getOrDefault(name, Set.of()))) {
            order.add(name);
          }
        }
        if (order.size() == already) {
          throw new IllegalStateException("tables refer to each other in a circle: " + before);
        }
      }
      return order.stream().map(found::get).toList();
    } catch (SQLException e) {
      throw new IllegalStateException("the database does not tell its tables", e);
    }
  }

  private static List<String> names(Connection connection, DatabaseMetaData about)
      throws SQLException {
    List<String> names = new ArrayList<>();
    String[] kinds = {"TABLE", "BASE TABLE"};
    try (ResultSet rs = about.getTables(null, connection.getSchema(), "%", kinds)) {
      while (rs.next()) {
        String name = rs.getString("TABLE_NAME");
        if (!LEFT_OUT.contains(lower(name))) {
          names.add(name);
        }
      }
    }
    Collections.sort(names);
    return names;
  }

  private static List<Column> columns(Connection connection, DatabaseMetaData about, String table)
      throws SQLException {
    List<Column> columns = new ArrayList<>();
    try (ResultSet rs = about.getColumns(null, connection.getSchema(), table, "%")) {
      while (rs.next()) {
        columns.add(
            new Column(lower(rs.getString("COLUMN_NAME")), kind(rs.getInt("DATA_TYPE"), table)));
      }
    }
    return columns;
  }

  private static Kind kind(int type, String table) {
    return switch (type) {
      case Types.VARCHAR, Types.CHAR, Types.CLOB, Types.LONGVARCHAR -> Kind.TEXT;
      case Types.BIGINT, Types.INTEGER, Types.SMALLINT -> Kind.NUMBER;
      case Types.BOOLEAN, Types.BIT -> Kind.TRUTH;
      case Types.VARBINARY, Types.BINARY, Types.LONGVARBINARY, Types.BLOB -> Kind.BYTES;
      default -> throw new IllegalStateException("a column of type " + type + " in " + table);
    };
  }

  private static Set<String> parents(Connection connection, DatabaseMetaData about, String table)
      throws SQLException {
    Set<String> parents = new LinkedHashSet<>();
    try (ResultSet rs = about.getImportedKeys(null, connection.getSchema(), table)) {
      while (rs.next()) {
        parents.add(lower(rs.getString("PKTABLE_NAME")));
      }
    }
    parents.remove(lower(table));
    return parents;
  }

  /** Its columns in the order of the key. */
  private static List<String> primaryKey(Handle handle, String table) {
    try {
      DatabaseMetaData about = handle.getConnection().getMetaData();
      String name = about.storesUpperCaseIdentifiers() ? table.toUpperCase(Locale.ROOT) : table;
      Map<Short, String> columns = new TreeMap<>();
      try (ResultSet rs = about.getPrimaryKeys(null, schema(handle), name)) {
        while (rs.next()) {
          columns.put(rs.getShort("KEY_SEQ"), lower(rs.getString("COLUMN_NAME")));
        }
      }
      return List.copyOf(columns.values());
    } catch (SQLException e) {
      throw new IllegalStateException("the database does not tell its keys", e);
    }
  }

  /** Columns that the database numbers by itself. */
  private static List<String> counted(Handle handle, String table) {
    return handle
        .createQuery(
            "SELECT LOWER(column_name) FROM information_schema.columns"
                + " WHERE LOWER(table_name) = :table AND table_schema = :schema"
                + " AND is_identity = 'YES'")
        .bind("table", table)
        .bind("schema", schema(handle))
        .mapTo(String.class)
        .list();
  }

  private static String schema(Handle handle) {
    try {
      return handle.getConnection().getSchema();
    } catch (SQLException e) {
      throw new IllegalStateException("the database does not tell its schema", e);
    }
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
