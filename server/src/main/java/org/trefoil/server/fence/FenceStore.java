package org.trefoil.server.fence;

import java.time.Instant;

/** Where the fence stands: one row of the database itself. */
public interface FenceStore {
  /** Whether this copy may sign. */
  enum State {
    /** It may. */
    OPEN,
    /** It was restored from a backup, and the machine it came from may still be signing. */
    RESTORED,
    /** It gave its right away, for good. */
    RETIRED
  }

  /**
   * The row.
   *
   * @param copyId empty where the database began
   * @param since when it came into this state
   * @param retiredFor the copy that may sign instead; empty while none was named
   */
  record Entry(String copyId, State state, Instant since, String retiredFor) {}

  Entry find();

  /** As {@link #find}, and nobody else changes it before the transaction of the caller ends. */
  Entry lock();

  void put(Entry entry);
}
