package org.trefoil.server.durable;

import java.util.function.Supplier;

/**
 * Runs work on the stores all or nothing.
 *
 * <p>When {@link #run} returns, everything the work wrote is on disk; when it throws, nothing was
 * written. Inside, stores called by the same thread take part; a nested call joins the outer one.
 * Isolation is read-committed: work that decides on what it read must lock that row first.
 */
public interface Transactions {
  /** Runs {@code work} and commits, or rolls back and rethrows. */
  <T> T run(Supplier<T> work);

  /**
   * Forces everything committed so far to the disk itself; called before a signature leaves, on top
   * of what each commit does.
   */
  void force();

  /** Runs {@code work} and commits, or rolls back and rethrows. */
  default void run(Runnable work) {
    Boolean done =
        run(
            () -> {
              work.run();
              return Boolean.TRUE;
            });
    assert done;
  }
}
