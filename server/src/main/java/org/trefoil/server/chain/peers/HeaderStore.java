package org.trefoil.server.chain.peers;

import java.util.List;

/** The headers of the best chain on disk, so that a start need not ask for all of them again. */
public interface HeaderStore {
  /**
   * Headers in a row.
   *
   * @param from height of the first
   * @param headers 80 bytes each
   */
  record Row(int from, List<byte[]> headers) {}

  /** All of them; empty before the first. */
  Row all();

  /** Writes {@code row} and drops everything above it, and what is below it without a bridge. */
  void replace(Row row);
}
