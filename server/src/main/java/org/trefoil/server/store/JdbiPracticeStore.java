package org.trefoil.server.store;

import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.trefoil.server.chain.practice.PooledTransaction;
import org.trefoil.server.chain.practice.PracticeStore;

/** The practice chain in the tables {@code practice_block} and {@code practice_tx}. */
public final class JdbiPracticeStore implements PracticeStore {
  private final Database database;

  public JdbiPracticeStore(Database database) {
    this.database = database;
  }

  @Override
  public List<byte[]> blocks() {
    return read("SELECT raw_block FROM practice_block ORDER BY height");
  }

  @Override
  public List<byte[]> mempool() {
    return read("SELECT raw_tx FROM practice_tx ORDER BY place");
  }

  private List<byte[]> read(String query) {
    return database.with(h -> h.createQuery(query).map((rs, context) -> rs.getBytes(1)).list());
  }

  @Override
  public void accepted(String txid, byte[] raw, Collection<String> evicted) {
    database.leadingAlways(
        h -> {
          for (String gone : evicted) {
            h.execute("DELETE FROM practice_tx WHERE txid = ?", gone);
          }
          insert(h, txid, raw);
        });
  }

  @Override
  public void replace(int fromHeight, List<byte[]> blocks, List<PooledTransaction> mempool) {
    database.leadingAlways(
        h -> {
          h.execute("DELETE FROM practice_block WHERE height >= ?", fromHeight);
          insert(h, fromHeight, blocks);
          h.execute("DELETE FROM practice_tx");
          mempool.forEach(entry -> insert(h, entry.txid(), entry.raw()));
        });
  }

  private static void insert(Handle handle, int fromHeight, List<byte[]> blocks) {
    if (blocks.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        handle.prepareBatch("INSERT INTO practice_block (height, raw_block) VALUES (?, ?)");
    for (int i = 0; i < blocks.size(); i++) {
      batch.add(fromHeight + i, blocks.get(i));
    }
    batch.execute();
  }

  private static void insert(Handle handle, String txid, byte[] raw) {
    handle.execute("INSERT INTO practice_tx (txid, raw_tx) VALUES (?, ?)", txid, raw);
  }
}
