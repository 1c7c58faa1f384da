package org.trefoil.server.store;

import java.util.List;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.trefoil.server.chain.peers.HeaderStore;

/** Headers of the best chain in the table {@code peer_header}. */
public final class JdbiHeaderStore implements HeaderStore {
  private static final int BATCH = 2_000;

  private final Database database;

  public JdbiHeaderStore(Database database) {
    this.database = database;
  }

  @Override
  public Row all() {
    return database.with(
        h -> {
          int from =
              h.createQuery("SELECT COALESCE(MIN(height), 0) FROM peer_header")
                  .mapTo(Integer.class)
                  .one();
          List<byte[]> headers =
              h.createQuery("SELECT header FROM peer_header ORDER BY height")
                  .setFetchSize(BATCH)
                  .mapTo(byte[].class)
                  .list();
          return new Row(from, headers);
        });
  }

  @Override
  public void replace(Row row) {
    if (!database.cluster().leads()) {
      return; // headers prove themselves: those that the leading process wrote are as good
    }
    database.run(
        () ->
            database.use(
                h -> {
                  h.execute("DELETE FROM peer_header WHERE height >= ?", row.from());
                  boolean bridge =
                      JdbiChainStore.exists(h, "peer_header WHERE height = ?", row.from() - 1);
                  if (!bridge) {
                    h.execute("DELETE FROM peer_header");
                  }
                  List<byte[]> left = row.headers();
                  int height = row.from();
                  for (int i = 0; i < left.size(); i += BATCH) {
                    PreparedBatch batch =
                        h.prepareBatch("INSERT INTO peer_header (height, header) VALUES (?, ?)");
                    for (byte[] header : left.subList(i, Math.min(left.size(), i + BATCH))) {
                      batch.add(height, header);
                      height++;
                    }
                    batch.execute();
                  }
                }));
  }
}
