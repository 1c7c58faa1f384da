package org.trefoil.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/**
 * Asks for the rows of many ids. Lists are filled up to a few lengths, by their last id again, so
 * that the engine meets a few statements and keeps their plans.
 */
final class Among {
  private static final int[] LENGTHS = {1, 8, 64, 512};

  private Among() {}

  /** The rows of a query with {@code IN (<ids>)} in it, which must not depend on the others. */
  static <T> List<T> list(Handle handle, String sql, Collection<String> ids, RowMapper<T> mapper) {
    List<T> rows = new ArrayList<>();
    portions(
        ids, some -> rows.addAll(handle.createQuery(sql).bindList("ids", some).map(mapper).list()));
    return rows;
  }

  /** What reads one row. */
  interface RowReader {
    void read(ResultSet rs) throws SQLException;
  }

  /** Reads such rows. */
  static void each(Handle handle, String sql, Collection<String> ids, RowReader reader) {
    each(handle, sql, ids, Map.of(), reader);
  }

  /** Reads such rows with further values bound. */
  static void each(
      Handle handle, String sql, Collection<String> ids, Map<String, ?> values, RowReader reader) {
    portions(
        ids,
        some ->
            handle
                .createQuery(sql)
                .bindList("ids", some)
                .bindMap(values)
                .map(
                    (rs, context) -> {
                      reader.read(rs);
                      return Boolean.TRUE;
                    })
                .list());
  }

  private static void portions(Collection<String> ids, Consumer<List<String>> action) {
    List<String> all = List.copyOf(ids);
    int most = LENGTHS[LENGTHS.length - 1];
    for (int from = 0; from < all.size(); from += most) {
      action.accept(filled(all.subList(from, Math.min(all.size(), from + most))));
    }
  }

  private static List<String> filled(List<String> some) {
    int length = 0;
    while (LENGTHS[length] < some.size()) {
      length++;
    }
    List<String> filled = new ArrayList<>(some);
    while (filled.size() < LENGTHS[length]) {
      filled.add(some.get(some.size() - 1));
    }
    return filled;
  }
}
