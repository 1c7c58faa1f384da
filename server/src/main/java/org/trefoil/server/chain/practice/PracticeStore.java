package org.trefoil.server.chain.practice;

import java.util.Collection;
import java.util.List;

/**
 * Where the practice chain outlives a restart. Each call is all or nothing, and on disk when it
 * returns.
 */
public interface PracticeStore {
  /** Raw blocks from height 1 up. */
  List<byte[]> blocks();

  /** Raw transactions of the mempool, parents before children. */
  List<byte[]> mempool();

  /** A transaction entered the mempool, and those of {@code evicted} left it. */
  void accepted(String txid, byte[] raw, Collection<String> evicted);

  /** Blocks from {@code fromHeight} up are these now, and the mempool is this. */
  void replace(int fromHeight, List<byte[]> blocks, List<PooledTransaction> mempool);
}
