package org.trefoil.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.trefoil.server.fence.FenceStore;

/** The fence in the one row of the table {@code fence}. */
public final class JdbiFenceStore implements FenceStore {
  private static final String FIND = "SELECT copy_id, state, since, retired_for FROM fence";

  private final Database database;

  public JdbiFenceStore(Database database) {
    this.database = database;
  }

  @Override
  public Entry find() {
    return database.with(h -> h.createQuery(FIND).map((rs, context) -> entry(rs)).one());
  }

  @Override
  public Entry lock() {
    return database.with(
        h -> h.createQuery(FIND + " FOR UPDATE").map((rs, context) -> entry(rs)).one());
  }

  @Override
  public void put(Entry entry) {
    database.use(
        h ->
            h.createUpdate(
                    "UPDATE fence SET copy_id = :copy, state = :state, since = :since,"
                        + " retired_for = :for")
                .bind("copy", entry.copyId())
                .bind("state", entry.state().name())
                .bind("since", entry.since().getEpochSecond())
                .bind("for", entry.retiredFor())
                .execute());
  }

  private static Entry entry(ResultSet rs) throws SQLException {
    return new Entry(
        rs.getString("copy_id"),
        State.valueOf(rs.getString("state")),
        Instant.ofEpochSecond(rs.getLong("since")),
        rs.getString("retired_for"));
  }
}
